"""Visits go on with the heir of a union, follow a person whose records become one, and come home again."""

import pytest

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.reaching import beyond
from niangjia.network import actions as network
from niangjia.restructuring import actions as restructuring
from niangjia.restructuring.rules import Kind
from niangjia.sympathy import actions, queries
from niangjia.sympathy.models import SympathyVisit, Visitor
from niangjia.sympathy.rules import Occasion, Signed, State
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.matching import pairing
from tests.members.people import member
from tests.restructuring import worlds as towns
from tests.sympathy.worlds import DRAWN, SINCE


@pytest.fixture
def officers(land):
    return pairing.two_officers(land)


@pytest.fixture
def twice(works):
    """The record of Jin, and a second one of his."""
    return works.jin, works.member("金良", paper=False)


def given(works, person, **more):
    """A visit that was made and signed for, with what he said."""
    row = works.report(person, place="三楼", **more)
    return works.record(row, gift="水果", value="80", amount="200", signed=Signed(DRAWN), words="想换岗位")


def told(row):
    return {field: queries.words_of(visit=row, field=field) for field in ("place", "words", "signature")}


def test_visits_follow_a_merge_readable_as_before_and_come_home_when_it_is_taken_back(works, twice, officers):
    kept, dropped = twice
    row = given(works, dropped)
    before = told(row)
    assert before["place"] == "三楼"
    case = pairing.merge(kept, dropped, officers)
    now = works.fresh(row)
    assert (now.person_id, now.recipient_id, told(now)) == (kept.pk, kept.pk, before)
    pairing.part(case, officers)
    home = works.fresh(row)
    assert (home.person_id, home.recipient_id, told(home)) == (dropped.pk, dropped.pk, before)


def test_who_went_is_one_person_after_a_merge(works, twice, officers):
    kept, dropped = twice
    jin = works.officer("jin", "金良", Role.PRI, works.union, person=dropped)
    ill = works.member("何秀英")
    row = works.record(works.report(ill), officers=[works.pri, jin])
    went = Visitor.objects.get(visit=row, person_id=dropped.pk)
    pairing.merge(kept, dropped, officers)
    went.refresh_from_db()
    assert went.person_id == kept.pk


def test_a_merge_is_refused_while_both_records_tell_of_the_same_stay(works, twice, officers):
    kept, dropped = twice
    works.report(kept)
    other = works.report(dropped)
    with pytest.raises(Refused, match="同一件慰问"):
        pairing.merge(kept, dropped, officers)
    actions.cancel_visit(visit_id=other.pk, version=None, reason="重复登记", by=works.pri, at=AT)
    assert pairing.decide(pairing.case_of(kept, dropped), officers[1]).state == "merged"


def test_a_later_merge_does_not_bring_back_what_the_kept_record_received(works, twice, officers):
    kept, dropped = twice
    mine = given(works, kept)
    theirs = works.report(dropped, occasion=Occasion.BIRTHDAY)
    case = pairing.merge(kept, dropped, officers)
    assert works.fresh(theirs).person_id == kept.pk
    pairing.part(case, officers)
    assert (works.fresh(mine).person_id, works.fresh(theirs).person_id) == (kept.pk, dropped.pk)


class Town:
    """A town whose joint union A is merged into B, with a stay reported in A."""

    def __init__(self):
        self.made = towns.town()
        network.recount_tallies(today=TODAY, at=AT)
        self.who = towns.acting(self.made)
        ill = member(self.made["a_joint"], employer=self.made["a_small1"]).person
        self.row = actions.report_stay(person_id=ill.pk, since=SINCE, by=SYSTEM, at=AT)

    def merged(self):
        draft = towns.draft(self.made, Kind.MERGE, ("a_joint",), "b_joint")
        plan = restructuring.propose(draft=draft, by=self.who["town"], at=AT)
        return towns.execute(towns.passed(plan, self.who), self.who)

    def lies(self):
        row = SympathyVisit.objects.get(pk=self.row.pk)
        with beyond():
            task = Task.objects.get(about_kind="sympathy.visit", about_id=row.pk, state="open")
        return row.unit_id, row.path, task.unit_id


@pytest.fixture
def town(world):
    return Town()


def test_a_visit_under_way_goes_on_with_the_heir_and_lies_where_it_lay_after_an_undo(town):
    before, heir = town.lies(), town.made["b_joint"]
    assert before[0] == town.made["a_joint"].pk
    plan = town.merged()
    unit, path, _ = town.lies()
    assert (unit, path) == (heir.pk, heir.unit.path)
    towns.undo(plan, town.who)
    assert town.lies() == before


def test_a_settled_visit_stays_with_the_union_that_made_it(town):
    SympathyVisit.objects.filter(pk=town.row.pk).update(state=State.CANCELLED, reason="出院", closed_at=AT)
    town.merged()
    assert SympathyVisit.objects.get(pk=town.row.pk).unit_id == town.made["a_joint"].pk
