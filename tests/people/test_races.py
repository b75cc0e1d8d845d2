"""A row entered while its unit is being moved. The control shows that the race is real without the lock."""

from contextlib import contextmanager
from datetime import date
from threading import Event, Thread

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from niangjia.people.models import Person
from niangjia.tree.actions import move_unit, plant_unit
from tests.conftest import AT, TODAY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@contextmanager
def visible():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        yield


def plant(name, parent):
    return plant_unit(kind="town_union", name=name, parent=parent, division=None, since=date(2010, 1, 1))


@pytest.fixture
def family():
    """A unit that stands in the west, and the east, where it may go."""
    with visible():
        root = plant("根", None)
        west, east = plant("西", root), plant("东", root)
        return plant("镇", west), east


def enter(town):
    return Person.objects.create(name="林晓梅", name_key="林晓梅", sex="female", keeper=town, created_at=AT)


def move(town, east):
    move_unit(unit=town, parent=east, since=date(2018, 8, 1), today=TODAY, by=SYSTEM, at=AT)


def meanwhile(first, second):
    """`second` begins when `first` is done but not yet committed; True if it had to wait for the commit."""
    done = Event()

    def run():
        with visible():
            second()
        done.set()
        connections.close_all()

    thread = Thread(target=run)
    with visible():
        first()
        thread.start()
        waited = not done.wait(1)
    thread.join(20)
    assert done.is_set()
    return waited


def stands_where_its_unit_stands(town):
    with visible():
        person = Person.objects.select_related("keeper").get(keeper=town)
        return person.path == person.keeper.path


@contextmanager
def without_the_lock():
    """The function that copies the path reads the unit without waiting for anybody."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('people_person_path'::regproc)")
        locking = cursor.fetchone()[0]
        careless = locking.replace(" FOR SHARE", "")
        assert careless != locking
        cursor.execute(careless)
        try:
            yield
        finally:
            cursor.execute(locking)


def test_a_person_entered_while_the_unit_moves_gets_the_new_place(family):
    town, east = family
    assert meanwhile(lambda: move(town, east), lambda: enter(town))
    assert stands_where_its_unit_stands(town)


def test_a_move_waits_for_a_person_being_entered_and_takes_him_along(family):
    town, east = family
    assert meanwhile(lambda: enter(town), lambda: move(town, east))
    assert stands_where_its_unit_stands(town)


def test_without_the_lock_a_person_is_left_at_the_old_place(family):
    town, east = family
    with without_the_lock():
        assert not meanwhile(lambda: move(town, east), lambda: enter(town))
    assert not stands_where_its_unit_stands(town)
