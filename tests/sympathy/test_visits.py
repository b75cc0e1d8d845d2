"""A stay becomes known, somebody goes, what was given is signed for."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from niangjia.accounts.models import Post
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.members import actions as members
from niangjia.members import queries as members_queries
from niangjia.people.models import Person
from niangjia.sympathy import actions, queries
from niangjia.sympathy.models import SympathyVisit, Visitor
from niangjia.sympathy.rules import Kin, Occasion, Receipt, Signed, State
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.sympathy.worlds import DRAWN, SINCE

FRIDAY = datetime(2018, 8, 17, 2, 0, tzinfo=AT.tzinfo)


def tasks_of(row):
    with beyond():
        return list(Task.objects.filter(about_kind="sympathy.visit", about_id=row.pk).order_by("pk"))


def open_task(row):
    (found,) = [one for one in tasks_of(row) if one.state == "open"]
    return found


def test_a_stay_that_becomes_known_lies_on_the_desk_of_the_union_due_in_three_working_days(works):
    row = works.report(at=FRIDAY)
    task = open_task(row)
    assert (task.unit_id, task.word) == (works.union.pk, "sympathy.visit")
    assert task.due_on == date(2018, 8, 22)
    assert row.due_on == task.due_on
    assert works.fresh(row).unit_id == works.union.pk


def test_a_second_report_of_the_same_stay_is_the_same_visit_and_the_same_task(works):
    row = works.report()
    again = works.report(by=works.pri)
    claimed = actions.report_stay(person_id=works.jin.pk, since=SINCE, by=SYSTEM, at=AT, source="理赔")
    other_day = actions.report_stay(
        person_id=works.jin.pk, since=SINCE + timedelta(days=1), by=SYSTEM, at=AT, source="请假条"
    )
    assert {again.pk, claimed.pk, other_day.pk} == {row.pk}
    assert len(tasks_of(row)) == 1


def test_a_stay_that_begins_after_the_visit_is_another_one(works):
    row = works.report()
    works.record(row, on=SINCE)
    later = works.report(since=SINCE + timedelta(days=2))
    assert later.pk != row.pk
    late_news = works.report(since=SINCE)
    assert late_news.pk == row.pk


def test_a_member_is_visited_by_the_union_that_counts_him_wherever_it_is_told(works):
    row = actions.report_stay(person_id=works.jin.pk, since=SINCE, by=works.away, at=AT)
    assert row.unit_id == works.union.pk


def test_where_nobody_of_the_union_may_go_the_nearest_above_has_the_task(works):
    with beyond():
        Post.objects.filter(unit_id=works.union.pk, role="pri").delete()
    row = works.report()
    assert open_task(row).unit_id == works.land["left_town"].pk


def test_a_group_leader_reports_in_his_own_union_only(works):
    with pytest.raises(NotVisible):
        actions.report_visit(
            person_id=works.jin.pk, report=actions.Report("hospital", SINCE), by=works.away, at=AT
        )


def test_a_day_to_come_is_no_stay(works):
    with pytest.raises(BadInput):
        works.report(since=TODAY + timedelta(days=1))


def test_the_officer_and_the_day_are_planned_and_the_deadline_stays(works):
    row = works.report(at=FRIDAY)
    due = row.due_on
    works.plan(row, place="区人民医院 3 号楼")
    row = works.fresh(row)
    task = open_task(row)
    assert (row.state, row.due_on) == (State.PLANNED, due)
    assert (task.holder_id, task.due_on) == (works.pri.user_id, due)
    assert queries.words_of(visit=row, field="place") == "区人民医院 3 号楼"
    assert "区人民医院".encode() not in bytes(row.place)


def test_a_visit_in_hospital_takes_two(works):
    row = works.report()
    with pytest.raises(StepRefused, match="不够"):
        works.record(row, officers=[works.pri])
    works.record(row, officers=[works.pri], others=["班组长周大山"])
    with beyond():
        assert {one.name for one in Visitor.objects.filter(visit=row)} == {"吴主席", "班组长周大山"}


def test_for_a_wedding_one_is_enough(works):
    row = works.report(occasion=Occasion.MARRIAGE)
    works.record(row, officers=[works.pri])
    assert works.fresh(row).state == State.SETTLED


def test_more_than_the_cap_of_the_county_is_refused_in_all_its_unions(works):
    works.cap("hospital", "500.00")
    row = works.report()
    with pytest.raises(Refused, match=r"500\.00"):
        works.record(row, amount="500.01", signed=Signed(DRAWN))
    works.record(row, amount="500", signed=Signed(DRAWN))
    row = works.fresh(row)
    assert (row.amount_fen, row.cap_fen) == (50_000, 50_000)


def test_without_a_table_there_is_no_cap_but_a_hint(works):
    row = works.report()
    cap = queries.cap_at(unit_id=row.unit_id, occasion="hospital", day=TODAY)
    assert cap.amount is None
    assert "待核定" in str(cap.hint)
    works.record(row, amount="3000", signed=Signed(DRAWN))
    assert works.fresh(row).cap_fen is None


def test_a_visit_that_cost_nothing_is_settled_at_once(works):
    row = works.report(occasion=Occasion.BIRTH)
    works.record(row)
    assert works.fresh(row).state == State.SETTLED
    assert [one.state for one in tasks_of(row)] == ["done"]


def test_a_card_without_value_waits_for_its_signature_alone(works):
    row = works.report(occasion=Occasion.RETIREMENT)
    works.record(row, gift="工友签名的贺卡")
    assert works.fresh(row).state == State.DONE
    actions.take_receipt(visit_id=row.pk, version=None, signed=Signed(DRAWN), by=works.pri, at=AT)
    assert works.fresh(row).state == State.SETTLED


def test_what_was_spent_waits_for_the_nearest_accountant(works):
    row = works.report()
    works.record(row, amount="600", signed=Signed(DRAWN))
    row, task = works.fresh(row), open_task(row)
    assert row.state == State.DONE
    assert (task.unit_id, task.word) == (works.land["left_town"].pk, "sympathy.settle")
    assert (row.receipt, bytes(row.signature)[:4]) != (Receipt.SIGNED, b"data")
    assert queries.words_of(visit=row, field="signature") == DRAWN


def test_nobody_takes_a_step_about_himself_or_somebody_of_his_household(works):
    row = works.report()
    himself = replace(works.pri, person_id=works.jin.pk)
    with pytest.raises(NotAllowed, match="回避"):
        works.record(row, by=himself)
    with pytest.raises(NotAllowed):
        works.plan(row, by=himself)


def test_a_relative_is_no_visitor(works):
    kin = works.officer("kin", "金家人", "pri", works.union, person=works.jin)
    row = works.report()
    with pytest.raises(BadInput, match="家人"):
        works.record(row, officers=[works.pri, kin])
    with pytest.raises(BadInput, match="回避"):
        works.plan(row, holder=kin)


def test_of_somebody_who_died_the_next_of_kin_receives(works):
    row = works.report(occasion=Occasion.DEATH)
    with pytest.raises(BadInput):
        works.record(row, amount="1000", signed=Signed(DRAWN))
    kin = Kin("李大山", "配偶", "99010119880405001X")
    works.record(row, amount="1000", signed=Signed(DRAWN), kin=kin)
    row = works.fresh(row)
    assert row.recipient_id != works.jin.pk
    with beyond():
        assert Person.objects.get(pk=row.recipient_id).name == "李大山"
    assert row.kin == "配偶"


def test_the_next_of_kin_is_found_before_he_is_entered_anew(works):
    kin = Kin("李大山", "儿子", "99010119880405001X")
    first, second = works.report(occasion=Occasion.DEATH), works.member("李强")
    works.record(first, kin=kin)
    other = works.report(second, occasion=Occasion.DEATH)
    works.record(other, kin=replace(kin, relation="父亲"))
    assert works.fresh(first).recipient_id == works.fresh(other).recipient_id


def test_his_own_card_shows_receipt_and_anothers_does_not(works):
    row = works.report()
    with beyond():
        own, other = (
            members.issue_card(
                membership=members_queries.counting_now(person_id=one.pk, day=TODAY), today=TODAY
            )
            for one in (works.jin, works.member("别人"))
        )
    with pytest.raises(BadInput, match="不是领取人"):
        works.record(row, gift="水果", value="99", signed=Signed(card=other))
    works.record(row, gift="水果", value="99", signed=Signed(card=own))
    assert works.fresh(row).receipt == Receipt.CARD


def test_he_confirms_once_on_his_own_phone(works):
    row = works.report()
    works.record(row, amount="600")
    worker = replace(works.pri, person_id=works.jin.pk, user_id=None)
    for _ in range(2):
        actions.confirm_receipt(visit_id=row.pk, person_id=works.jin.pk, by=worker, at=AT)
    row = works.fresh(row)
    assert row.receipt == Receipt.PHONE
    with pytest.raises(NotVisible):
        actions.confirm_receipt(visit_id=row.pk, person_id=works.member("别人").pk, by=worker, at=AT)


def test_paper_is_a_receipt_only_with_its_picture(works):
    row = works.report()
    works.record(row, amount="600")
    signing = {"visit_id": row.pk, "version": None, "signed": Signed(), "on_paper": True}
    with pytest.raises(Refused, match="拍照"):
        actions.take_receipt(**signing, by=works.pri, at=AT)
    works.kept("sympathy.visit", row)
    actions.take_receipt(**signing, by=works.pri, at=AT)
    assert works.fresh(row).receipt == Receipt.PAPER


def test_what_was_recorded_wrongly_is_taken_back_whole(works):
    row = works.report()
    works.record(row, amount="600", signed=Signed(DRAWN))
    actions.take_back_visit(visit_id=row.pk, version=None, reason="金额登错", by=works.pri, at=AT)
    row = works.fresh(row)
    assert (row.state, row.amount_fen, row.receipt, row.signature) == (State.PLANNED, 0, "", None)
    assert open_task(row).word == "sympathy.visit"


def test_a_cancelled_visit_says_why_and_may_be_reported_again(works):
    row = works.report()
    with pytest.raises(BadInput):
        actions.cancel_visit(visit_id=row.pk, version=None, reason=" ", by=works.pri, at=AT)
    actions.cancel_visit(visit_id=row.pk, version=None, reason="已出院", by=works.pri, at=AT)
    assert [one.state for one in tasks_of(row)] == ["cancelled"]
    assert works.report().pk != row.pk


def test_a_union_elsewhere_does_not_see_it(works):
    row = works.report()
    with pytest.raises(NotVisible):
        queries.visit_for(visit_id=row.pk, actor=works.away)
    with pytest.raises((NotVisible, NotAllowed)):
        works.record(row, by=works.away)


def test_counts_are_of_visits_and_add_up(works):
    works.record(works.report(occasion=Occasion.BIRTH))
    works.report()
    told = queries.counts_of(rows=queries.visits_for(actor=works.twn))
    assert told == {"settled": 1, "reported": 1}
    assert SympathyVisit.objects.count() == sum(told.values())
