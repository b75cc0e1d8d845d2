"""Is the process alive, is the platform ready: neither answer leaks a version."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from niangjia.kernel.doors import open_to_supervisors
from niangjia.kernel.journal import standing

LEAST_FREE = 0.02


@open_to_supervisors("a supervisor asks whether the process lives; nothing is told but that")
def livez(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@open_to_supervisors("a supervisor asks whether work can be done; only names of checks are told")
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers and is at the code's schema, the disk has room, the journal's head is good.

    503 names what is not so.
    """
    checks = {
        "database": _database_answers(),
        "schema": _schema_is_ours(),
        "disk": _disk_has_room(),
        "audit": _journal_is_sealed(),
    }
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _schema_is_ours() -> bool:
    try:
        executor = MigrationExecutor(connections["default"])
    except DatabaseError:
        return False
    applied = set(executor.loader.applied_migrations)
    return all(node in applied for node in executor.loader.graph.leaf_nodes())


def _journal_is_sealed() -> bool:
    try:
        return standing.head_is_good()
    except DatabaseError:
        return False


def _disk_has_room() -> bool:
    usage = shutil.disk_usage(settings.HOME)
    return usage.free > usage.total * LEAST_FREE
