"""Whoever sees a record may read its journal: every kind that is journalled about a guarded table says so."""

import re
from pathlib import Path

from django.apps import apps
from django.db import connection
from tests.structure.journalled import journalled

from niangjia.chronicle.rules import KINDS, VERBS
from niangjia.matching.rules import DUPLICATE

SOURCE = Path(__file__).resolve().parents[2] / "src" / "niangjia"
KIND = re.compile(
    r"(?:^|[\s(,])(?:KIND\w*|ALARM|kind)(?:, \w+)* ?= ?((?:\"[a-z]+\.[a-z_]+\"(?:, )?)+)", re.MULTILINE
)
NOT_OF_A_ROW = {
    "messaging.preference": "its number is that of the account, whose own unit reads it",
    "people.personrequest": "guarded by the person; its page tells the step itself",
}

READ_ELSEWHERE = {
    "niangjia.tasks.actions.undoing:'take_back'": "the kind of the step that is taken back",
    "niangjia.matching.actions.deciding:verb": "the steps of the workflow of duplicates, read in the test",
}


def kinds():
    """Every kind of record that an action writes into the journal."""
    found = set()
    for path in SOURCE.glob("*/*/*.py"):
        found |= _kinds_in(path)
    for path in SOURCE.glob("*/*.py"):
        found |= _kinds_in(path)
    return found


def _kinds_in(path):
    text = path.read_text(encoding="utf-8")
    if "journal.record" not in text:
        return set()
    return {kind for match in KIND.findall(text) for kind in re.findall(r"\"([a-z.]+[a-z_]+)\"", match)}


def test_every_journalled_record_that_is_guarded_shows_its_journal_to_its_readers(db):
    tables = {model._meta.label_lower: model._meta.db_table for model in apps.get_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        guarded = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'kernel_journalline'")
        policies = {row[0] for row in cursor.fetchall()}
    told = {kind: tables.get(kind.replace("_", "")) for kind in kinds()}
    assert {"network.employer", "bodies.zone", "people.person"} <= told.keys()
    missing = {
        kind
        for kind, table in told.items()
        if table in guarded and f"nj_of_{table}" not in policies and kind not in NOT_OF_A_ROW
    }
    assert missing == set()


def test_every_verb_and_every_kind_that_is_journalled_has_words():
    found = list(journalled())
    unread = {place for place, verbs, kinds_ in found if verbs is None or kinds_ is None}
    assert unread == READ_ELSEWHERE.keys(), "say it so that it can be read, or say here where it is read"
    verbs = set().union(*(verbs or () for _, verbs, _ in found))
    verbs |= {f"{step.name}_duplicate" for step in DUPLICATE.steps}
    assert len(verbs) > 180
    assert {"grant_post", "notice_close_objected", "take_back_request", "retain_membership"} <= verbs
    assert sorted(verbs - VERBS.keys()) == [], "give them words in chronicle/rules/verbs.py"
    told = set().union(*(kinds_ or () for *_, kinds_ in found))
    assert sorted(told - KINDS.keys()) == [], "give them words in chronicle/rules/telling.py"
