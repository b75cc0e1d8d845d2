"""What a stretch knows of its person is looked up by index: a long list stays linear (house.md §3.8)."""

from datetime import date

import pytest
from django.db import connection, connections

from niangjia.demo.actions.crowding import Joining, enrol, enrol_many
from niangjia.demo.actions.laying import Ground
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice
from niangjia.kernel.access import SYSTEM
from tests.conftest import AT, TODAY
from tests.network.worlds import zhejiang

FIRST, MANY = 8, 400
"""So many one by one, so that the session keeps the plans it made for small tables; then a list."""
TABLES = ("people_contact", "people_person", "people_identitydocument")
COUNTED = (*TABLES, "members_membership")


@pytest.fixture(params=["never", "empty"], autouse=True)
def counted(request, django_db_setup, django_db_blocker):
    """Plans are made of tables that PostgreSQL has not counted yet, or has counted while they were empty."""
    if request.param == "empty":
        with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(COUNTED))
    return request.param


def rows_read():
    """How many rows of the tables of persons this transaction has read so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY (%s)",
            [list(TABLES)],
        )
        return int(cursor.fetchone()[0] or 0)


def test_a_long_list_reads_a_few_rows_for_each_of_its_members(world, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    union = zhejiang()["left_single"].pk
    ground = Ground(today=TODAY, at=AT, by=SYSTEM)
    joinings = [Joining(one, union, date(2018, 6, 1)) for one in crowd(how_many=FIRST + MANY, dice=Dice(2))]
    for one in joinings[:FIRST]:
        enrol(joining=one, on=ground)
    before = rows_read()
    assert enrol_many(joinings=joinings[FIRST:], on=ground) == MANY
    assert (rows_read() - before) / MANY < 40


def test_so_does_one_who_is_entered_after_them(world, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    union = zhejiang()["left_single"].pk
    ground = Ground(today=TODAY, at=AT, by=SYSTEM)
    joinings = [Joining(one, union, date(2018, 6, 1)) for one in crowd(how_many=MANY, dice=Dice(3))]
    for one in joinings[:FIRST]:
        enrol(joining=one, on=ground)
    enrol_many(joinings=joinings[FIRST:-FIRST], on=ground)
    before = rows_read()
    for one in joinings[-FIRST:]:
        enrol(joining=one, on=ground)
    assert (rows_read() - before) / FIRST < 100
