"""Several officers at once: counts stay exact, nothing is entered twice, nobody waits for ever."""

from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, connections, transaction
from tests.conftest import AT, TODAY
from tests.network.test_counts_always_right import live
from tests.network.worlds import cover, employer, found, zhejiang

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions, queries
from niangjia.network.models import Coverage, Employer
from niangjia.network.rules import OrgKind

ROUNDS, FIRMS = 6, 24


def as_system(act):
    """One transaction of one officer, on a connection of his own."""
    try:
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            return act()
    except Refused:
        return None


def together(*acts):
    """All acts at once, each in its thread; the errors that were no refusal."""
    start, errors = Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 - handed to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return errors


def built():
    made = zhejiang()
    made["firms"] = [employer(f"第{i}厂", made["left_town"]) for i in range(FIRMS)]
    made["joints"] = [found(OrgKind.JOINT, f"第{i}联合工会", made["left_fed"]) for i in range(3)]
    actions.recount_tallies(today=TODAY, at=AT)
    return made


def moves(made):
    for turn in range(ROUNDS):
        parent = made["right_fed"] if turn % 2 == 0 else made["left_fed"]
        since = TODAY - timedelta(ROUNDS - turn)
        as_system(
            lambda parent=parent, since=since: actions.move_organisation(
                organisation=made["joints"][0],
                parent=parent,
                since=since,
                today=TODAY,
                by=SYSTEM,
                at=AT,
            )
        )


def edits(made):
    for firm in made["firms"]:
        as_system(
            lambda firm=firm: actions.edit_employer(
                employer_id=firm.pk, version=1, since=TODAY, by=SYSTEM, at=AT, headcount=7
            )
        )


def counts_are_exact(made):
    paths = [made[name].path for name in ("province", "left_county", "right_county", "left_fed", "right_fed")]
    counted = queries.counts_at(paths=paths, day=TODAY)
    stood = {(p, m): n for p, one in zip(paths, counted, strict=True) for m, n in one.amounts.items() if n}
    assert stood == live(paths, TODAY)
    assert counted[0].employers() == FIRMS + 2
    assert actions.recount_tallies(today=TODAY, at=AT) == []
    for row in Coverage.objects.select_related("union__unit", "employer").filter(counts=True):
        assert row.path == row.union.unit.path == row.employer.path


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_counts_are_exact_while_officers_cover_move_edit_and_the_worker_folds():
    made = as_system(built)

    def covers(offset):
        for firm in made["firms"][offset:]:
            as_system(lambda firm=firm: cover(made["joints"][offset], firm))

    def works():
        for _ in range(ROUNDS * 4):
            as_system(actions.fold_tallies)
        as_system(lambda: actions.recount_tallies(today=TODAY, at=AT))

    assert (
        together(lambda: covers(0), lambda: covers(1), lambda: moves(made), lambda: edits(made), works) == []
    )

    as_system(lambda: counts_are_exact(made))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_who_submit_the_same_at_once_enter_it_once():
    made = as_system(built)

    def register():
        as_system(lambda: employer("同一家", made["left_town"]))

    def by_code(town):
        as_system(lambda: employer("有代码的", made[town], uscc="91990101MA2DEM009R"))

    def same_union():
        as_system(lambda: found(OrgKind.SINGLE, "同一会", made["left_town"]))

    acts = [
        register,
        register,
        same_union,
        same_union,
        lambda: by_code("left_town"),
        lambda: by_code("right_town"),
    ]
    assert together(*acts) == []

    def looked_at():
        assert Employer.objects.filter(name="同一家").count() == 1
        assert Employer.objects.filter(name="有代码的").count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM network_organisation WHERE name = '同一会'")
            assert cursor.fetchone() == (1,)

    as_system(looked_at)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_the_lock_on_the_employer_the_race_does_happen():
    made = as_system(built)
    firm, written, read = made["firms"][0], Event(), Event()

    def edits():
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            Employer.objects.filter(pk=firm.pk).update(headcount=99)
            written.set()
            read.wait(30)

    def covers():
        written.wait(30)
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            days = {"since": TODAY, "until": TODAY + timedelta(1)}
            Coverage.objects.create(union=made["joints"][0], employer=firm, counts=True, **days)
        read.set()

    assert together(edits, covers) == []
    differs = as_system(lambda: actions.recount_tallies(today=TODAY, at=AT))
    assert {one.measure for one in differs} == {"workers"}
