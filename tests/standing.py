"""The small Zhejiang stands once for the tests that follow each other on it.

Most tests that need a database begin with the same two counties, founded through the actions: a third of
their time. Here they are founded in a transaction that stays open while tests ask for `land`.
Each has its own savepoint, rolled back after it, and its own copy of the objects; whoever commits, or works
without this `land`, finds the database empty as before.
"""

from copy import deepcopy

from django.db import connection, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope

ASKED_BY, BUILT_BY = "land", "zhejiang"
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


TOLD = ("transaction", "reset_sequences", "serialized_rollback", "databases")
"""What a mark of the database tells: whoever has one of them does not work in one savepoint."""


class Standing:
    """What stands beneath the test that runs, if anything does."""

    def __init__(self):
        self.atomic, self.made, self.blocker = None, None, None

    def before(self, request, blocker, build):
        """Right for the test that begins: founded if it asks for it, gone if it does not."""
        if not _asks(request):
            self.leave()
        elif self.atomic is None and not connection.in_atomic_block:
            with blocker.unblock():
                self.blocker, self.atomic = blocker, transaction.atomic()
                self.atomic.__enter__()
                enter_scope(EVERYWHERE)
                self.made = build()

    def leave(self):
        """Nothing stands any more."""
        if self.atomic is None:
            return
        atomic, self.atomic, self.made = self.atomic, None, None
        with self.blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    def taken(self, build):
        """A copy of what stands; built now where nothing does."""
        return deepcopy(self.made) if self.atomic is not None else build()


HERE = Standing()


def _asks(request):
    marker = request.node.get_closest_marker("django_db")
    commits = COMMITTING & set(request.fixturenames) or (marker and any(marker.kwargs.get(n) for n in TOLD))
    return not commits and _is_built_of_it(request)


def _is_built_of_it(request):
    """Whether the fixture that counts for the test calls `zhejiang`; some have another land."""
    known = request.node._fixtureinfo.name2fixturedefs.get(ASKED_BY)
    return bool(known) and BUILT_BY in known[-1].func.__code__.co_names
