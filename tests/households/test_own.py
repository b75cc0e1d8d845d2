"""The family tells the union itself: of its own household, after consent, without overwriting anybody."""

import pytest

from niangjia.accounts import queries as accounts
from niangjia.households import actions, queries
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.people import actions as people
from niangjia.people import queries as register
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.households.worlds import SON

CHILD = "990101201002280037"


def myself(village, person_id, name="own"):
    (person,) = register.records(person_ids=[person_id])
    user = village.account(name, person)
    return accounts.actor_as_oneself(user=user)


def tell(by, told, member=None, bases=None):
    changes, wrong = actions.changes_of(told=told, bases=bases or {}, member=member)
    assert wrong == []
    return actions.tell_own(changes=changes, by=by, at=AT)


def consent(by, *purposes):
    for purpose in purposes:
        people.give_consent(person_id=by.person_id, purpose=purpose, by=by, at=AT)


@pytest.fixture
def family(village):
    row = village.household(members=(("spouse", "李大山", ""), ("child", "王小明", SON)))
    return row, queries.members_of(household=row)


def test_the_worker_tells_of_home_and_it_stands_with_its_source(village, family):
    row, (head, *_) = family
    me = myself(village, head.person_id)
    tell(me, {"residence": "湍口村 9 号"})
    (one,) = [told for told in queries.tellings_of(household=row) if told.key == "residence"]
    assert one.value == "湍口村 9 号"
    assert one.source.startswith("self:")
    assert one.by == me.user_id


def test_income_and_illness_are_refused_until_each_is_consented_to(village, family):
    row, (head, *_) = family
    me = myself(village, head.person_id)
    for told, purpose, member in (
        ({"income_year": "54000"}, "finance", None),
        ({"health": "chronic"}, "health", head.number),
    ):
        with pytest.raises(Refused, match="单独同意"):
            tell(me, told, member)
        consent(me, purpose)
        assert tell(me, told, member).entered
    assert queries.facts_of(household=row)[None]["income_year"] == 5_400_000


def test_a_child_under_fourteen_needs_the_parents_consent(village):
    row = village.household(members=(("child", "李小花", CHILD),))
    head, child = queries.members_of(household=row)
    me = myself(village, head.person_id)
    with pytest.raises(Refused, match="子女"):
        tell(me, {"grade": "三年级"}, child.number)
    consent(me, "child")
    assert tell(me, {"grade": "三年级"}, child.number).entered


def test_a_consent_that_is_withdrawn_is_no_consent(village, family):
    _, (head, *_) = family
    me = myself(village, head.person_id)
    consent(me, "finance")
    people.withdraw_consent(person_id=me.person_id, purpose="finance", by=me, at=AT)
    with pytest.raises(Refused):
        tell(me, {"income_year": "54000"})


def test_what_the_family_tells_never_overwrites_what_an_officer_told_meanwhile(village, family):
    row, (head, *_) = family
    me = myself(village, head.person_id)
    village.tell(row, {"residence": "湍口村 1 号"})
    for place in ("湍口村 3 号", "湍口村 5 号"):
        assert tell(me, {"residence": place}).conflicts
    assert queries.facts_of(household=row)[None]["residence"] == "湍口村 1 号"
    assert [one.told for one in queries.proposals_of(household=row)] == ["湍口村 3 号", "湍口村 5 号"]


def test_the_spouse_tells_of_herself_and_the_children_not_of_the_worker(village, family):
    _, (head, wife, son) = family
    me = myself(village, wife.person_id)
    consent(me, "child")
    assert tell(me, {"identity": "farming"}, wife.number).entered
    assert tell(me, {"identity": "student"}, son.number).entered
    with pytest.raises(NotAllowed):
        tell(me, {"identity": "retired"}, head.number)


def test_somebody_under_age_or_of_no_household_tells_nothing(village, family):
    _, (*_, son) = family
    with pytest.raises(NotAllowed):
        tell(myself(village, son.person_id), {"residence": "别处"})
    stranger = people.register_person(
        draft=PersonDraft("周大山"), keeper_id=village.town.unit_id,
        paper=Paper(IdKind.RESIDENT, "990101199001010019"), today=TODAY, by=village.town, at=AT,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        tell(myself(village, stranger.pk, "stranger"), {"residence": "别处"})


def test_an_officers_post_does_not_tell_as_the_family(village, family):
    with pytest.raises(NotAllowed):
        tell(village.town, {"residence": "别处"})
