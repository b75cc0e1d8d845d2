"""Both ways of laying a world down leave the same rows and the same counts behind."""

import json
from datetime import date

from django.db import connection, transaction
from tests.conftest import AT, TODAY

from niangjia.demo.actions.laying import Ground, lay, lay_in_bulk
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.growing import Scale, Town, grow
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions, queries
from niangjia.network.rules import Mode, OrgKind

SINCE = date(2000, 1, 1)
TABLES = (
    "tree_unit",
    "tree_placement",
    "network_organisation",
    "network_organisationname",
    "network_employer",
    "network_coverage",
    "network_composition",
)


def general_unions():
    rows = [("p", OrgKind.PROVINCE, ""), ("city", OrgKind.CITY, "p")]
    rows += [(f"c{i}", OrgKind.COUNTY, "city") for i in range(3)]
    rows += [(f"t{i}", OrgKind.TOWN, f"c{i % 3}") for i in range(6)]
    return [OrganisationSketch(key, kind, f"{key}总工会", SINCE, parent) for key, kind, parent in rows]


def sample():
    towns = [Town(f"t{i}", f"第{i}镇", f"c{i % 3}", f"第{i % 3}县") for i in range(6)]
    scale = Scale(
        12, 150, 3, institutions=20, merchants=9, second_affiliations=14, modes=dict.fromkeys(Mode, 1)
    )
    dice = Dice(5)
    return Sketch(organisations=general_unions()).add(
        grow(scale=scale, towns=towns, today=TODAY, dice=dice, firms=Firms(dice))
    )


def rows_of(table):
    """Every row as text without its numbers: numbers of a run differ, names and days must not."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t")  # noqa: S608 - our own table names
        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def readable():
    """All tables with numbers replaced by the names they stand for."""
    tables = {table: rows_of(table) for table in TABLES}
    units = {row["id"]: row["name"] + row["since"] for row in tables["tree_unit"]}
    employers = {row["id"]: row["uscc"] for row in tables["network_employer"]}
    by_path = {row["path"]: units[row["id"]] for row in tables["tree_unit"]}
    as_unit = dict.fromkeys(
        ("unit_id", "parent_id", "union_id", "federation_id", "child_id", "keeper_id", "organisation_id"),
        units,
    )
    naming = {**as_unit, "employer_id": employers, "path": by_path}
    return {
        table: sorted(
            json.dumps(
                {
                    key: naming[key][value] if key in naming and value is not None else value
                    for key, value in row.items()
                    if key != "id"
                },
                sort_keys=True,
                ensure_ascii=False,
            )
            for row in rows
        )
        for table, rows in tables.items()
    }


def laid_by(way):
    """The tables and counts that a way leaves behind; nothing of it stays."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        ground = Ground(today=TODAY, at=AT, by=SYSTEM)
        way(sketch=sample(), on=ground)
        live = queries.counts(unit_id=ground.units["p"], day=TODAY).amounts
        actions.recount_tallies(today=TODAY, at=AT)
        rolled = queries.counts(unit_id=ground.units["p"], day=TODAY).amounts
        found = {"tables": readable(), "live": live, "rolled": rolled}
        transaction.set_rollback(True)
    return found


def test_many_at_once_leaves_the_same_rows_as_one_by_one(db):
    one, many = laid_by(lay), laid_by(lay_in_bulk)
    for table in TABLES:
        assert one["tables"][table] == many["tables"][table]
        assert one["tables"][table]
    assert one["live"] == many["live"] == one["rolled"] == many["rolled"]
    assert one["live"]["employer:enterprise"] + one["live"]["employer:institution"] == 150
    assert one["live"]["employer:self_employed_merchant"] == 9
    assert one["live"]["fed:business_district"] == 3
