from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.members import actions, queries
from niangjia.members.models import Membership
from niangjia.members.rules import Ended, State, card_number
from niangjia.network import actions as network
from niangjia.people import actions as people
from tests.conftest import AT, TODAY
from tests.members.people import member, worker
from tests.network.acting import officer
from tests.network.worlds import SINCE

LATER = date(2018, 6, 1)
NOTHING = actions.MembershipDraft()


def counted(unit, day=TODAY):
    return queries.member_counts(unit_id=unit.pk, day=day)


def admitted(person, union, since=SINCE, by=SYSTEM, draft=NOTHING):
    return actions.admit(person_id=person.pk, union_id=union.pk, since=since, draft=draft, by=by, at=AT)


def test_a_member_counts_once_at_his_union_and_at_all_above(land):
    member(land["left_single"], employer=land["left_firm"], female=True)
    for unit in ("left_single", "left_fed", "left_town", "left_county", "city", "province"):
        found = counted(land[unit])
        assert (found.members, found.of_sex("female"), found.real_name) == (1, 1, 1)
    assert counted(land["right_county"]).members == 0


def test_a_second_counting_membership_is_refused_with_a_pointer(land):
    row = member(land["left_single"])
    with pytest.raises(Refused, match="一人只有一个计数的会籍") as refused:
        admitted(row.person, land["right_joint"], since=LATER)
    assert land["left_single"].name in str(refused.value)
    assert counted(land["province"]).members == 1


def test_who_may_not_see_the_other_union_is_not_told_its_name(land):
    row = member(land["right_single"])
    by = officer(Role.PRI, land["left_single"])
    with pytest.raises(Refused, match="另一家工会"):
        admitted(row.person, land["left_single"], by=by)


def test_nobody_is_admitted_into_a_union_out_of_reach(land):
    person = worker(land["left_single"])
    with pytest.raises(NotVisible):
        admitted(person, land["right_single"], by=officer(Role.PRI, land["left_single"]))


def test_an_affiliation_is_told_apart_and_never_counted(land):
    row = member(land["left_single"])
    with pytest.raises(Refused, match="还没有计数的会籍"):
        actions.affiliate(
            person_id=worker(land["left_single"]).pk,
            union_id=land["left_fed"].pk, since=LATER, draft=NOTHING, by=SYSTEM, at=AT,
        )  # fmt: skip
    actions.affiliate(
        person_id=row.person_id, union_id=land["left_fed"].pk, since=LATER, draft=NOTHING, by=SYSTEM, at=AT
    )
    found = counted(land["left_fed"])
    assert (found.members, found.affiliated) == (1, 1)


@pytest.mark.parametrize(
    ("since", "words"),
    [(TODAY + timedelta(1), "不能晚于今天"), (date(2015, 12, 31), "起成立")],
)
def test_a_day_on_which_the_union_does_not_stand_is_refused(land, since, words):
    with pytest.raises(Refused, match=words):
        admitted(worker(land["left_single"]), land["left_single"], since=since)


def test_a_child_is_not_admitted(land):
    with pytest.raises(Refused, match="未满 16 周岁"):
        admitted(worker(land["left_single"], born="20050601"), land["left_single"], since=LATER)


def test_a_retained_membership_no_longer_counts_as_active_and_comes_back(land):
    row = member(land["left_single"])
    kept = actions.retain_membership(
        membership_id=row.pk, version=1, since=LATER, reason="退休", by=SYSTEM, at=AT
    )
    assert (counted(land["city"]).members, counted(land["city"]).retained) == (0, 1)
    assert counted(land["city"], date(2018, 5, 31)).members == 1
    back = actions.resume_membership(
        membership_id=kept.pk, version=1, since=date(2018, 7, 1), reason="返聘", by=SYSTEM, at=AT
    )
    assert back.joined_on == row.joined_on
    assert (counted(land["city"]).members, counted(land["city"]).retained) == (1, 0)


def test_who_left_joins_again_and_stays_one_person(land):
    row = member(land["left_single"])
    actions.end_membership(
        membership_id=row.pk, version=1, until=LATER, ended=Ended.LEFT, reason="本人退会", by=SYSTEM, at=AT
    )
    assert counted(land["left_single"]).members == 0
    again = admitted(row.person, land["right_joint"], since=date(2018, 7, 1))
    assert again.begun == "rejoined"
    assert (counted(land["left_county"]).members, counted(land["right_county"]).members) == (0, 1)
    again.person.refresh_from_db()
    assert again.person.keeper_id == land["right_joint"].pk


def test_the_member_chooses_which_union_counts_him(land):
    row = member(land["left_single"])
    side = actions.affiliate(
        person_id=row.person_id, union_id=land["right_joint"].pk, since=LATER, draft=NOTHING, by=SYSTEM, at=AT
    )
    actions.choose_union(
        person_id=row.person_id, membership_id=side.pk, since=date(2018, 7, 1), by=SYSTEM, at=AT
    )
    left, right = counted(land["left_county"]), counted(land["right_county"])
    assert (left.members, left.affiliated, right.members, right.affiliated) == (0, 1, 1, 0)


def test_a_stale_step_is_told(land):
    row = member(land["left_single"])
    with pytest.raises(Refused, match="刚刚有人办过一步"):
        actions.end_membership(
            membership_id=row.pk, version=7, until=LATER, ended=Ended.LEFT, reason="x", by=SYSTEM, at=AT
        )


def test_what_is_known_of_the_person_follows_him(land):
    row = member(land["left_single"], name="安平", mobile=False, paper=False)
    assert (row.has_id, row.has_mobile, counted(land["left_single"]).lacking("id")) == (False, False, 1)
    people.add_contact(person_id=row.person_id, mobile="13957409999", since=LATER, by=SYSTEM, at=AT)
    row.person.refresh_from_db()
    people.correct_person(
        person_id=row.person_id, version=row.person.version, draft=people.PersonDraft("安萍"),
        by=SYSTEM, at=AT, reason="户籍更正",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.name, row.tail, row.has_mobile) == ("安萍", "9999", True)
    assert counted(land["left_single"]).lacking("mobile") == 0


def test_the_roll_up_equals_a_recount_after_every_kind_of_change(land):
    first, second = member(land["left_single"]), member(land["right_joint"])
    actions.fold_tallies()
    actions.retain_membership(membership_id=first.pk, version=1, since=LATER, reason="退休", by=SYSTEM, at=AT)
    actions.edit_membership(membership_id=second.pk, version=1, by=SYSTEM, at=AT, form="driver", migrant=True)
    assert actions.recount_tallies(today=TODAY, at=AT) == []
    live = queries.member_counts(unit_id=land["city"].pk, day=TODAY)
    assert actions.turn_the_day(today=TODAY + timedelta(1), at=AT)
    assert queries.member_counts(unit_id=land["city"].pk, day=TODAY).amounts == live.amounts
    assert actions.recount_tallies(today=TODAY + timedelta(1), at=AT) == []


def test_members_go_along_when_their_union_moves(land):
    member(land["left_joint"])
    network.move_organisation(
        organisation=land["left_joint"], parent=land["right_fed"], since=TODAY, today=TODAY, by=SYSTEM, at=AT
    )
    assert (counted(land["left_county"]).members, counted(land["right_county"]).members) == (0, 1)
    assert counted(land["left_county"], date(2018, 8, 1)).members == 1
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def test_members_are_found_by_name_initials_tail_and_card(land):
    row = member(land["left_single"], name="单小明", place=4321)
    other = member(land["right_single"], name="单小英", place=8765)
    scope = officer(Role.CTY, land["left_county"]).scope_for("members.read")

    def found(words):
        filters = queries.MemberFilters(words=words)
        return set(queries.members_in_scope(scope=scope, filters=filters, today=TODAY))

    enter_scope(scope)
    for words in ("小明", "单", "sxm", "shanxiao", "4321", card_number(row.person_id), "13957404321"):
        assert found(words) == {row}, words
    assert found("8765") == found("小英") == found(card_number(other.person_id)) == set()


def test_two_stretches_never_count_on_one_day_whoever_writes_them(land):
    row = member(land["left_single"])
    with pytest.raises(IntegrityError, match="membership_counts_once_a_day"), transaction.atomic():
        Membership.objects.create(
            person_id=row.person_id, union=land["right_joint"], since=TODAY, joined_on=TODAY,
            state=State.RETAINED, begun="joined",
        )  # fmt: skip
