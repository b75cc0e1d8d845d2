"""Two moves at once. The negative control shows that the race is real when the lock is off."""

import contextlib
import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from tests.conftest import AT, TODAY

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import segment
from niangjia.kernel.scoping import enter_scope
from niangjia.tree import actions, rules
from niangjia.tree.actions import standing
from niangjia.tree.models import Placement, Unit

SINCE = date(2018, 8, 1)


@contextlib.contextmanager
def visible():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        yield


@pytest.fixture
def committed(django_db_setup, django_db_blocker, monkeypatch):
    """A root with two units, really committed, for two connections; swept away afterwards."""
    monkeypatch.setattr(journal, "record", lambda *_args, **_parts: None)
    with django_db_blocker.unblock():
        with visible():
            root = plant("根", None)
            pair = [plant("甲", root), plant("乙", root)]
        yield pair
        with visible():
            ids = [root.pk, *(unit.pk for unit in pair)]
            Placement.objects.filter(unit_id__in=ids).delete()
            Unit.objects.filter(pk__in=ids).update(parent=None)
            Unit.objects.filter(pk__in=ids).delete()
        connection.close()


def plant(name, parent):
    return actions.plant_unit(
        kind="town_union", name=name, parent=parent, division=None, since=date(2010, 1, 1)
    )


def move_each_under_the_other(pair, monkeypatch):
    """Both moves pass the check for cycles before either is written, unless something makes one wait."""
    both_checked, outcomes, check = threading.Barrier(2), [], rules.require_no_cycle

    def check_and_wait(*args, **parts):
        check(*args, **parts)
        with contextlib.suppress(threading.BrokenBarrierError):
            both_checked.wait(timeout=1)

    def run(unit, parent):
        try:
            with visible():
                actions.move_unit(unit=unit, parent=parent, since=SINCE, today=TODAY, by=SYSTEM, at=AT)
            outcomes.append("moved")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    monkeypatch.setattr(rules, "require_no_cycle", check_and_wait)
    threads = [threading.Thread(target=run, args=turn) for turn in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(outcomes)


def has_circle(pair):
    with visible():
        parents = dict(
            Placement.objects.filter(unit__in=pair, until=None).values_list("unit_id", "parent_id")
        )
    first, second = pair
    return parents == {first.pk: second.pk, second.pk: first.pk}


def test_two_moves_at_once_never_make_a_circle(committed, monkeypatch):
    assert move_each_under_the_other(committed, monkeypatch) == ["moved", "refused"]
    assert not has_circle(committed)


def test_without_the_lock_two_moves_at_once_do_make_a_circle(committed, monkeypatch):
    monkeypatch.setattr(standing, "hold_the_tree", lambda **_parts: None)
    assert move_each_under_the_other(committed, monkeypatch) == ["moved", "moved"]
    assert has_circle(committed)


def test_a_plant_under_a_unit_that_is_being_moved_lands_where_the_unit_then_stands(committed):
    first, second = committed
    planted, moved = [], threading.Event()

    def grow():
        moved.wait(timeout=10)
        with visible():
            planted.append(plant("丙", second))
        connections.close_all()

    thread = threading.Thread(target=grow)
    thread.start()
    with visible():
        actions.move_unit(unit=second, parent=first, since=SINCE, today=TODAY, by=SYSTEM, at=AT)
        moved.set()
        thread.join(timeout=1)
        assert thread.is_alive(), "the plant waits for the move"
    thread.join(timeout=10)
    with visible():
        young = Unit.objects.get(pk=planted[0].pk)
        assert young.path.endswith(segment(first.pk) + segment(second.pk) + segment(young.pk))
        Placement.objects.filter(unit=young).delete()
        young.delete()
