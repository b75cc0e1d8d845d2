"""Story B1: 1,240 rows of which four are second rows of the same person; members are exactly 1,236."""

import pytest

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.matching.models import DuplicateCase
from niangjia.members import actions as members
from niangjia.members import queries as counted
from niangjia.network.rules import OrgKind
from niangjia.people import actions as people
from niangjia.people import queries as persons
from niangjia.people import rules
from tests.conftest import AT, TODAY
from tests.members.people import number_of
from tests.network.worlds import SINCE, found

from .pairing import case_of, merge, part, two_officers

pytestmark = pytest.mark.slow
ROWS, SECOND = 1240, 4
PLACES = ROWS - SECOND
NAMES = "安白常丁方高何江柯林"


def born(place):
    return f"19{70 + place // 500:02}{place // 28 % 12 + 1:02}{place % 28 + 1:02}"


def row(place):
    """A row of the list: name and number of one worker."""
    name = NAMES[place % 10] + NAMES[place // 10 % 10] + chr(0x4E00 + place)
    return name, number_of(place, born=born(place), female=place % 2 == 0)


def enter(name, number, union):
    """A row comes in as the rules say: registered once, counted once, a second row beside."""
    paper = rules.Paper(IdKind.RESIDENT, number) if number else None
    told = {"draft": people.PersonDraft(name), "paper": paper, "today": TODAY, "by": SYSTEM, "at": AT}
    try:
        person_id = people.register_person(keeper_id=union.pk, **told).pk
    except Refused:
        value = rules.read_paper(paper, today=TODAY)
        person_id = persons.holder_of(value=value, scope=SYSTEM.scope_for("people.find")).person_id
    told = {"person_id": person_id, "union_id": union.pk, "since": SINCE, "by": SYSTEM, "at": AT}
    try:
        return members.admit(draft=members.MembershipDraft(), **told)
    except Refused:
        return members.affiliate(draft=members.MembershipDraft(), **told)


@pytest.fixture
def dazhou(land):
    """Ten unions of one employer, of which three belong to federation B; the officers of the county."""
    second = found(OrgKind.FEDERATION, "大洲镇第二工会联合会", land["left_town"], mode="park")
    unions = [
        found(OrgKind.SINGLE, f"大洲镇第{place}工会", second if place < 3 else land["left_town"])
        for place in range(10)
    ]
    return land, unions, second


def laid(unions, places=PLACES):
    """The first rows of all workers."""
    return [enter(*row(place), unions[place % 10]) for place in range(places)]


def standing(land):
    found = counted.member_counts(unit_id=land["left_town"].pk, day=TODAY)
    return found.members, found.affiliated


def test_second_rows_with_the_same_number_come_in_beside_and_members_are_1236(dazhou):
    land, unions, second = dazhou
    entered = laid(unions)
    entered += [enter(*row(place), second) for place in range(SECOND)]
    assert len(entered) == ROWS
    assert standing(land) == (1236, 4)
    assert members.recount_tallies(today=TODAY, at=AT) == []


def test_a_second_row_without_a_number_is_found_merged_and_parted(dazhou):
    land, unions, second = dazhou
    entered = laid(unions)
    entered += [enter(*row(place), second) for place in range(SECOND - 1)]
    name, _ = row(7)
    first = next(one for one in entered if one.name == name)
    draft = people.PersonDraft(name, born=first.person.birth_date)
    double = people.register_person(draft=draft, keeper_id=second.pk, today=TODAY, by=SYSTEM, at=AT)
    told = {"union_id": second.pk, "since": SINCE, "draft": members.MembershipDraft(), "by": SYSTEM, "at": AT}
    entered.append(members.admit(person_id=double.pk, **told))
    assert len(entered) == ROWS
    assert standing(land) == (1237, 3)
    case = case_of(first.person, double)
    assert (DuplicateCase.objects.count(), case.score) == (1, 90)
    officers = two_officers(land)
    merge(first.person, double, officers, beside="affiliate", row=case)
    assert standing(land) == (1236, 4)
    assert members.recount_tallies(today=TODAY, at=AT) == []
    part(case, officers)
    assert standing(land) == (1237, 3)
    assert members.recount_tallies(today=TODAY, at=AT) == []
