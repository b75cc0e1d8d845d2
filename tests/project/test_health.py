"""The supervisor's questions are answered also when the database is not there."""

from django.db import OperationalError, connections
from django.test import Client


def test_the_process_says_that_it_lives_without_touching_the_database():
    answer = Client().get("/livez")  # no database fixture: any query would fail this test
    assert (answer.status_code, answer.json()) == (200, {"live": True})


def test_without_a_database_the_platform_says_what_is_missing(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connections["default"], "cursor", away)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] is False


def test_with_a_database_at_the_codes_schema_it_is_ready(db):
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
