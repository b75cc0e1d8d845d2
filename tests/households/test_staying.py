"""Somebody is proven, found in the register, leaves; what is missing is counted with the row itself."""

import pytest

from niangjia.households import actions, queries, rules
from niangjia.households.actions import MemberDraft
from niangjia.households.models import Household
from niangjia.kernel.access import Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.identifiers import GenuineException, IdKind
from niangjia.kernel.reaching import beyond
from niangjia.people import actions as people
from niangjia.people import queries as register
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.households.worlds import FACTS, MEMBER_FACTS, SON, WIFE, WORKER

BROKEN = WORKER[:-1] + "8"


def counted(row):
    """What stands on the row, and what the check finds: they must tell the same."""
    kept = Household.objects.get(pk=row.pk)
    found = [one for one in rules.findings(queries.dwelling_of(household=row)) if not one.warning]
    assert kept.lacking + kept.unproven + bool(kept.disputed) == len(found)
    return kept.lacking, kept.unproven, kept.disputed


def prove(village, row, member, number, **more):
    actions.prove_member(
        household_id=row.pk, member_id=member.number, paper=Paper(IdKind.RESIDENT, number, **more),
        by=village.town, at=AT,
    )  # fmt: skip


def test_the_row_counts_what_is_missing_at_every_step(village):
    row = village.household(number="", members=(("spouse", "李大山", ""),))
    asked = len(rules.asked_of(rules.HOUSEHOLD)) + 2 * len(rules.asked_of(rules.MEMBER))
    assert counted(row) == (asked, 2, 0)
    village.complete(row)
    assert counted(row) == (0, 2, 0)
    head, wife = queries.members_of(household=row)
    prove(village, row, head, WORKER)
    assert counted(row) == (0, 1, 0)
    stale, _ = actions.changes_of(told={"income_year": "1"}, bases={})
    actions.amend(household_id=row.pk, changes=stale, by=village.mate, at=AT)
    assert counted(row) == (0, 1, 1)
    actions.leave_household(
        household_id=row.pk, member_id=wife.number, reason="离异", on=TODAY, by=village.town, at=AT
    )
    assert counted(row) == (0, 0, 1)
    (one,) = queries.proposals_of(household=row)
    actions.settle_proposal(
        household_id=row.pk, proposal_id=one.number, take=False, by=village.town, at=AT, reason="以工资单为准"
    )
    assert counted(row) == (0, 0, 0)
    actions.add_member(household_id=row.pk, draft=MemberDraft("child", "王小明", SON), by=village.town, at=AT)
    assert counted(row) == (len(rules.asked_of(rules.MEMBER)), 0, 0)


def test_a_paper_that_is_registered_elsewhere_in_the_house_counts_at_once(village):
    row = village.household(number="", members=())
    (head,) = queries.members_of(household=row)
    assert counted(row)[1] == 1
    people.add_document(
        person_id=head.person_id, paper=Paper(IdKind.RESIDENT, WORKER), since=TODAY, today=TODAY,
        by=village.town, at=AT,
    )  # fmt: skip
    assert counted(row)[1] == 0


def test_a_member_whose_number_the_register_knows_becomes_that_person_and_is_not_entered_twice(village):
    row = village.complete(village.household(number="", members=()))
    known = people.register_person(
        draft=PersonDraft("何秀英"), keeper_id=village.town.unit_id, paper=Paper(IdKind.RESIDENT, WORKER),
        today=TODAY, by=village.town, at=AT,
    )  # fmt: skip
    (head,) = queries.members_of(household=row)
    prove(village, row, head, WORKER)
    row.refresh_from_db()
    assert row.head_id == known.pk
    assert counted(row) == (0, 0, 0)
    assert queries.facts_of(household=row)[None]["income_year"] == 5_400_000
    (again,) = queries.members_of(household=row)
    assert (again.person_id, again.tail) == (known.pk, WORKER[-4:])
    assert queries.facts_of(household=row)[again.number]["income_month"] == 150_000


def test_the_number_of_another_name_or_of_another_household_is_refused(village):
    village.household(number=SON, name="王小明", members=(), by=village.elsewhere)
    row = village.household(number="", members=(("child", "王小明", ""),))
    head, child = queries.members_of(household=row)
    with pytest.raises(Refused, match="另一个姓名"):
        prove(village, row, head, SON)
    with pytest.raises(Refused, match="一个人只在一户"):
        prove(village, row, child, SON)
    assert counted(row)[1] == 2


def test_a_number_that_does_not_pass_is_let_in_by_two_witnesses_only(village):
    row = village.household(number="", members=())
    (head,) = queries.members_of(household=row)
    with pytest.raises(BadInput) as refused:
        prove(village, row, head, BROKEN)
    assert "number" in refused.value.fields
    vouched = GenuineException("a" * 64, village.town.user_id, village.mate.user_id)
    prove(village, row, head, BROKEN, exception=vouched)
    assert counted(row)[1] == 0


def test_whose_record_another_union_keeps_is_proven_there(village):
    row = village.household(members=())
    person = people.register_person(
        draft=PersonDraft("李大山"), keeper_id=village.elsewhere.unit_id, today=TODAY, by=village.elsewhere,
        at=AT,
    )  # fmt: skip
    draft = MemberDraft("spouse", "李大山", person_id=person.pk)
    actions.add_member(household_id=row.pk, draft=draft, by=village.town, at=AT)
    _, member = queries.members_of(household=row)
    with pytest.raises(Refused, match="请联系该工会"):
        prove(village, row, member, WIFE)


def test_nobody_leaves_before_he_came_or_tomorrow_and_the_head_is_replaced_first(village):
    row = village.household()
    head, wife = queries.members_of(household=row)

    def leave(member, on=TODAY, reason="分户"):
        actions.leave_household(
            household_id=row.pk, member_id=member.number, reason=reason, on=on, by=village.town, at=AT
        )

    for wrong in (
        {"member": head},
        {"member": wife, "on": TODAY.replace(year=2017)},
        {"member": wife, "on": TODAY.replace(year=2019)},
        {"member": wife, "reason": " "},
    ):
        with pytest.raises(Refused):
            leave(**wrong)
    leave(wife)
    assert [one.relation for one in queries.members_of(household=row)] == ["self"]
    assert [one.left_why for one in queries.left_of(household=row)] == ["分户"]
    with pytest.raises(NotVisible):
        leave(wife)


def test_a_required_fact_is_not_emptied_and_an_optional_one_is(village):
    row = village.complete(village.household(members=()))
    with pytest.raises(BadInput):
        village.change(row, income_year="")
    village.change(row, remarks="有一笔欠款")
    village.change(row, remarks="")
    assert queries.facts_of(household=row)[None]["remarks"] == ""
    now, before = queries.tellings_of(household=row, past=True, key="remarks")
    assert (now.version, now.value, now.holds) == (2, "", True)
    assert (before.version, before.value, before.holds) == (1, "有一笔欠款", False)


def test_what_stands_tells_who_told_it_and_when(village):
    row = village.household(members=())
    village.tell(row, {"residence": FACTS["residence"]}, by=village.mate, source="visit:7")
    (one,) = [told for told in queries.tellings_of(household=row) if told.key == "residence"]
    assert (one.by, one.at, one.source, one.version) == (village.mate.user_id, AT, "visit:7", 1)


def test_the_list_counts_each_state_and_each_count_is_its_rows(village):
    whole = village.complete(village.household(members=()))
    village.household(number="", name="周大山", members=())
    scope = village.town.scope_for("households.read")
    rows = queries.households_within(scope=scope)
    counts = queries.counts_of(rows=rows)
    assert counts == {"all": 2, "complete": 1, "incomplete": 1, "disputed": 0, "unproven": 1}
    for state, count in counts.items():
        found = queries.narrowed(rows=rows, filters=queries.Filters(state=state), scope=scope)
        assert found.count() == count
    (found,) = queries.narrowed(rows=rows, filters=queries.Filters(name="何秀"), scope=scope)
    assert found.pk == whole.pk
    assert not queries.narrowed(rows=rows, filters=queries.Filters(number=10**9), scope=scope).exists()
    brief = queries.briefs_of(numbers=[whole.pk])[whole.pk]
    assert (brief.head, brief.members) == ("何某", 1)


def test_a_reader_who_does_not_keep_the_file_learns_neither_illness_nor_a_childs_school(village):
    row = village.household(members=(("child", "王小明", SON),))
    village.complete(row)
    head, child = queries.members_of(household=row)
    officer = queries.sight_of(household=row, actor=village.town, today=TODAY)
    auditor = queries.sight_of(household=row, actor=village.auditor, today=TODAY)
    for key, member in (("main_cause", None), ("health", head.number), ("grade", child.number)):
        assert officer.shows(key, member)
        assert not auditor.shows(key, member)
    assert auditor.shows("income_year")
    assert auditor.shows("income_month", child.number)
    assert (auditor.names(head.number), auditor.names(child.number)) == (True, False)
    with beyond():
        assert set(MEMBER_FACTS) <= queries.facts_of(household=row)[child.number].keys()


def test_nobody_keeps_the_file_of_the_household_he_lives_in(village):
    row = village.household()
    head, _ = queries.members_of(household=row)
    (person,) = register.records(person_ids=[head.person_id])
    officer = village.officer("herself", village.land["left_town"], Role.TWN, person)
    with pytest.raises(NotAllowed, match="自己家"):
        village.tell(row, {"residence": "别处"}, by=officer)
    village.tell(row, {"residence": "湍口村 1 号"})
