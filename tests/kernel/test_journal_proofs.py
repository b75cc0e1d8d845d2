"""A third party checks a proof with the small script and nothing of ours."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from tests.conftest import AT
from tests.kernel.tampering import sealed

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.journal import proofs, standing
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_head.py"
ROWS = [{"n": n, "name": f"第{n}厂"} for n in range(11)]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path / "outside"
    return tmp_path


def write(how_many, **more):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return [
            journal.record("try", by=SYSTEM, at=AT, kind="kernel.trial", object_id=n, **more).pk
            for n in range(how_many)
        ]


def check(proof, folder, *more, python=("-S",)):
    path = folder / "proof.json"
    path.write_text(json.dumps(proof), encoding="utf-8")
    line = [sys.executable, *python, str(SCRIPT), str(path), *more]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return done.returncode, done.stdout


def test_lines_rows_and_growth_are_proven_and_every_changed_proof_fails(tmp_path):
    lines = write(5, reason="更正，原文")
    (first,) = sealed()
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        bulk = journal.record_rows("enter", ROWS, by=SYSTEM, at=AT, kind="kernel.trial").pk
    write(7)
    last = sealed()[-1]
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        kept = {line.pk: line for line in JournalLine.objects.all()}
        one = proofs.proof_of_line(kept[lines[2]])
        early = proofs.proof_of_line(kept[lines[2]], under=first.number)
        row = proofs.proof_of_row(kept[bulk], ROWS[6])
        growth = proofs.proof_between(old=first.number)
        with pytest.raises(Refused):
            proofs.proof_of_row(kept[bulk], {"n": 6, "name": "别的厂"})
        with pytest.raises(NotVisible):
            proofs.proof_of_line(kept[bulk], under=first.number)
        with pytest.raises(NotVisible):
            proofs.proof_between(old=last.number + 5)
        assert proofs.heads_over([lines[0], bulk]) == {lines[0]: first.number, bulk: last.number}
    for proof in (one, early, row, growth):
        assert check(proof, tmp_path)[0] == 0
    asked = ("--key", last.key.hex(), "--head", last.fingerprint())
    code, said = check(growth, tmp_path, *asked, python=())
    assert (code, "unknown" in said) == (0, False), "with the signature checked"
    assert check(one, tmp_path, "--head", first.fingerprint())[0] == 1
    assert check(one, tmp_path, "--key", "00" * 32)[0] == 1
    for proof in (one, row, growth):
        for name, changed in _changes(proof):
            assert check(changed, tmp_path, python=())[0] != 0, name


def _changes(proof):
    """The proof with one thing changed, in every way that matters."""
    for name, value in proof.items():
        if name == "path":
            yield "a step", proof | {"path": ["00" * 32, *value[1:]]}
            yield "a step less", proof | {"path": value[:-1]}
        elif name == "line":
            yield "the verb", proof | {"line": [*value[:6], "other", *value[7:]]}
        elif name == "values" and value:
            yield "the values", proof | {"values": value | {"body": value["body"] + " "}}
        elif name == "row":
            yield "the row", proof | {"row": value | {"entry": value["entry"].replace("6", "7")}}
        elif name in {"head", "old", "new"}:
            yield "the size", proof | {name: value | {"size": value["size"] + 1}}
            yield "the signature", proof | {name: value | {"signature": "00" * 64}}
            yield "the time", proof | {name: value | {"at": "2030-01-01T00:00:00.000000+00:00"}}
        elif name == "index":
            yield "the place", proof | {"index": value + 1}


def test_what_is_not_sealed_yet_says_so():
    (line,) = write(1)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        with pytest.raises(Refused, match="还没有封存"):
            proofs.proof_of_line(JournalLine.objects.get(pk=line))


def test_a_person_is_told_how_the_journal_stands(client):
    assert standing.head_is_good()
    write(3)
    sealed()
    assert standing.head_is_good()
    assert client.get("/readyz").json()["checks"]["audit"] is True
    assert standing.last_verified() is None
    assert standing.verify_and_note(at=AT).good
    assert standing.last_verified().lines == 3


def test_readyz_says_when_the_last_head_is_none_of_ours(client, settings):
    write(3)
    sealed()
    settings.JOURNAL_KEY = bytes(range(32))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["audit"]) == (503, False)
