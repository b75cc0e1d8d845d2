"""A line is recorded, sealed and proven; what is erased leaves a tombstone; files follow the database."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.conftest import AT
from tests.kernel.tampering import sealed

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, NOWHERE, SYSTEM
from niangjia.kernel.journal import canonical, merkle, sealing, stored
from niangjia.kernel.journal.heads import public_key
from niangjia.kernel.models import JournalHead, JournalLeaf, JournalLine, JournalValues
from niangjia.kernel.scoping import enter_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KIND = "kernel.trial"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.JOURNAL_OUTSIDE = tmp_path
    return tmp_path


def write(how_many=1, *, verb="try", **more):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return [
            journal.record(
                verb, by=SYSTEM, at=AT, kind=KIND, object_id=n, after={"n": n, "name": f"暗{n}"}, **more
            )
            for n in range(how_many)
        ]


@transaction.atomic
def read(pk):
    enter_scope(EVERYWHERE)
    return JournalLine.objects.get(pk=pk)


def as_owner(sql, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def test_a_line_carries_its_values_beside_it_and_only_their_digest_in_it():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        line = journal.record(
            "try", by=SYSTEM, at=AT, kind=KIND, object_id=7, before={"a": 1}, after={"a": 2}, reason="更正"
        )
        bare = journal.record("look", by=SYSTEM, at=AT, kind=KIND, object_id=7)
    again = read(line.pk)
    assert (again.before, again.after, again.reason) == ({"a": 1}, {"a": 2}, "更正")
    assert bytes(again.digest) == canonical.digest_of(again.kept.salt, again.kept.body)
    assert "更正" not in str(as_owner("SELECT l::text FROM kernel_journalline AS l WHERE id = %s", line.pk))
    assert read(bare.pk).after == {}
    assert read(bare.pk).digest is None


def test_equal_values_have_unequal_digests():
    first, second = (write(1, reason="同样")[0] for _ in range(2))
    assert bytes(first.digest) != bytes(second.digest)


def test_many_lines_with_their_values_are_one_query(django_assert_num_queries):
    write(5)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        with django_assert_num_queries(1):
            assert sorted(line.after["n"] for line in JournalLine.objects.all()) == list(range(5))


def test_who_may_see_nothing_can_write_a_line_and_not_read_it():
    with transaction.atomic():
        enter_scope(NOWHERE)
        assert journal.record("log_in", by=SYSTEM, at=AT, kind=KIND, object_id=1, reason="密码").pk
        assert list(JournalLine.objects.all()) == []
        assert list(JournalValues.objects.all()) == []


NOT_BY_WEB = (
    "UPDATE kernel_journalline SET verb = 'x'", "DELETE FROM kernel_journalline",
    "TRUNCATE kernel_journalline", "UPDATE kernel_journalvalues SET body = '{}'",
    "DELETE FROM kernel_journalvalues", "INSERT INTO kernel_journalleaf VALUES (0, 1, '\\x00')",
    "DELETE FROM kernel_journalleaf", "DELETE FROM kernel_journalhead",
    "UPDATE kernel_journalnode SET hash = ''",
)  # fmt: skip


def test_the_web_role_may_only_enter():
    write()
    for sql in NOT_BY_WEB:
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(sql)


NOT_BY_OWNER = (
    "UPDATE kernel_journalline SET verb = 'x'", "DELETE FROM kernel_journalline",
    "TRUNCATE kernel_journalline", "UPDATE kernel_journalvalues SET body = '{}'",
    "DELETE FROM kernel_journalvalues", "TRUNCATE kernel_journalvalues",
    "UPDATE kernel_journalvalues SET salt = NULL, body = NULL",
)  # fmt: skip


def test_the_owner_too_is_refused_by_the_tables_themselves():
    write()
    for sql in NOT_BY_OWNER:
        with pytest.raises(DatabaseError, match="append-only"):
            as_owner(sql)


def test_lines_are_sealed_once_under_a_signed_head_inside_and_outside(settings):
    lines = write(5)
    (head,) = sealed()
    assert head.size == 5
    assert head.is_signed()
    assert head.key == public_key(settings.JOURNAL_KEY)
    leaves = [canonical.leaf_of(_columns(read(line.pk))) for line in lines]
    assert head.root == merkle.root_of(leaves)
    outside = stored.outside()
    assert outside.read(0, 5) == [(line.pk, leaf) for line, leaf in zip(lines, leaves, strict=True)]
    assert list(outside.signed()) == [head]
    assert sealing.seal(at=AT) == []
    write(2)
    (second,) = sealed()
    assert (second.number, second.size, second.previous) == (2, 7, head.digest())


def _columns(line):
    return (
        line.pk, line.at, line.user_id, line.post_id, line.unit_id, line.verb, line.kind, line.object_id,
        line.digest,
    )  # fmt: skip


def test_a_line_that_commits_late_is_sealed_late_and_moves_no_leaf():
    written, go = Event(), Event()

    def slow():
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            journal.record("slow", by=SYSTEM, at=AT, kind=KIND, object_id=1)
            written.set()
            go.wait(20)
        connection.close()

    other = Thread(target=slow)
    other.start()
    written.wait(20)
    write(3)
    assert sealing.seal(at=AT) == [], "a line whose neighbours are not settled waits"
    go.set()
    other.join()
    (head,) = sealed()
    assert head.size == 4
    assert [line for line, _ in stored.outside().read(0, 4)] == sorted(
        JournalLeaf.objects.values_list("line_id", flat=True)
    )


def test_a_line_far_behind_is_found_by_the_thorough_run():
    write(2)
    sealed()
    late = write(1, verb="late")[0]
    as_owner("ALTER TABLE kernel_journalline DISABLE TRIGGER USER")
    as_owner("UPDATE kernel_journalline SET id = -5 WHERE id = %s", late.pk)
    as_owner("ALTER TABLE kernel_journalline ENABLE TRIGGER USER")
    later = AT + timedelta(hours=3)
    assert sealing.seal(at=later) == []
    (head,) = sealed(at=later, thorough=True)
    assert head.size == 3


def test_only_one_seals_at_a_time():
    write(1)
    other = connections.create_connection("owner")
    other.settings_dict = connections["owner"].settings_dict
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sealing.LOCK])
        assert sealing.seal(at=AT) == []
    other.close()
    assert len(sealed()) == 1


def test_nodes_are_stored_and_proofs_come_from_the_database():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        for n in range(600):
            journal.record("try", by=SYSTEM, at=AT, kind=KIND, object_id=n)
    (head,) = sealed()
    leaves = [bytes(row) for row in JournalLeaf.objects.order_by("index").values_list("hash", flat=True)]
    node = stored.reader()
    for index in (0, 255, 256, 511, 512, 599):
        path = merkle.inclusion_path(index, 600, node)
        assert path == merkle.inclusion_path(index, 600, merkle.reader_of(leaves))
        assert merkle.is_included(leaves[index], index=index, size=600, path=path, root=head.root)
    write(1)
    (second,) = sealed()
    assert second.root == merkle.root_of(
        [bytes(row) for row in JournalLeaf.objects.order_by("index").values_list("hash", flat=True)]
    )


def test_a_crash_between_database_and_file_is_healed():
    write(3)
    sealed()
    outside = stored.outside()
    write(2)
    (head,) = sealed()
    text = outside.leaves.read_bytes()
    told = outside.heads.read_text()
    for cut in (3 * 82, 3 * 82 + 41, 4 * 82, 5 * 82):
        outside.leaves.write_bytes(text[:cut])
        outside.heads.write_text(told.splitlines(keepends=True)[0] + told.splitlines()[1][:30])
        assert sealing.seal(at=AT) == []
        assert outside.leaves.read_bytes() == text
        assert outside.heads.read_text() == told
    assert outside.last() == head


def test_nothing_is_sealed_over_files_that_know_more():
    write(3)
    sealed()
    as_owner("ALTER TABLE kernel_journalhead DISABLE TRIGGER USER")
    as_owner("DELETE FROM kernel_journalhead")
    as_owner("ALTER TABLE kernel_journalhead ENABLE TRIGGER USER")
    assert JournalHead.objects.count() == 0
    with pytest.raises(sealing.OutsideDiffers):
        sealing.seal(at=AT)


def test_erasing_finds_all_of_one_person_and_leaves_tombstones_and_a_line():
    canary = write(3, person_id=41, reason="金丝雀")
    others = write(2, person_id=42, reason="别人")
    sealed()
    with transaction.atomic():
        enter_scope(NOWHERE)
        erasure = journal.erase_values_of(person_id=41, by=SYSTEM, at=AT, reason="本人申请")
    assert [read(line.pk).is_erased for line in canary] == [True] * 3
    assert read(canary[0].pk).after == {}
    assert [read(line.pk).reason for line in others] == ["别人"] * 2
    told = read(erasure)
    assert (told.verb, told.after, told.reason) == (
        "erase_values",
        {"lines": [line.pk for line in canary]},
        "本人申请",
    )
    assert "金丝雀" not in str(as_owner("SELECT v::text FROM kernel_journalvalues AS v"))
    with transaction.atomic():
        assert journal.erase_values_of(person_id=41, by=SYSTEM, at=AT, reason="再次") is None
        assert journal.erase_values(lines=[erasure], by=SYSTEM, at=AT, reason="痕迹") is None
    sealed()
    assert list(stored.outside().erased()) == [(erasure, line.pk) for line in canary]


def test_the_rows_of_a_bulk_stand_under_one_root():
    rows = [{"n": n, "name": f"第{n}厂"} for n in range(7)]
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        line = journal.record_rows("enter", rows, by=SYSTEM, at=AT, kind=KIND)
    key, leaves = canonical.rows_read(read(line.pk).kept.rows)
    assert line.after == {"rows": 7, "root": merkle.root_of(leaves).hex()}
    assert leaves[3] == canonical.row_leaf(key, 3, canonical.row_entry(rows[3]))
