"""Two rolls with the same people at once; a worker killed in the middle: each person exactly once."""

import random
from threading import Barrier, Thread

import pytest
from django.db import connections

from niangjia.exchange import actions
from niangjia.exchange.models import Batch
from niangjia.kernel.access import SYSTEM
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.network import actions as network
from niangjia.people.models import IdentityDocument, Person
from tests.conftest import AT, TODAY
from tests.enrolment.rolls import person, roll_of
from tests.exchange.test_killed import seen, through
from tests.network.worlds import zhejiang

ROWS, KILLS, SEED = 5_000, 4, 20_181_123


@pytest.fixture
def committed(transactional_db, settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    made = seen(zhejiang)
    seen(lambda: network.recount_tallies(today=TODAY, at=AT))
    seen(lambda: members.recount_tallies(today=TODAY, at=AT))
    return made


def sent(union, rows, name="名册.csv"):
    told = {"kind": "members", "arrival": actions.Arrival(name, roll_of(rows)), "unit_id": union.pk}
    return seen(lambda: actions.receive_file(**told, by=SYSTEM, at=AT, defer=False)).pk


def ready(union, rows):
    number = sent(union, rows)
    actions.run_batch(number=number, now=lambda: AT)
    seen(lambda: actions.begin_commit(batch_id=number, which="all", by=SYSTEM, at=AT, defer=False))
    return number


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_rolls_with_the_same_people_at_once_enter_each_once(committed):
    here, there = committed["left_single"], committed["right_single"]
    batches = [
        ready(here, [person(n) for n in range(300)]),
        ready(there, [person(n) for n in range(450, 150, -1)]),
    ]
    start, errors = Barrier(2), []

    def run(number):
        try:
            start.wait()
            actions.run_batch(number=number, now=lambda: AT)
        except Exception as error:  # noqa: BLE001 - handed to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not errors
    fates = [seen(lambda number=number: Batch.objects.get(pk=number).fates) for number in batches]
    assert sum(one["entered"] for one in fates) == 451
    assert sum(one.get("refused", 0) for one in fates) == 149
    assert seen(lambda: (Person.objects.count(), IdentityDocument.objects.count())) == (451, 451)
    assert seen(lambda: Membership.objects.filter(counts=True).count()) == 451


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_worker_killed_in_the_middle_goes_on_exactly_once(committed):
    dice = random.Random(SEED)  # noqa: S311 - the same points each time
    number = ready(committed["left_single"], [person(n) for n in range(ROWS)])
    kills = through(number, dice, KILLS)
    assert seen(lambda: Batch.objects.get(pk=number).fates) == {"entered": ROWS}
    assert seen(lambda: Membership.objects.values("person").distinct().count()) == ROWS
    assert seen(Person.objects.count) == ROWS
    assert kills == KILLS
    seen(lambda: actions.begin_undo(batch_id=number, reason="试", by=SYSTEM, at=AT, defer=False))
    through(number, dice, 1)
    assert seen(lambda: (Membership.objects.count(), Person.objects.count())) == (0, 0)
