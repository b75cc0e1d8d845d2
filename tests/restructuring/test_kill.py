"""Killed in the middle of the day, nothing has happened; the next attempt does it all."""

import os
import signal

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.restructuring import actions
from niangjia.restructuring.models import PartyFacts, Restructure
from niangjia.restructuring.rules import State
from tests.conftest import AT
from tests.restructuring import worlds

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def scoped(act):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


def killed_while(act):
    """The signal by which a process of its own died while it did this."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            scoped(act)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_killed_in_the_middle_nothing_has_moved_and_the_next_attempt_moves_all(settings):
    def built():
        made = worlds.town()
        who = worlds.acting(made)
        return made, who, worlds.ready(made, who)

    made, who, row = scoped(built)
    before, kept = scoped(worlds.tables), settings.NIANGJIA_RESTRUCTURE_PARTIES
    settings.NIANGJIA_RESTRUCTURE_PARTIES = [*kept, "tests.restructuring.parties.KILLING"]
    died = killed_while(lambda: worlds.execute(row, who))
    assert died == -signal.SIGKILL
    assert scoped(worlds.tables) == before
    assert scoped(lambda: (Restructure.objects.get().state, PartyFacts.objects.count())) == (State.AUDITED, 0)
    settings.NIANGJIA_RESTRUCTURE_PARTIES = kept
    done = scoped(lambda: actions.execute(restructure_id=row.pk, by=who["county"], at=AT).state)
    assert done == State.EXECUTED
    assert scoped(worlds.tallies_hold)
    assert made
