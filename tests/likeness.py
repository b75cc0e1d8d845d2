"""The test database is made once for a state of the migrations and copied from then on.

Migrating takes half a minute of every tier and worker, a copy two seconds. What
the copy is of follows from the files that the tables come from; when one changes, the old likeness goes.
"""

import hashlib
from pathlib import Path

import django
from django.apps import apps
from django.db import connections

LIKE = "test_like_"
SHAPING = {"migrations", "models", "models.py", "rules", "rules.py", "apps.py", "kernel/"}
ENDED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
)


def make(owner) -> None:
    """The owner's test database: copied from its likeness, or migrated and then kept as one."""
    name, like = owner.creation._get_test_db_name(), LIKE + _state()
    with owner.creation._nodb_cursor() as cursor:
        known = _known(cursor)
        if like in known:
            _copy(cursor, like, name)
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=like in known)
    if like not in known:
        connections.close_all()
        with owner.creation._nodb_cursor() as cursor:
            for old in known:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
            _copy(cursor, name, like)


def _known(cursor) -> set[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [LIKE.replace("_", r"\_") + "%"])
    return {row[0] for row in cursor.fetchall()}


def _copy(cursor, source, target):
    """Nobody may be in the source while it is copied."""
    cursor.execute(ENDED, [source])
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _state() -> str:
    """What the tables come from: Django, every migration, and what migrations read of models and rules."""
    found = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in sorted(Path(app.path).glob("**/*.py")):
            parts = file.relative_to(app.path).parts
            if SHAPING & {*parts, "kernel/" if app.label == "kernel" else ""}:
                found.update("/".join((app.label, *parts)).encode() + file.read_bytes())
    return found.hexdigest()[:16]
