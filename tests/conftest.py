"""Shared set-up: tables are made by the owner, tests enter as the web role, under row-level security."""

import os
from datetime import UTC, date, datetime

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.utils.module_loading import import_string

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from tests import likeness, standing
from tests.payments import matters

TODAY = date(2018, 8, 20)
AT = datetime(2018, 8, 20, 2, 0, tzinfo=UTC)
KEPT = ("django_migrations", "django_content_type", "payments_warrant")
APPEND_ONLY = ("kernel_journal", "ledger_")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_keepdb):
    """The owner makes the test database; the web role's connection is led to it."""
    owner, web = connections["owner"], connections["default"]
    with django_db_blocker.unblock():
        kept_name = owner.settings_dict["NAME"]
        suffix = _worker()
        if suffix:
            owner.settings_dict["TEST"]["NAME"] = f"test_{kept_name}_{suffix}"
        likeness.make(owner)
        web.close()
        web.settings_dict["NAME"] = owner.settings_dict["NAME"]
        matters.register()
    yield
    standing.HERE.leave()
    with django_db_blocker.unblock():
        web.close()
        if not django_db_keepdb:
            owner.creation.destroy_test_db(kept_name, verbosity=0)


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "")


def _emptied_by_owner(_case: TransactionTestCase) -> None:
    """A test that commits is cleaned up after by the owner: the web role may not truncate."""
    connections["default"].close()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted({row[0] for row in cursor.fetchall()} - set(KEPT))
        kept = [table for table in tables if table.startswith(APPEND_ONLY)]
        cursor.execute("".join(f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in kept))
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        cursor.execute("".join(f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in kept))


TransactionTestCase._fixture_teardown = _emptied_by_owner  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Before a test may use the database: what it stands on; nothing beneath what outlasts a test."""
    if fixturedef.argname == "_django_db_helper":
        blocker = request.getfixturevalue("django_db_blocker")
        standing.HERE.before(request, blocker, import_string("tests.network.worlds.build"))
    elif fixturedef.scope != "function":
        standing.HERE.leave()


@pytest.fixture
def world(db):
    """A transaction in which every row may be seen and written, as a job of the system would."""
    enter_scope(EVERYWHERE)
    return SYSTEM


def pytest_terminal_summary(terminalreporter):
    """The matrix says how many pairs of road, role and place it tried, from every worker."""
    reports = [item for group in terminalreporter.stats.values() for item in group if _is_call(item)]
    found = [
        value for item in reports for name, value in getattr(item, "user_properties", ()) if name == "pairs"
    ]
    _canaries(terminalreporter, reports)
    if found:
        for who, pairs, leaks in sorted(map(tuple, found)):
            terminalreporter.write_line(f"{who}: {pairs:,} pairs, {leaks} leaks")
        total, leaks = sum(pairs for _, pairs, _ in found), sum(leaks for *_, leaks in found)
        terminalreporter.write_line(f"matrix: {total:,} pairs, {leaks} leaks")


def _canaries(terminalreporter, reports):
    """How many canaries were listened for in how many answers, by every role."""
    found = [
        value
        for item in reports
        for name, value in getattr(item, "user_properties", ())
        if name == "canaries"
    ]
    if found:
        birds, answers, songs, leaks = (sum(row[n] for row in found) for n in (1, 2, 3, 4))
        said = f"{birds // len(found)} canaries, {len(found)} roles, {answers:,} answers read"
        terminalreporter.write_line(f"canaries: {said}, {songs} heard by who may, {leaks} leaks")


def _is_call(report):
    return getattr(report, "when", "") == "call"
