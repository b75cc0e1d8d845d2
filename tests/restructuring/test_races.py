"""Two officers at once: exactly one wins and the other is told why; without the lock both would."""

import sys
from threading import Barrier, Event, Thread, get_ident

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Organisation
from niangjia.restructuring import actions
from niangjia.restructuring.actions import executing, proposing
from niangjia.restructuring.models import OpenMatter, Restructure, Side
from niangjia.restructuring.rules import Kind, State
from niangjia.tree import rules as tree_rules
from tests.conftest import AT
from tests.restructuring import worlds

WAIT = 30
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def built():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        made = worlds.town()
        return made, worlds.acting(made)


def together(*acts):
    """Each act in its own thread and transaction; what it returned or the refusal."""
    start, told = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            with transaction.atomic():
                enter_scope(EVERYWHERE)
                told[place] = act()
        except Refused as error:
            told[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


def test_of_two_who_propose_for_one_union_one_wins_and_the_other_is_told():
    made, who = built()
    mine = worlds.draft(made)
    other = worlds.draft(made, Kind.DISSOLVE, heir=None)
    told = together(
        lambda: actions.propose(draft=mine, by=who["town"], at=AT),
        lambda: actions.propose(draft=other, by=who["county"], at=AT),
    )
    refused = [one for one in told if isinstance(one, Refused)]
    assert len(refused) == 1
    assert "方案" in str(refused[0])
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        assert Restructure.objects.count() == 1


def crossing(made, who):
    """Merge A into B, and dissolve B: two audited plans that cross each other."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        first = worlds.ready(made, who)
        Side.objects.update(is_open=False)
        second = worlds.ready(made, who, kind=Kind.DISSOLVE, sources=("b",), heir=None)
        return first, second


def executing_both(first, second, who):
    told = together(
        lambda: actions.execute(restructure_id=first.pk, by=who["county"], at=AT).state,
        lambda: actions.execute(restructure_id=second.pk, by=who["county"], at=AT).state,
    )
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        words = [str(one.words) for one in OpenMatter.objects.filter(settled_at=None)]
    return told, words


def under_one_that_is_gone():
    """The unions that stand although the one above them does not: there must be none, ever."""
    rows = Organisation.objects.filter(closed_on=None, unit__parent__until__isnull=False)
    return list(rows.order_by("pk").values_list("name", flat=True))


def test_of_two_who_execute_crossing_plans_the_second_sees_what_the_first_has_done():
    made, who = built()
    told, words = executing_both(*crossing(made, who), who)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        assert worlds.tallies_hold()
        assert under_one_that_is_gone() == []
    if told == [State.AUDITED, State.EXECUTED]:
        assert any("已经撤销" in one for one in words)
    else:
        assert told[0] == State.EXECUTED


def test_the_control_without_lock_and_constraint_both_propose(monkeypatch):
    """The race does happen: with the lock off, both find no other plan before either has written."""
    made, who = built()
    seen, both = [], Event()

    def look(**_told):
        seen.append(1)
        if len(seen) == 2:
            both.set()
        assert both.wait(30)

    monkeypatch.setattr(proposing, "hold_the_tree", lambda: None)
    monkeypatch.setattr(executing, "hold_the_tree", lambda: None)
    monkeypatch.setattr(proposing, "require_no_other_plan", look)
    heirless = worlds.draft(made, Kind.DISSOLVE, sources=("b",), heir=None)
    told = together(
        lambda: actions.propose(draft=worlds.draft(made), by=who["town"], at=AT),
        lambda: actions.propose(draft=heirless, by=who["county"], at=AT),
    )
    assert [isinstance(one, Restructure) for one in told] == [True, True]


def without_the_lock(monkeypatch):
    """Nobody waits for the tree any more, in no module that asks for it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("niangjia.") and hasattr(module, "hold_the_tree"):
            monkeypatch.setattr(module, "hold_the_tree", lambda **_told: None)


def dissolved_between_look_and_move(monkeypatch, dissolving):
    """The merge looks whether its heir stands; before it writes, the other dissolves the heir and commits."""
    looked, gone = Event(), Event()
    stands, carry = tree_rules.require_parent_stands, executing._carry
    mover = []

    def look(above, *, since):
        stands(above, since=since)
        if mover == [get_ident()] and not looked.is_set():
            looked.set()
            gone.wait(WAIT)

    def carried(row, **told):
        if row.pk != dissolving.pk:
            mover.append(get_ident())
        else:
            looked.wait(WAIT)
            transaction.on_commit(gone.set)
        carry(row, **told)

    monkeypatch.setattr(tree_rules, "require_parent_stands", look)
    monkeypatch.setattr(executing, "_carry", carried)


def test_the_control_without_the_lock_both_execute_and_unions_stand_under_one_that_is_gone(monkeypatch):
    """The race does happen, and no constraint of the database stops it: only the lock does."""
    made, who = built()
    merging, dissolving = crossing(made, who)
    without_the_lock(monkeypatch)
    dissolved_between_look_and_move(monkeypatch, dissolving)
    told, words = executing_both(merging, dissolving, who)
    assert told == [State.EXECUTED, State.EXECUTED]
    assert words == []
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        assert under_one_that_is_gone() == [made[key].name for key in ("a1", "a2", "a_joint")]
