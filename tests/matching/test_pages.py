"""The pages of possible duplicates and of real-name completeness, as an officer meets them."""

from datetime import date

import pytest
from django.urls import reverse

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.matching import actions, queries
from niangjia.matching.models import DuplicateCase
from niangjia.members import actions as members
from niangjia.members.queries import member_counts
from niangjia.members.rules import card_number
from niangjia.people.models import Person
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.members.people import member
from tests.network.acting import Desk

from .pairing import LI, case_of, joined, officer_of, record

BORN = date(1968, 6, 12)
PHONE = "13957400001"


@pytest.fixture
def pair(land):
    kept = record(land["left_single"], number=LI, mobile=PHONE)
    dropped = record(land["left_joint"], born=BORN)
    joined(kept, land["left_single"], employer=land["left_firm"])
    joined(dropped, land["left_joint"])
    return kept, dropped


def page_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_pair_goes_from_the_list_over_two_desks_to_one_person_and_back(pair, land, county):
    first, second = county
    case = case_of(*pair)
    assert reverse("duplicate", args=[case.pk]) in page_of(first.get(reverse("duplicates")))
    shown = page_of(first.get(reverse("duplicate", args=[case.pk])))
    assert "尾号 0027" in shown
    assert LI not in shown
    told = {"version": 1, "keep": pair[0].pk, "beside": "end", "reason": "同一人"}
    assert first.post(reverse("propose-merge", args=[case.pk]), **told).status_code == 302
    task = Task.objects.get(kind="matching.decide")
    assert task.unit_id == land["left_county"].pk
    told = {"version": 2, "agree": "yes", "answer": "核对无误"}
    first.post(reverse("decide-duplicate", args=[case.pk]), **told)
    case.refresh_from_db()
    assert case.state == "merge_proposed"
    decide = reverse("decide-duplicate", args=[case.pk])
    assert [decide in page_of(desk.get(reverse("duplicate", args=[case.pk]))) for desk in county] == [
        False,
        True,
    ]
    assert second.post(reverse("decide-duplicate", args=[case.pk]), **told).status_code == 302
    task.refresh_from_db()
    assert task.state == "done"
    assert Person.objects.get(pk=pair[1].pk).merged_into_id == pair[0].pk
    assert first.post(reverse("propose-split", args=[case.pk]), version=3, reason="弄错了").status_code == 302
    told = {"version": 4, "agree": "yes", "answer": "确是两人"}
    assert second.post(reverse("decide-duplicate", args=[case.pk]), **told).status_code == 302
    assert Person.objects.get(pk=pair[1].pk).merged_into_id is None
    assert "已拆分" in page_of(second.get(reverse("duplicate", args=[case.pk])))


def test_whoever_sees_neither_record_sees_no_case(pair, client, acting, elsewhere):
    case = case_of(*pair)
    desk = Desk(client, elsewhere)
    assert desk.get(reverse("duplicate", args=[case.pk])).status_code == 404
    assert reverse("duplicate", args=[case.pk]) not in page_of(desk.get(reverse("duplicates")))


def test_a_pair_is_reported_by_two_cards(pair, county):
    DuplicateCase.objects.all().delete()
    told = {"first": card_number(pair[0].pk), "second": card_number(pair[1].pk), "reason": "本人说明"}
    answer = county[0].post(reverse("report-duplicate"), **told)
    assert answer.url == reverse("duplicate", args=[DuplicateCase.objects.get().pk])
    assert county[0].post(reverse("report-duplicate"), **told | {"second": "1"}).status_code == 422


def test_the_clerk_sees_that_he_may_stand_there_already_and_can_still_save(pair, county):
    told = {"name": "李小梅", "kind": "resident", "number": "", "mobile": "", "born": "1968-06-12"}
    asked = county[0].post(reverse("register-person"), **told)
    assert asked.status_code == 422
    assert "可能已有登记" in asked.content.decode()
    assert 'type="checkbox"' in asked.content.decode()
    before = Person.objects.count()
    assert county[0].post(reverse("register-person"), **told, checked="on").status_code == 302
    assert Person.objects.count() == before + 1


@pytest.fixture
def five(land):
    """Five members: one complete, and four of whom each lacks something else first."""
    firm = land["left_firm"]
    return [
        member(land["left_single"], employer=firm),
        member(land["left_single"], employer=firm, paper=False),
        member(land["left_single"], paper=False, mobile=False),
        member(land["left_single"], employer=firm, mobile=False),
        member(land["left_joint"]),
    ]


def test_the_equation_of_completeness_closes_and_every_number_has_its_rows(five, land, county):
    scope = county[0].actor.scope_for("members.read")
    found = queries.completeness(scope=scope, today=TODAY)
    assert (found.members, found.complete, dict(found.lacks)) == (5, 1, {"id": 2, "mobile": 1, "employer": 1})
    assert found.is_closed
    counts = {"all": 5, "complete": 1, "lacking": 4, "id": 2, "mobile": 1, "employer": 1}
    for which, count in counts.items():
        page = queries.real_name_rows(unit_id=0, which=which, actor=county[0].actor, today=TODAY)
        assert (which, page.count, len(page.table.rows)) == (which, count, count)
    told = queries.real_name_page(actor=county[0].actor, today=TODAY)
    assert [row.cells[0] for row in told.table.rows] == [land["left_single"].name, land["left_joint"].name]


def test_completeness_agrees_with_the_roll_up(five, land, county):
    counts = member_counts(unit_id=land["left_county"].pk, day=TODAY)
    found = queries.completeness(scope=county[0].actor.scope_for("members.read"), today=TODAY)
    assert (counts.members, counts.real_name) == (found.members, found.complete)
    members.fold_tallies()


def test_a_union_is_asked_to_complete_and_has_it_on_its_desk(five, land, county):
    union = land["left_single"]
    assert "请工会补齐" in page_of(county[0].get(reverse("real-name-rows", args=[union.pk, "lacking"])))
    assert county[0].post(reverse("ask-real-name", args=[union.pk])).status_code == 302
    task = Task.objects.get(kind="matching.real_name")
    assert (task.unit_id, "3 名会员" in str(task.said)) == (union.pk, True)
    page_of(county[0].get(reverse("real-name")))


def test_a_union_whose_members_are_complete_is_not_asked(land):
    member(land["left_single"], employer=land["left_firm"])
    with pytest.raises(Refused, match="都已完整"):
        actions.ask_to_complete(unit_id=land["left_single"].pk, today=TODAY, by=SYSTEM, at=AT)


def test_who_sees_members_masked_is_shown_no_name(five, land, client, acting):
    desk = Desk(client, officer_of(Role.AUD, land["left_county"], 40))
    shown = page_of(desk.get(reverse("real-name-rows", args=[0, "all"])))
    assert five[0].name not in shown
    assert f"{five[0].name[0]}某" in shown
