"""`verify` names every entry that was tampered with, and nothing else."""

import json

import pytest
from django.db import transaction
from tests.conftest import AT
from tests.kernel.tampering import owner, sealed, swap

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.journal import sealing, stored
from niangjia.kernel.journal.findings import What
from niangjia.kernel.journal.verifying import verify
from niangjia.kernel.scoping import enter_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KIND = "kernel.trial"
FORGED = """UPDATE kernel_journalvalues SET salt = NULL, body = NULL, erasure_id = 1, erased_at = now()
 WHERE line_id = %s"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path
    return tmp_path


def write(how_many, **more):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return [
            journal.record("try", by=SYSTEM, at=AT, kind=KIND, object_id=n, after={"n": n}, **more).pk
            for n in range(how_many)
        ]


def world(*sizes):
    """Lines sealed under a head each time."""
    lines = []
    for size in sizes:
        lines += write(size)
        sealed()
    return lines


def found(report):
    return {(one.what, one.line if one.line is not None else one.head) for one in report.findings}


def test_an_untouched_journal_is_good():
    world(3, 300, 1)
    write(2)
    report = verify()
    assert (report.good, report.findings, report.lines, report.heads, report.waiting) == (True, [], 304, 3, 2)


def test_an_empty_journal_is_good():
    assert verify().good


TAMPERS = (
    ("UPDATE kernel_journalline SET verb = 'other' WHERE id = %s", What.LINE_CHANGED),
    ("UPDATE kernel_journalline SET at = at + interval '1 microsecond' WHERE id = %s", What.LINE_CHANGED),
    ("UPDATE kernel_journalline SET user_id = 5 WHERE id = %s", What.LINE_CHANGED),
    ("UPDATE kernel_journalline SET object_id = NULL WHERE id = %s", What.LINE_CHANGED),
    ("UPDATE kernel_journalline SET digest = '\\x00' WHERE id = %s", What.LINE_CHANGED),
    ("DELETE FROM kernel_journalline WHERE id = %s", What.LINE_DELETED),
    ("UPDATE kernel_journalvalues SET body = '{}' WHERE line_id = %s", What.VALUES_CHANGED),
    ("UPDATE kernel_journalvalues SET salt = '\\x00' WHERE line_id = %s", What.VALUES_CHANGED),
    ("DELETE FROM kernel_journalvalues WHERE line_id = %s", What.VALUES_REMOVED),
    (FORGED, What.VALUES_REMOVED),
    ("UPDATE kernel_journalleaf SET hash = '\\x00' WHERE line_id = %s", What.LEAF_CHANGED),
    ("DELETE FROM kernel_journalleaf WHERE line_id = %s", What.LEAF_MISSING),
)  # fmt: skip


def test_a_tampered_entry_is_named():
    lines = world(3, 20)
    for sql, what in TAMPERS:
        for line in (lines[0], lines[2], lines[9], lines[-1]):
            with owner() as cursor:
                cursor.execute(sql, [line])
                report = verify()
            assert found(report) == {(what, line)}, sql
            assert report.count == 1


def test_swapped_rows_are_named_both():
    lines = world(5, 20)
    with owner() as cursor:
        swap(cursor, "line", "id", lines[1], lines[9])
        assert found(verify()) == {(What.LINE_CHANGED, lines[1]), (What.LINE_CHANGED, lines[9])}
    with owner() as cursor:
        swap(cursor, "line", "id", lines[7], lines[9])
        assert found(verify()) == {(What.LINE_SWAPPED, lines[7]), (What.LINE_SWAPPED, lines[9])}
    with owner() as cursor:
        swap(cursor, "values", "line_id", lines[7], lines[9])
        assert found(verify()) == {(What.VALUES_SWAPPED, lines[7]), (What.VALUES_SWAPPED, lines[9])}
    with owner() as cursor:
        swap(cursor, "leaf", "line_id", lines[7], lines[9])
        assert found(verify()) == {(What.LEAF_CHANGED, lines[7]), (What.LEAF_CHANGED, lines[9])}


def test_a_line_changed_together_with_its_leaf_is_named_by_the_file_outside():
    lines = world(3, 20)
    with owner() as cursor:
        cursor.execute("UPDATE kernel_journalline SET verb = 'other' WHERE id = %s", [lines[8]])
        cursor.execute(
            sealing.UNSEALED.replace("NOT EXISTS", "EXISTS").replace(sealing.SETTLED, "true"), [-1, 99]
        )
        row = next(row for row in cursor.fetchall() if row[0] == lines[8])
        forged = sealing.canonical.leaf_of(row)
        cursor.execute("UPDATE kernel_journalleaf SET hash = %s WHERE line_id = %s", [forged, lines[8]])
        assert found(verify()) == {(What.LINE_CHANGED, lines[8]), (What.LEAF_CHANGED, lines[8])}


def test_a_journal_cut_short_is_named_line_by_line():
    lines = world(3, 4)
    with owner() as cursor:
        cursor.execute("DELETE FROM kernel_journalhead WHERE number = 2")
        cursor.execute("DELETE FROM kernel_journalleaf WHERE index >= 3")
        cursor.execute("DELETE FROM kernel_journalline WHERE id > %s", [lines[2]])
        report = verify()
    gone = {(what, line) for line in lines[3:] for what in (What.LINE_DELETED, What.LEAF_MISSING)}
    assert found(report) == {(What.HEAD_MISSING, 2), *gone}


def test_everything_gone_is_named():
    world(3)
    with owner() as cursor:
        for table in ("head", "leaf", "values", "line"):
            cursor.execute(f"DELETE FROM kernel_journal{table}")  # noqa: S608
        report = verify()
    assert {one.what for one in report.findings} == {
        What.HEAD_MISSING, What.LINE_DELETED, What.LEAF_MISSING,
    }  # fmt: skip


HEADS = (
    ("UPDATE kernel_journalhead SET root = '\\x00' WHERE number = 2", What.HEAD_CHANGED),
    ("UPDATE kernel_journalhead SET last_line = 99999 WHERE number = 2", What.HEAD_CHANGED),
    ("DELETE FROM kernel_journalhead WHERE number = 2", What.HEAD_MISSING),
)  # fmt: skip


def test_a_tampered_head_is_named():
    world(3, 4, 5)
    for sql, what in HEADS:
        with owner() as cursor:
            cursor.execute(sql)
            assert found(verify()) == {(what, 2)}, sql


def test_a_tampered_node_is_named():
    world(600)
    with owner() as cursor:
        cursor.execute(
            "UPDATE kernel_journalnode SET hash = '\\x00' WHERE place = %s", [stored.place_of(8, 1)]
        )
        (one,) = verify().findings
        assert (one.what, one.leaf) == (What.NODE_CHANGED, 256)


def test_the_files_outside_are_checked_too():
    lines = world(3, 4, 5)
    outside = stored.outside()
    leaves, heads = outside.leaves.read_bytes(), outside.heads.read_text()
    width = 82
    outside.leaves.write_bytes(leaves[: 4 * width + 20] + b"0" * 9 + leaves[4 * width + 29 :])
    assert found(verify()) == {(What.OUTSIDE_LEAF, lines[4])}
    outside.leaves.write_bytes(leaves[: 10 * width])
    assert found(verify()) == {(What.OUTSIDE_LEAF, line) for line in lines[10:]}
    outside.leaves.write_bytes(leaves)
    told = heads.splitlines(keepends=True)
    outside.heads.write_text(told[0] + told[2])
    assert found(verify()) == {(What.OUTSIDE_HEAD, 2)}
    changed = json.dumps(json.loads(told[1]) | {"size": 6}) + "\n"
    outside.heads.write_text(told[0] + changed + told[2])
    assert found(verify()) == {(What.OUTSIDE_HEAD, 2)}
    outside.heads.write_text(told[0] + told[1])
    report = verify()
    assert report.good, "what a crash leaves is a note"
    assert found(report) == {(What.OUTSIDE_BEHIND, 3)}


def test_a_lawful_erasure_is_accepted_and_an_unlawful_one_found():
    lines = write(4, person_id=9)
    write(3)
    sealed()
    with transaction.atomic():
        erasure = journal.erase_values_of(person_id=9, by=SYSTEM, at=AT, reason="本人申请")
    assert verify().good, "before the erasure is sealed"
    sealed()
    report = verify()
    assert (report.good, report.erased) == (True, 4)
    with owner() as cursor:
        cursor.execute(
            "UPDATE kernel_journalvalues SET salt = NULL, body = NULL, erased_at = now(), erasure_id = %s"
            " WHERE line_id = %s",
            [erasure, lines[-1] + 1],
        )
        assert found(verify()) == {(What.VALUES_REMOVED, lines[-1] + 1)}
    with owner() as cursor:
        cursor.execute(
            "UPDATE kernel_journalvalues SET body = replace(body, '本人', '他人') WHERE line_id = %s",
            [erasure],
        )
        gone = {(What.VALUES_REMOVED, line) for line in lines}
        assert found(verify()) == {*gone, (What.VALUES_CHANGED, erasure)}


def test_rows_of_a_bulk_cannot_be_exchanged():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        rows = [{"n": n} for n in range(9)]
        line = journal.record_rows("enter", rows, by=SYSTEM, at=AT, kind=KIND).pk
    sealed()
    assert verify().good
    with owner() as cursor:
        cursor.execute("UPDATE kernel_journalvalues SET rows = overlay(rows placing '\\x00' from 60)")
        assert found(verify()) == {(What.VALUES_CHANGED, line)}
    with owner() as cursor:
        cursor.execute("UPDATE kernel_journalvalues SET rows = NULL")
        assert found(verify()) == {(What.VALUES_REMOVED, line)}


def test_a_head_signed_by_another_key_is_none_of_ours(settings):
    world(3)
    settings.JOURNAL_KEY = bytes(range(32))
    assert found(verify()) == {(What.HEAD_UNSIGNED, 1)} | {(What.LEAF_ADDED, n) for n in (1, 2, 3)} | {
        (What.OUTSIDE_LEAF, None)
    }
