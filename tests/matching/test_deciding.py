"""Two people decide; a merge counts the person once and comes back exactly."""

from datetime import date, timedelta

import pytest

from niangjia.accounts.models import User
from niangjia.kernel import tombstones
from niangjia.kernel.access import SYSTEM, Actor, Role
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.identifiers import IdKind, KnownOfPerson, parse_id, parse_mobile
from niangjia.kernel.scoping import enter_scope
from niangjia.matching import actions, queries
from niangjia.members import actions as members
from niangjia.members import queries as counted
from niangjia.members.models import Membership
from niangjia.people import actions as people
from niangjia.people import queries as persons
from niangjia.people.models import Person
from niangjia.people.queries.many import bearers_of
from niangjia.privacy import queries as privacy
from niangjia.transfers.models import Transfer
from tests.conftest import AT, TODAY
from tests.network.worlds import SINCE

from .pairing import LI, case_of, decide, joined, merge, officer_of, part, propose, record
from .tables import contents, differences

BORN = date(1968, 6, 12)
PHONE = "13957400001"
BACK = AT + timedelta(hours=1)


def number():
    return parse_id(IdKind.RESIDENT, LI, KnownOfPerson(TODAY))


def members_of(land, unit="left_county"):
    return counted.member_counts(unit_id=land[unit].pk, day=TODAY).members


@pytest.fixture
def pair(land):
    """One with his paper in the firm's union; a second record without one in the joint union; both count."""
    kept = record(land["left_single"], number=LI, mobile=PHONE)
    dropped = record(land["left_joint"], born=BORN, mobile="13957400002")
    joined(kept, land["left_single"], employer=land["left_firm"])
    joined(dropped, land["left_joint"])
    return kept, dropped


def test_one_proposes_and_a_second_decides(pair, officers):
    row = case_of(*pair)
    propose(row, officers[0], keep=pair[0])
    with pytest.raises(NotAllowed, match="第二个人"):
        decide(row, officers[0])
    assert decide(row, officers[1]).state == "merged"


def test_what_was_sent_back_lies_open_again_with_the_reason(pair, officers):
    row = case_of(*pair)
    propose(row, officers[0], keep=pair[0])
    assert decide(row, officers[1], agree=False).state == "open"
    with pytest.raises(StepRefused, match="没有待核定"):
        decide(row, officers[1])
    page = queries.case_page(case_id=row.pk, actor=officers[1])
    assert page.events[0].note == "已核"


def test_a_stale_step_is_told(pair, officers):
    row = case_of(*pair)
    propose(row, officers[0], keep=pair[0])
    with pytest.raises(StepRefused, match="刚刚有人办过一步"):
        actions.decide(case_id=row.pk, version=1, agree=True, answer="x", by=officers[1], at=AT)


def test_whom_it_concerns_does_not_decide(pair, land):
    row = case_of(*pair)
    himself = officer_of(Role.CTY, land["left_county"], 23)
    object.__setattr__(himself, "person_id", pair[1].pk)
    with pytest.raises(NotAllowed, match="涉及您本人"):
        propose(row, himself, keep=pair[0])


def test_a_union_proposes_and_only_the_county_decides(pair, land, officers):
    row = case_of(*pair)
    propose(row, officer_of(Role.PRI, land["left_single"], 24), keep=pair[0])
    with pytest.raises(NotVisible):
        decide(row, officer_of(Role.TWN, land["left_town"], 25))
    with pytest.raises(NotAllowed, match="由县级工会核定"):
        decide(row, officer_of(Role.MUN, land["city"], 26))
    assert decide(row, officers[0]).state == "merged"


def test_records_of_two_counties_are_decided_by_the_city(land, officers):
    row = case_of(record(land["left_single"], born=BORN), kept := record(land["right_single"], born=BORN))
    propose(row, officers[0], keep=kept)
    with pytest.raises(NotAllowed, match="上级工会"):
        decide(row, officers[1])
    assert decide(row, officer_of(Role.MUN, land["city"], 26)).state == "merged"


def test_two_counting_memberships_of_one_person_are_one_afterwards_and_the_other_is_end_dated(
    pair, land, officers
):
    assert members_of(land) == 2
    merge(*pair, officers)
    assert members_of(land) == 1
    ended = Membership.objects.get(person=pair[1])
    assert (ended.until, ended.ended, ended.counts) == (TODAY, "doubled", True)
    assert counted.member_counts(unit_id=land["left_county"].pk, day=date(2018, 8, 1)).members == 2
    assert members.recount_tallies(today=TODAY, at=AT) == []


def test_the_other_union_may_stay_as_an_affiliation(pair, land, officers):
    merge(*pair, officers, beside="affiliate")
    beside = Membership.objects.get(person=pair[0], counts=False)
    assert (beside.union_id, beside.since, members_of(land)) == (land["left_joint"].pk, TODAY, 1)
    assert members.recount_tallies(today=TODAY, at=AT) == []


def test_a_member_is_not_lost_when_the_record_that_goes_on_was_none(land, officers):
    kept, dropped = record(land["left_single"], number=LI), record(land["left_joint"], born=BORN)
    joined(dropped, land["left_joint"])
    merge(kept, dropped, officers)
    row = Membership.objects.get(person=kept)
    assert (row.union_id, row.has_id, members_of(land)) == (land["left_joint"].pk, True, 1)
    kept.refresh_from_db()
    assert kept.keeper_id == land["left_joint"].pk


def test_papers_that_were_merged_make_the_member_real(land, officers):
    kept, dropped = (
        record(land["left_joint"], born=BORN),
        record(land["left_single"], number=LI, mobile=PHONE),
    )
    row = joined(kept, land["left_joint"])
    assert (row.has_id, row.has_mobile) == (False, False)
    case = merge(kept, dropped, officers)
    row.refresh_from_db()
    assert (row.has_id, row.has_mobile, row.tail) == (True, True, "0001")
    part(case, officers)
    row.refresh_from_db()
    assert (row.has_id, row.has_mobile, row.tail) == (False, False, "")


def test_a_paper_that_comes_to_a_merged_record_later_counts_too(land, officers):
    kept, dropped = record(land["left_joint"], born=BORN), record(land["left_single"], born=BORN)
    row = joined(kept, land["left_joint"])
    merge(kept, dropped, officers)
    people.add_contact(person_id=dropped.pk, mobile=PHONE, since=TODAY, by=SYSTEM, at=AT)
    row.refresh_from_db()
    assert row.has_mobile


def test_numbers_of_both_records_lead_to_the_one_that_goes_on(pair, officers):
    kept, dropped = pair[1], pair[0]
    merge(kept, dropped, officers)
    scope = officers[0].scope_for("people.find")
    enter_scope(scope)
    assert persons.holder_of(value=number(), scope=scope).person_id == kept.pk
    assert persons.person_by_number(value=number(), scope=scope) == kept
    index = persons.number_index(value=number())
    assert bearers_of(blinds={index})[index].person_id == kept.pk
    for mobile in (PHONE, "13957400002"):
        assert persons.ids_with_mobile(mobile=parse_mobile(mobile), day=TODAY) == [kept.pk]
    assert persons.person_in_scope(person_id=dropped.pk, scope=scope) == kept
    assert persons.is_real_name(person=kept, day=TODAY)
    assert len(persons.people_in_scope(scope=scope)) == 1


def test_whoever_entered_the_dropped_record_again_gets_the_one_that_goes_on(pair, land, officers):
    merge(*pair, officers)
    with pytest.raises(Refused, match="起已是"):
        members.admit(
            person_id=pair[1].pk, union_id=land["left_single"].pk, since=SINCE,
            draft=members.MembershipDraft(), by=SYSTEM, at=AT,
        )  # fmt: skip


def himself(person):
    return Actor(name="本人", role=Role.MEM, user_id=70, person_id=person.pk, words={"people.read": "own"})


def test_the_person_sees_both_records_as_one_and_that_they_were_merged(pair, officers):
    kept, dropped = pair[1], pair[0]
    merge(kept, dropped, officers)
    enter_scope(himself(kept).scope_for("people.read"))
    me = persons.own_person(person_id=kept.pk)
    assert persons.own_person(person_id=dropped.pk) == me
    assert [one.tail for one in persons.documents_of(person=me)] == ["0027"]
    assert {one.tail for one in persons.contacts_of(person=me, day=TODAY)} == {"0001", "0002"}
    assert str(persons.looks_at(person_id=kept.pk)[0].what) == "合并了重复登记的资料"


def test_consents_of_both_records_hold_and_end_together(pair, officers):
    kept, dropped = pair
    told = {"purpose": "publish_name", "by": SYSTEM, "at": AT}
    people.give_consent(person_id=dropped.pk, how="paper", **told)
    merge(kept, dropped, officers)
    assert persons.has_consent(person_id=kept.pk, purpose="publish_name", day=TODAY)
    people.withdraw_consent(person_id=kept.pk, purpose="publish_name", by=SYSTEM, at=BACK)
    for person in pair:
        assert not persons.has_consent(person_id=person.pk, purpose="publish_name", day=TODAY)


def test_the_copy_a_person_takes_away_holds_both_records(pair, officers):
    kept, dropped = pair[1], pair[0]
    merge(kept, dropped, officers)
    bundle = privacy.bundle_of(person=Person.objects.get(pk=kept.pk))
    told = str(bundle)
    assert LI in told
    assert "+8613957400001" in told
    assert "+8613957400002" in told


def test_erasing_the_person_erases_what_was_merged_into_him(
    pair, officers, django_capture_on_commit_callbacks
):
    kept, dropped = pair
    case = merge(kept, dropped, officers)
    with django_capture_on_commit_callbacks(execute=True):
        people.erase_person(person_id=kept.pk, reason="本人要求删除", by=SYSTEM, at=BACK)
    assert {one.name for one in Person.objects.filter(pk__in=(kept.pk, dropped.pk))} == {""}
    assert {stone.person_id for stone in tombstones.stones()} == {kept.pk, dropped.pk}
    with pytest.raises(Refused, match=r"已删除|已经删除"):
        part(case, officers, at=BACK)


@pytest.mark.parametrize("beside", ["end", "affiliate"])
def test_an_un_merge_returns_every_table_to_the_same_bytes(pair, land, officers, beside):
    case = case_of(*pair)
    members.fold_tallies()
    before = contents()
    merge(*pair, officers, beside=beside, row=case)
    assert differences(before, contents()).keys() >= {"people_person", "members_membership"}
    part(case, officers, at=BACK)
    members.fold_tallies()
    assert differences(before, contents()) == {}
    assert members.recount_tallies(today=TODAY, at=AT) == []


def test_an_un_merge_is_refused_once_the_membership_went_on(pair, land, officers):
    case = merge(*pair, officers)
    row = Membership.objects.get(person=pair[0])
    members.edit_membership(membership_id=row.pk, version=row.version, by=SYSTEM, at=AT, migrant=True)
    propose(case, officers[0], "propose_split")
    with pytest.raises(Refused, match="又办过会籍"):
        decide(case, officers[1])
    case.refresh_from_db()
    assert case.state == "split_proposed"


def test_chains_are_refused_and_stars_come_back_one_by_one(land, officers):
    first, second, third = (record(land["left_single"], born=BORN) for _ in range(3))
    one, two = case_of(first, second), case_of(second, third)
    before = contents()
    merge(second, first, officers, row=one)
    with pytest.raises(Refused, match="已并入过别的资料"):
        merge(third, second, officers, row=two)
    decide(two, officers[1], agree=False)
    with pytest.raises(Refused, match="已并入别的资料"):
        merge(third, first, officers, row=case_of(first, third))
    merge(second, third, officers, row=two)
    part(one, officers)
    part(two, officers)
    assert differences(before, contents()) == {}


def test_a_transfer_under_way_is_finished_first(pair, land, officers):
    told = {
        "from_union": land["left_joint"],
        "to_union": land["right_joint"],
        "from_name": "甲",
        "to_name": "乙",
    }
    Transfer.objects.create(person=pair[1], name="李小梅", reason="换单位", asked_at=AT, **told)
    with pytest.raises(Refused, match="有转会正在办理"):
        merge(*pair, officers)


def test_one_person_with_two_accounts_keeps_one(pair, officers):
    mine = User.objects.create(username="li", name="李小梅", person=pair[1], created_at=AT)
    case = merge(*pair, officers)
    mine.refresh_from_db()
    assert mine.person_id == pair[0].pk
    part(case, officers)
    mine.refresh_from_db()
    assert mine.person_id == pair[1].pk


def test_two_accounts_in_use_are_refused(pair, officers):
    for place, person in enumerate(pair):
        User.objects.create(username=f"li{place}", name="李小梅", person=person, created_at=AT)
    with pytest.raises(Refused, match="各有一个在用的账号"):
        merge(*pair, officers)


def test_a_record_elsewhere_shows_only_what_agrees(land, officers):
    near, far = record(land["left_single"], born=BORN, number=LI), record(land["right_single"], born=BORN)
    row = case_of(near, far)
    enter_scope(officers[0].scope_for("matching.read"))
    both = queries.compared(case_id=row.pk, actor=officers[0])
    told = str(both.table)
    assert "另一家工会登记的人" in told
    assert LI not in told
    assert told.count("李小梅") == 1
