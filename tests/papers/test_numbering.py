"""Numbers under haste: no number twice, none left out, also where half of the papers fall through."""

import threading

import pytest
from django.db import connection, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.papers.actions import numbering
from niangjia.papers.models import Series
from tests.portal import building

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HANDS, ROUNDS = 6, 10


class FellThroughError(Exception):
    """The paper could not be printed after its number was taken."""


def fall(turn):
    if turn % 3 == 0:
        raise FellThroughError


def race(take, unit_id):
    """Every hand takes numbers as fast as it can; every third paper falls through after its number."""
    kept, lock, start = [], threading.Lock(), threading.Barrier(HANDS)

    def hand(place):
        start.wait()
        for turn in range(ROUNDS):
            try:
                with transaction.atomic():
                    enter_scope(EVERYWHERE)
                    number = take(unit_id)
                    fall(place + turn)
                with lock:
                    kept.append(number)
            except FellThroughError:
                continue
        connection.close()

    hands = [threading.Thread(target=hand, args=(place,)) for place in range(HANDS)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return sorted(kept)


def ours(unit_id):
    return numbering.next_in(unit_id=unit_id, series="DJ", year=2018)


def without_the_lock(unit_id):
    """The control: read the last number, then write the next, as a naive counter would."""
    last = Series.objects.filter(unit_id=unit_id, name="DJ", year=2018).values_list("last", flat=True).first()
    Series.objects.update_or_create(unit_id=unit_id, name="DJ", year=2018, defaults={"last": (last or 0) + 1})
    return (last or 0) + 1


def by_sequence(_unit_id):
    """The other control: a sequence never gives a number back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('papers_paper_id_seq')")
        return cursor.fetchone()[0]


@pytest.fixture
def town():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return building.ningbo().town.pk


def test_numbers_are_given_once_and_without_gaps(town):
    found = race(ours, town)
    assert found == list(range(1, len(found) + 1))
    assert len(found) == HANDS * ROUNDS * 2 // 3


def test_control_without_the_lock_numbers_collide_or_gape(town):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        without_the_lock(town)
    found = race(without_the_lock, town)
    assert found != list(range(2, len(found) + 2))


def test_control_a_sequence_leaves_gaps(town):
    found = race(by_sequence, town)
    assert found != list(range(found[0], found[0] + len(found)))
