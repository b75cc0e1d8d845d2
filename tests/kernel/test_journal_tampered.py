"""Ten thousand edits behind the journal's back, in SQL as the owner: each is located, nothing else is.

A round tampers with many entries at once, verifies, and is rolled back; after every third round the untouched
journal is verified (the control: no false alarm). What was done is compared with what was named, one by one.
"""

import random
import sys
import time
from collections import Counter

import pytest
from django.db import transaction
from tests.conftest import AT
from tests.kernel.tampering import owner, sealed, swap

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.journal.findings import What
from niangjia.kernel.journal.verifying import verify
from niangjia.kernel.models import JournalLeaf, JournalValues
from niangjia.kernel.scoping import enter_scope

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
LINES, HEADS, ROUNDS, A_ROUND = 4_000, 8, 26, 400
PROOF_ROUNDS, SEED, PROOF_SEED = 60, 20_181_122, 20_260_101
COLUMNS = {
    "at": "at + interval '1 second'",
    "user_id": "coalesce(user_id, 0) + 1",
    "post_id": "coalesce(post_id, 0) + 1",
    "unit_id": "coalesce(unit_id, 0) + 1",
    "verb": "verb || 'x'",
    "kind": "kind || 'x'",
    "object_id": "object_id + 1",
    "digest": "sha256(digest)",
}
GONE = "DELETE FROM kernel_journalvalues WHERE line_id = %s"
FORGED = """UPDATE kernel_journalvalues SET salt = NULL, body = NULL, erasure_id = 1, erased_at = now()
 WHERE line_id = %s"""
LINE = {What.LINE_CHANGED, What.LINE_SWAPPED}
VALUES = {What.VALUES_CHANGED, What.VALUES_SWAPPED}


class Hand:
    """Tampers with lines that it has not touched yet, and remembers what must be named for each."""

    def __init__(self, cursor, dice, lines):
        self.cursor, self.dice = cursor, dice
        self.left = dice.sample(lines, len(lines))
        self.done = {}
        self.kinds = Counter()

    def act(self):
        name = self.dice.choice(
            [
                "change",
                "delete",
                "swap",
                "values",
                "no_values",
                "swap_values",
                "leaf",
                "no_leaf",
                "swap_leaves",
            ]
        )
        getattr(self, name)()
        self.kinds[name] += 1

    def one(self, sql, what, *values):
        line = self.left.pop()
        self.cursor.execute(sql, [*values, line])
        self.done[line] = what

    def two(self, table, key, what):
        first, second = self.left.pop(), self.left.pop()
        swap(self.cursor, table, key, first, second)
        self.done[first] = self.done[second] = what

    def change(self):
        column = self.dice.choice(list(COLUMNS))
        self.one(f"UPDATE kernel_journalline SET {column} = {COLUMNS[column]} WHERE id = %s", LINE)  # noqa: S608

    def delete(self):
        self.one("DELETE FROM kernel_journalline WHERE id = %s", {What.LINE_DELETED})

    def swap(self):
        self.two("line", "id", LINE)

    def values(self):
        sql = self.dice.choice(["body = body || ' '", "salt = sha256(salt)", "body = '{}'"])
        self.one(f"UPDATE kernel_journalvalues SET {sql} WHERE line_id = %s", VALUES)  # noqa: S608

    def no_values(self):
        sql = self.dice.choice([GONE, FORGED])
        self.one(sql, {What.VALUES_REMOVED})

    def swap_values(self):
        self.two("values", "line_id", VALUES)

    def leaf(self):
        self.one("UPDATE kernel_journalleaf SET hash = sha256(hash) WHERE line_id = %s", {What.LEAF_CHANGED})

    def no_leaf(self):
        self.one("DELETE FROM kernel_journalleaf WHERE line_id = %s", {What.LEAF_MISSING})

    def swap_leaves(self):
        self.two("leaf", "line_id", {What.LEAF_CHANGED})


def build():
    for _ in range(HEADS):
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            for n in range(LINES // HEADS):
                journal.record(
                    "try",
                    by=SYSTEM,
                    at=AT,
                    kind="kernel.trial",
                    object_id=n,
                    after={"n": n},
                    person_id=n % 50,
                )
        sealed()
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        journal.erase_values_of(person_id=3, by=SYSTEM, at=AT, reason="本人申请")
    sealed()
    whole = JournalValues._base_manager.using("owner").filter(body__isnull=False)
    last = JournalLeaf.objects.using("owner").latest("index").line_id
    return [line for line in whole.values_list("line_id", flat=True) if line != last]


def trial(*, rounds, seed):
    """Tampers and verifies so many times; returns how many entries, the kinds of edits, the controls held."""
    lines, dice = build(), random.Random(seed)  # noqa: S311 - a seeded trial
    tampered, kinds, controls = 0, Counter(), 0
    for turn in range(rounds):
        with owner() as cursor:
            hand = Hand(cursor, dice, lines)
            while len(hand.done) < A_ROUND:
                hand.act()
            report = verify()
        named = {one.line: one.what for one in report.findings}
        assert named.keys() == hand.done.keys(), turn
        assert all(named[line] in what for line, what in hand.done.items()), turn
        assert report.count == len(hand.done)
        tampered += len(hand.done)
        kinds += hand.kinds
        if turn % 3 == 0:
            control = verify()
            assert (control.good, control.findings) == (True, []), "nothing was touched"
            controls += 1
    assert tampered >= 10_000
    assert len(kinds) == 9
    return tampered, kinds, controls


def test_ten_thousand_tampered_entries_are_located_and_nothing_else(settings, tmp_path, record_property):
    settings.JOURNAL_OUTSIDE = tmp_path
    tampered, *_ = trial(rounds=ROUNDS, seed=SEED)
    record_property("tampered", tampered)


@pytest.mark.proof
def test_proof_that_tampering_is_located(settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path
    began = time.monotonic()
    tampered, kinds, controls = trial(rounds=PROOF_ROUNDS, seed=PROOF_SEED)
    sys.stdout.write(
        f"PROOF journal, seed {PROOF_SEED}: {tampered:,} entries over {LINES:,} sealed lines changed, "
        f"deleted or swapped by SQL in {PROOF_ROUNDS} rounds ({len(kinds)} kinds of edits): each located, "
        f"0 false alarms, {controls} untouched journals found whole, {time.monotonic() - began:.0f} s\n"
    )


def test_a_journal_cut_off_anywhere_is_named_from_the_first_missing_line(settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path
    build()
    places = dict(JournalLeaf.objects.using("owner").values_list("index", "line_id"))
    dice = random.Random(7)  # noqa: S311 - a seeded trial
    for _ in range(8):
        cut = dice.randrange(len(places))
        with owner() as cursor:
            cursor.execute("DELETE FROM kernel_journalleaf WHERE index >= %s", [cut])
            cursor.execute("DELETE FROM kernel_journalhead WHERE size > %s", [cut])
            report = verify()
        missing = {one.line for one in report.findings if one.what is What.LEAF_MISSING}
        assert missing == {line for index, line in places.items() if index >= cut}
        assert {one.what for one in report.findings} <= {What.LEAF_MISSING, What.HEAD_MISSING}
