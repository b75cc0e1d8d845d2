"""Two who report one stay at the same moment: one visit, one task; the control shows the race."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel.reaching import beyond
from niangjia.sympathy.actions import reporting
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import Occasion
from niangjia.tasks.models import Task
from tests.founding.test_races import at_once, built, seen
from tests.network.worlds import zhejiang
from tests.sympathy.worlds import SINCE, Works

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

COPIES = 4


@pytest.fixture
def works():
    return built(lambda: Works(zhejiang()))


def tasks():
    return seen(Task.objects.filter(about_kind="sympathy.visit").count)


def test_a_stay_reported_by_four_at_once_is_one_visit_and_one_task(works):
    told = at_once(
        *[lambda who=who: works.report(by=who) for who in (works.grp, works.pri, works.twn, works.cty)]
    )
    assert told == ["done"] * 4
    assert seen(SympathyVisit.objects.count) == 1
    assert tasks() == 1


def test_reported_with_different_days_at_once_it_is_still_one(works):
    days = [SINCE + timedelta(days=n) for n in range(3)]
    told = at_once(*[lambda day=day: works.report(since=day) for day in days])
    assert told == ["done"] * 3
    assert (seen(SympathyVisit.objects.count), tasks()) == (1, 1)


def test_the_control_the_race_does_happen(works, monkeypatch):
    """With the search for a known visit off, several enter it at once: the constraint alone lets one in."""
    entered, genuine, known = [], reporting._entered, reporting._known

    def counted(*args, **more):
        entered.append(args)
        return genuine(*args, **more)

    monkeypatch.setattr(reporting, "_entered", counted)
    monkeypatch.setattr(reporting, "_known", lambda *args: known(*args) if len(entered) >= COPIES else None)
    at_once(*[works.report for _ in range(COPIES)])
    assert len(entered) == COPIES
    assert (seen(SympathyVisit.objects.count), tasks()) == (1, 1)


def test_two_open_visits_of_one_occasion_are_refused_by_the_database(works):
    row = built(works.report)

    def twice():
        with beyond(), transaction.atomic():
            SympathyVisit.objects.create(
                occasion=Occasion.HOSPITAL, person_id=row.person_id, name="金良", unit_id=row.unit_id,
                since=SINCE.replace(day=1), reported_at=row.reported_at,
            )  # fmt: skip

    with pytest.raises(IntegrityError):
        built(twice)
