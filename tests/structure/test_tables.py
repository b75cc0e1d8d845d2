"""Foreign keys run downwards, dated tables carry their constraints, guarded tables are guarded."""

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models
from tests.structure import two_cities

from niangjia.kernel.access import NOWHERE
from niangjia.kernel.scoping import enter_scope

FLOORS = (
    "kernel",
    "tree",
    "people",
    "policies",
    "accounts",
    "notices",
    "papers",
    "exchange",
    "messaging",
    "tasks",
    "ledger",
    "payments",
    "statements",
    "supervision",
    "network",
    "bodies",
    "register",
    "members",
    "dues",
    "transfers",
    "matching",
    "vitality",
    "founding",
    "establishments",
    "restructuring",
    "joining",
    "drives",
    "households",
    "campaigns",
    "aid",
    "hardship",
    "means",
    "phones",
    "visits",
    "sympathy",
    "handouts",
    "portal",
    "demo",
    "project",
)
LEVEL = {
    "kernel": 0,
    "tree": 1,
    "people": 2,
    "policies": 2,
    "accounts": 3,
    "notices": 4,
    "papers": 4,
    "exchange": 4,
    "messaging": 3.5,
    "tasks": 4,
    "ledger": 4,
    "payments": 4.2,
    "statements": 4.3,
    "supervision": 4.5,
    "network": 5,
    "bodies": 6,
    "register": 7,
    "founding": 7.5,
    "restructuring": 7.5,
    "members": 8,
    "dues": 8.1,
    "transfers": 8.2,
    "joining": 8.5,
    "drives": 8.6,
    "visits": 8.72,
    "phones": 8.73,
    "means": 8.75,
    "eligibility": 8.74,
    "hardship": 8.76,
    "aid": 8.9,
    "matching": 8.5,
    "enrolment": 8.5,
    "vitality": 8.5,
    "households": 8.65,
    "campaigns": 8.7,
    "sympathy": 8.8,
    "handouts": 8.85,
    "portal": 9,
    "demo": 9,
}
OURS = [model for app in FLOORS for model in apps.get_app_config(app).get_models()]

EMPTY = {"people_contact", "people_identitydocument", "people_outsidepost"}
UNGUARDED = {
    "kernel_personkey": "wrapped keys, which nobody can open without the key ring outside the database",
    "kernel_journalleaf": "a line's number and a hash: what third parties check; only the owner writes",
    "kernel_journalnode": "hashes only; only the owner writes",
    "kernel_journalhead": "signed heads are published; only the owner writes",
    "payments_warrant": "names of functions of the database; only the owner writes",
    "kernel_answer": "found by a keyed digest of visitor, address and form key; content sealed with it",
    "kernel_visits": "counts under a keyed digest of the visitor; nobody can be read from it",
    "tree_division": "administrative divisions are public",
    "tree_divisioncode": "administrative divisions are public",
    "tree_placement": "structure only: unit numbers and paths; needed to count another day",
    "tree_relation": "structure only: unit numbers",
    "accounts_user": "log-in happens before any scope is known; lists go through posts",
    "network_tally": "numbers only, the same for every reader",
    "network_tallydelta": "numbers only, the same for every reader",
    "network_tallyday": "a day",
    "members_membertally": "numbers only, the same for every reader",
    "members_memberdelta": "numbers only, the same for every reader",
    "members_memberday": "a day",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_run_down_and_never_between_siblings(model):
    home = model._meta.app_label
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in LEVEL:
            target = field.related_model._meta.app_label
            assert target == home or LEVEL[target] < LEVEL[home], f"{model.__name__}.{field.name} points up"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_dated_row_ends_after_it_begins(model):
    names = {field.name for field in model._meta.get_fields()}
    if {"since", "until"} <= names:
        checks = [item for item in model._meta.constraints if isinstance(item, models.CheckConstraint)]
        assert any("until" in str(item.condition) for item in checks), (
            f"{model.__name__} may end before it begins"
        )


def test_one_truth_a_day_is_held_by_the_database():
    held = {
        item.name
        for model in OURS
        for item in model._meta.constraints
        if isinstance(item, ExclusionConstraint)
    }
    assert {"placement_one_parent_a_day", "coverage_counts_once_a_day", "chair_one_a_day"} <= held


def test_every_table_is_under_row_level_security_or_says_why_not(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        guarded = {row[0] for row in cursor.fetchall()}
    tables = {table for model in OURS for table in [model._meta.db_table]}
    assert tables - guarded == set(UNGUARDED) & tables
    assert not guarded & set(UNGUARDED)


def test_the_web_role_owns_nothing_and_cannot_pass_by_the_policies(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        name, superuser, bypass = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        owned = cursor.fetchone()[0]
    assert (superuser, bypass, owned) == (False, False, 0), f"{name} is no web role"


def test_without_a_scope_a_guarded_table_shows_no_row(world):
    two_cities.build()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        tables = [row[0] for row in cursor.fetchall()]
        filled = [table for table in tables if _rows(cursor, table)]
        assert set(tables) - set(filled) <= EMPTY
        enter_scope(NOWHERE)
        assert [table for table in filled if _rows(cursor, table)] == []


def _rows(cursor, table):
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name from the catalogue
    return cursor.fetchone()[0]
