"""Terms stand on the to-do list while they have to be seen to; leaving a zone may be taken back exactly."""

from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import SINCE

from niangjia.bodies import actions as bodies
from niangjia.bodies import queries
from niangjia.bodies.models import ZoneEmployer
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries
from niangjia.tasks.models import Task, Undo

TERM = {"number": 1, "elected_on": None, "approval_doc_no": "", "term_years": 3, "by": SYSTEM, "at": AT}


def to_do(who, today=TODAY):
    desk = tasks_queries.desk_of(actor=who, today=today, filters=tasks_queries.DeskFilters())
    return [(str(row.title), row.due_on) for _, rows in desk.groups for row in rows]


def test_a_term_lies_on_the_desks_from_the_first_reminder_until_the_election(land):
    union, above = land["left_single"], officer(Role.FED, land["left_fed"])
    ends = date(2018, 11, 1)
    bodies.open_term(organisation=union, since=date(2015, 11, 1), **TERM)
    chair = officer(Role.PRI, union)
    assert to_do(chair, ends - timedelta(days=200)) == []
    assert [due for _, due in to_do(chair)] == [ends]
    assert ends in [due for _, due in to_do(above)]
    assert to_do(officer(Role.TWN, land["right_town"])) != to_do(above)
    bodies.open_term(organisation=union, since=ends, **TERM | {"number": 2})
    assert to_do(chair) == []


def test_a_union_without_a_term_is_asked_for_one(land):
    (title, due), *_ = to_do(officer(Role.PRI, land["left_single"]))
    assert "还没有登记委员会届期" in title
    assert due is None


def test_a_kept_task_stands_in_the_place_of_the_same_item(land):
    chair = officer(Role.PRI, land["left_single"])
    (item,) = queries.terms_to_do(actor=chair, today=TODAY)
    draft = tasks.TaskDraft(
        key=item.key, kind=item.kind, title=say("已约定选举日"), unit_id=item.unit_id, word="bodies.committee"
    )
    tasks.lay(draft=draft, by=SYSTEM, at=AT)
    assert to_do(chair) == [("已约定选举日", None)]
    Task.objects.update(state="done", closed_at=AT)
    assert to_do(chair) == []


@pytest.fixture
def left(land):
    """The town's officer has just taken a shop out of a zone."""
    town, shop = land["left_town"], land["left_shop"]
    columns = {"name": "大洲商圈", "kind": "business_district", "since": SINCE}
    zone = bodies.open_zone(keeper=town, columns=columns, by=SYSTEM, at=AT)
    bodies.enter_zone(zone=zone, employer=shop, since=SINCE, by=SYSTEM, at=AT)
    zone.refresh_from_db()
    before = ZoneEmployer.objects.values().get()
    who = officer(Role.TWN, town)
    bodies.leave_zone(zone=zone, employer_id=shop.pk, until=TODAY, by=who, at=AT)
    return who, zone, shop, before


def test_leaving_a_zone_is_taken_back_exactly(left):
    who, _, _, before = left
    enter_scope(who.scope_for("network.cover"), user_id=who.user_id)
    tasks.take_back(undo_id=Undo.objects.get().pk, by=who, at=AT + timedelta(minutes=9))
    enter_scope(EVERYWHERE)
    assert ZoneEmployer.objects.values().get() == before


def test_who_entered_again_meanwhile_stays_as_entered(left):
    who, zone, shop, _ = left
    bodies.enter_zone(zone=zone, employer=shop, since=TODAY + timedelta(days=1), by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已经变了"):
        tasks.take_back(undo_id=Undo.objects.get().pk, by=who, at=AT + timedelta(minutes=1))
    assert ZoneEmployer.objects.filter(until=None).count() == 1
