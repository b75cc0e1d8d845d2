import pytest

from niangjia.households import actions, queries, rules
from niangjia.households.actions import MemberDraft
from niangjia.households.models import Fact, Proposal
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.households.worlds import MEMBER_FACTS, SON, WIFE, WORKER


def test_a_household_is_complete_once_everything_is_told_and_everybody_proven(village):
    row = village.household()
    before = rules.findings(queries.dwelling_of(household=row))
    assert {"residence", "income_year", "identity"} <= {one.code for one in before}
    village.complete(row)
    found = rules.findings(queries.dwelling_of(household=row))
    assert rules.is_complete(found)
    assert [one.code for one in found] == ["sums"], "2 x 1,500 x 12 is not 54,000: looked at, not refused"


def test_a_wrong_id_digit_is_kept_as_typed_and_stops_the_file_until_it_is_put_right(village):
    row = village.complete(village.household(number=WORKER[:-1] + "8"))
    found = rules.findings(queries.dwelling_of(household=row))
    assert not rules.is_complete(found)
    (member,) = [one for one in queries.members_of(household=row) if one.relation == "self"]
    assert queries.facts_of(household=row)[member.number]["id_typed"] == WORKER[:-1] + "8"
    paper = Paper(IdKind.RESIDENT, WORKER)
    actions.prove_member(household_id=row.pk, member_id=member.number, paper=paper, by=village.town, at=AT)
    assert rules.is_complete(rules.findings(queries.dwelling_of(household=row)))


def test_one_person_lives_in_one_household_and_the_second_is_pointed_to_the_first(village):
    first = village.household()
    with pytest.raises(Refused) as refused:
        village.household(
            number=SON, name="王小明", members=(("spouse", "李大山", WIFE),), by=village.elsewhere
        )
    assert str(first.pk) in str(refused.value)
    assert "李大山" not in str(refused.value)


def test_a_number_of_another_name_is_refused(village):
    village.household()
    with pytest.raises(Refused):
        village.household(number=WORKER, name="赵别人", members=())


def test_two_tellings_of_one_fact_are_both_kept_and_a_person_decides(village):
    row = village.complete(village.household())
    bases = {key: one.version for (_, key), one in queries.standing_of(household=row).items()}
    for phone, value in (("a", "60000"), ("b", "48000")):
        told = {"income_year": value, "remarks": f"手机 {phone}"}
        changes, _ = actions.changes_of(told=told, bases={**bases, "remarks": 0})
        actions.amend(household_id=row.pk, changes=changes, by=village.mate, at=AT, source=f"visit:{phone}")
    assert queries.facts_of(household=row)[None]["income_year"] == 6_000_000
    found = {one.key: one for one in queries.proposals_of(household=row)}
    assert found["income_year"].told == 4_800_000
    assert not rules.is_complete(rules.findings(queries.dwelling_of(household=row)))
    for one in reversed(found.values()):
        actions.settle_proposal(
            household_id=row.pk, proposal_id=one.number, take=one.key == "income_year", by=village.town, at=AT
        )
    assert queries.facts_of(household=row)[None]["income_year"] == 4_800_000
    assert queries.facts_of(household=row)[None]["remarks"] == "手机 a"
    assert queries.proposals_of(household=row) == []
    settled = dict(Proposal.objects.filter(household=row).values_list("key", "settled"))
    assert settled == {"income_year": "taken", "remarks": "left"}


def test_the_household_of_another_town_does_not_exist_for_an_officer(village):
    row = village.household()
    with pytest.raises(NotVisible):
        queries.household_for(household_id=row.pk, actor=village.elsewhere)
    with pytest.raises(NotVisible):
        village.tell(row, by=village.elsewhere)


def test_what_is_known_lies_sealed(village):
    row = village.complete(village.household())
    values = [bytes(one.value) for one in Fact.objects.filter(household=row)]
    assert values
    assert not any(b"5400000" in value or "湍口".encode() in value for value in values)


def test_another_head_keeps_the_file_and_what_is_known(village):
    row = village.complete(village.household())
    (wife,) = [one for one in queries.members_of(household=row) if one.relation == "spouse"]
    actions.replace_head(
        household_id=row.pk, member_id=wife.number, relation="", reason="户主去世", by=village.town, at=AT
    )
    row.refresh_from_db()
    assert row.head_id == wife.person_id
    assert queries.facts_of(household=row)[None]["income_year"] == 5_400_000
    assert [one.relation for one in queries.members_of(household=row)] == ["self"]


def test_who_left_may_live_elsewhere_and_his_facts_count_no_more(village):
    row = village.household()
    member = actions.add_member(
        household_id=row.pk, draft=MemberDraft("child", "王小明", SON), by=village.town, at=AT
    )
    village.tell(row, MEMBER_FACTS, member=member.pk)
    actions.leave_household(
        household_id=row.pk, member_id=member.pk, reason="分户", on=TODAY, by=village.town, at=AT
    )
    assert member.pk not in queries.facts_of(household=row)
    other = village.household(number=SON, name="王小明", members=(), by=village.elsewhere)
    assert other.head_id == member.person_id


def test_whoever_lives_together_is_one_party(village):
    row = village.household()
    members = queries.members_of(household=row)
    assert queries.relatives_of(person_id=members[0].person_id) == {one.person_id for one in members}
