"""One person joins at many unions at once: one counting membership stands. Controls show the race is real."""

from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from niangjia.joining import actions, queries
from niangjia.joining.models import MembershipApplication
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.members.models import Membership
from niangjia.network import actions as network
from niangjia.network.models import Organisation
from niangjia.people.models import Person
from tests.conftest import AT, TODAY
from tests.joining.applying import applied, code_for, draft_of
from tests.members.people import worker
from tests.network.worlds import zhejiang

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]

JOINS, AT_ONCE = 100, 10
UNIONS = ("left_single", "left_joint", "left_fed", "right_single", "right_joint")


@contextmanager
def visible():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        yield


@pytest.fixture
def asked(settings, tmp_path):
    """One person's hundred applications at five unions."""
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    with visible():
        made = zhejiang()
        network.recount_tallies(today=TODAY, at=AT)
        return [applied(made[UNIONS[turn % 5]])[0].pk for turn in range(JOINS)]


def joined(application_ids, before=lambda: None):
    """All are approved, so many at a time; what came of each."""
    done, start = [], Barrier(AT_ONCE)

    def work(mine):
        start.wait()
        done.extend(_approved(one, before) for one in mine)
        connections.close_all()

    threads = [Thread(target=work, args=(application_ids[place::AT_ONCE],)) for place in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    return done


def _approved(application_id, before):
    try:
        with visible():
            before()
            actions.approve_application(application_id=application_id, version=1, by=SYSTEM, at=AT)
            return "joined"
    except Refused:
        return "refused"
    except Exception as error:  # noqa: BLE001 - handed to the test
        return repr(error)


def test_a_hundred_joins_of_one_person_into_five_unions_leave_one_membership(asked):
    done = joined(asked)
    assert (done.count("joined"), done.count("refused")) == (1, JOINS - 1)
    with visible():
        assert Person.objects.count() == 1
        assert Membership.objects.filter(counts=True).count() == 1
        assert MembershipApplication.objects.filter(state="approved").count() == 1
        assert MembershipApplication.objects.filter(state="submitted").count() == JOINS - 1


def test_without_the_lock_and_the_constraint_one_person_counts_twice(asked, monkeypatch):
    """The control: everybody looks first and enters afterwards, and the database lets them."""
    with visible():
        worker(Organisation.objects.get(kind="town_union", name__startswith="衢江"), name="安平", place=1)
    monkeypatch.setattr("niangjia.people.actions.hold_person", _looked_at)
    together = Barrier(5)
    monkeypatch.setattr(
        "niangjia.members.actions.admitting._entered", _late("niangjia.members.actions.admitting", together)
    )
    with unconstrained():
        done = []
        threads = [Thread(target=lambda one=one: done.append(_alone(one))) for one in asked[1:6]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        with visible():
            assert Membership.objects.filter(counts=True).count() > 1
            Membership.objects.all().delete()
    assert done.count("joined") > 1


def _alone(application_id):
    try:
        return _approved(application_id, lambda: None)
    finally:
        connections.close_all()


def _looked_at(*, person_id):
    return Person.objects.get(pk=person_id)


def _late(module, together):
    """The entering of a membership, once five have asked whether there is one."""
    entered = __import__(module, fromlist=["_entered"])._entered

    def waiting(*args, **more):
        together.wait(30)
        return entered(*args, **more)

    return waiting


@contextmanager
def unconstrained():
    """The database forgets that one membership a day counts, as long as this lasts."""
    name, table = "membership_counts_once_a_day", "members_membership"
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        told = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {told}")


def test_a_code_is_never_used_more_often_than_it_may(settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    with visible():
        made = zhejiang()
        code = code_for(made["left_fed"], max_uses=7)
    done = []

    def submit(place):
        try:
            with visible():
                actions.submit_application(
                    draft=draft_of(place), token=queries.token_of(code=code), by=SYSTEM, at=AT
                )
                done.append("in")
        except Refused:
            done.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=submit, args=(place,)) for place in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (done.count("in"), done.count("refused")) == (7, 13)
