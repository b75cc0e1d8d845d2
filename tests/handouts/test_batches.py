"""A batch is drafted, approved by another, handed out to the last row, and closed when everything adds up."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.handouts import actions, queries
from niangjia.handouts.models import HandoutRow
from niangjia.handouts.rules import BatchDraft, BatchKind, Outcome, State, Tally, Way, Whom
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.members import actions as members
from niangjia.members import queries as members_queries
from niangjia.sympathy.rules import Signed
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.members.people import member


def names(givers, batch):
    return [one.name for one in givers.rows(batch)]


def tally(batch):
    with beyond():
        return queries.tally_of(batch=batch)


def open_task(batch):
    with beyond():
        return Task.objects.get(about_kind="handouts.batch", about_id=batch.pk, state="open")


def test_the_roster_is_everybody_of_the_union_each_once_with_exact_counts(givers):
    givers.member("何秀英")
    member(givers.land["left_joint"], name="别家")
    row = givers.arrange()
    assert sorted(names(givers, row)) == ["何秀英", "金良"]
    assert str(tally(row).said(Yuan(row.each_fen))) == "本批 2 人，合计 100.00 元"


def test_a_town_draws_its_unions_together(givers):
    member(givers.land["left_joint"], name="别家")
    member(givers.land["right_single"], name="外县")
    row = givers.arrange(by=givers.twn)
    assert sorted(names(givers, row)) == ["别家", "金良"]


def test_a_birthday_batch_is_for_those_born_in_the_month_the_leap_day_in_march(givers):
    for born, name in (
        ("19900301", "三月"),
        ("20000229", "闰日"),
        ("19920228", "二月"),
        ("19910831", "八月"),
    ):
        givers.member(name, born=born, since=TODAY)
    march = givers.arrange(BatchKind.BIRTHDAY, on=date(2019, 3, 15))
    assert sorted(names(givers, march)) == ["三月", "闰日"]
    assert {one.birthday for one in givers.rows(march)} == {date(2019, 3, 1)}
    february = givers.arrange(BatchKind.BIRTHDAY, on=date(2019, 2, 1))
    assert names(givers, february) == ["二月"]
    leap = givers.arrange(BatchKind.BIRTHDAY, on=date(2020, 2, 1))
    assert names(givers, leap) == ["二月", "闰日"]


def test_a_member_without_a_day_of_birth_is_counted_as_unknown(givers):
    givers.member("无生日", paper=False)
    with beyond():
        drawn = queries.drawn_for(
            kind=BatchKind.BIRTHDAY, path=givers.union.path, on=date(2018, 6, 1), whom=Whom()
        )
    assert (len(drawn.candidates), drawn.members, drawn.unknown) == (1, 2, 1)


def test_a_check_up_is_for_women_of_the_ages_that_are_meant(givers):
    for born, name in (("19680612", "五十"), ("19900101", "二八"), ("20000101", "十八")):
        givers.member(name, born=born, female=True, since=TODAY)
    everybody = givers.arrange(BatchKind.WOMEN)
    assert sorted(names(givers, everybody)) == ["二八", "五十", "十八"]
    some = givers.arrange(BatchKind.WOMEN, name="两癌筛查", whom=Whom(20, 60))
    assert sorted(names(givers, some)) == ["二八", "五十"]


def test_who_made_the_roster_does_not_approve_it(givers):
    row = givers.submit(givers.arrange())
    with pytest.raises(StepRefused, match="自己批准"):
        givers.approve(row, by=givers.pri)
    row = givers.approve(row)
    assert (row.state, row.approved_by) == (State.APPROVED, givers.pri2.user_id)


def test_the_task_goes_from_who_approves_to_who_hands_out_to_who_settles(givers):
    row = givers.submit(givers.arrange())
    assert (open_task(row).word, open_task(row).unit_id) == ("sympathy.approve", givers.union.pk)
    givers.approve(row)
    assert (open_task(row).word, open_task(row).holder_id) == ("sympathy.visit", givers.pri.user_id)
    for one in givers.rows(row):
        givers.hand_out(row, one)
    givers.close(row, bought=1, left=0)
    assert (open_task(row).word, open_task(row).unit_id) == ("sympathy.settle", givers.land["left_town"].pk)


def test_an_empty_roster_is_not_handed_in(givers):
    row = givers.arrange(BatchKind.BIRTHDAY, on=date(2018, 1, 1))
    with pytest.raises(StepRefused, match="没有人"):
        givers.submit(row)


def test_approval_is_of_the_roster_that_was_read(givers):
    row = givers.arrange()
    seen = row.version
    other = givers.member("后来")
    actions.add_to_roster(batch_id=row.pk, version=None, person_id=other.pk, by=givers.pri, at=AT)
    with pytest.raises(Refused, match="改过"):
        actions.submit_batch(batch_id=row.pk, version=seen, by=givers.pri, at=AT)


def test_nobody_stands_on_a_roster_twice(givers):
    row = givers.arrange()
    with pytest.raises(Refused, match="已经在名册里"):
        actions.add_to_roster(batch_id=row.pk, version=None, person_id=givers.jin.pk, by=givers.pri, at=AT)


def test_a_batch_with_an_open_row_cannot_be_closed(givers):
    givers.member("何秀英")
    row = givers.approved()
    first, second = givers.rows(row)
    givers.hand_out(row, first)
    actions.note_row(
        batch_id=row.pk, row_id=second.pk, version=None, reason="出差，下周来领", by=givers.pri, at=AT
    )
    assert (givers.row(second).outcome, givers.row(second).reason) == (Outcome.OPEN, "出差，下周来领")
    with pytest.raises(StepRefused, match="还有人没有领"):
        givers.close(row, bought=2, left=1)
    givers.miss(row, second)
    assert givers.close(row, bought=2, left=1).state == State.CLOSED
    assert tally(row) == Tally(open=0, received=1, missed=1)


def test_goods_that_do_not_add_up_are_refused(givers):
    row = givers.approved()
    givers.hand_out(row, givers.rows(row)[0])
    with pytest.raises(BadInput, match="结余应当是 2 份"):
        givers.close(row, bought=3, left=1)
    assert givers.close(row, bought=3, left=2).left == 2


def test_a_row_is_signed_for_once(givers):
    row = givers.approved()
    (one,) = givers.rows(row)
    givers.hand_out(row, one)
    with pytest.raises(Refused, match="已经领过"):
        givers.hand_out(row, one)
    assert bytes(givers.row(one).signature)[:4] != b"data"


def test_without_signature_card_or_paper_nothing_is_handed_out(givers):
    row = givers.approved()
    with pytest.raises(BadInput):
        givers.hand_out(row, givers.rows(row)[0], signed=Signed(signer="李四"))


def test_a_member_card_finds_its_row_and_no_other(givers):
    givers.member("何秀英")
    row = givers.approved()
    stranger = givers.member("名册外")
    with beyond():
        card, other = (
            members.issue_card(
                membership=members_queries.counting_now(person_id=one.pk, day=TODAY), today=TODAY
            )
            for one in (givers.jin, stranger)
        )
    done = actions.hand_to_card(batch_id=row.pk, card=card, by=givers.pri, at=AT)
    assert (done.name, done.way) == ("金良", Way.CARD)
    with pytest.raises(BadInput, match="不在这一批"):
        actions.hand_to_card(batch_id=row.pk, card=other, by=givers.pri, at=AT)


def test_he_confirms_on_his_own_phone_once(givers):
    row = givers.approved()
    worker = replace(givers.pri, person_id=givers.jin.pk)
    for _ in range(2):
        one = actions.confirm_own(batch_id=row.pk, person_id=givers.jin.pk, by=worker, at=AT)
    assert (one.outcome, one.way) == (Outcome.RECEIVED, Way.PHONE)
    with pytest.raises(NotVisible):
        actions.confirm_own(batch_id=row.pk, person_id=givers.member("别人").pk, by=worker, at=AT)


def test_an_officer_does_not_sign_for_himself(givers):
    row = givers.approved()
    with pytest.raises(NotAllowed, match="本人"):
        givers.hand_out(row, givers.rows(row)[0], by=replace(givers.pri, person_id=givers.jin.pk))


def test_signed_on_paper_the_roster_must_be_kept(givers):
    row = givers.approved()
    givers.hand_out(row, givers.rows(row)[0], signed=Signed(), on_paper=True)
    with pytest.raises(StepRefused, match="拍照上传"):
        givers.close(row, bought=1, left=0)
    givers.kept("handouts.batch", row)
    assert givers.close(row, bought=1, left=0).state == State.CLOSED


def test_heads_at_a_site_are_person_times_and_never_persons(givers):
    row = givers.approved(BatchKind.HEAT, counted=True, goods="绿豆汤", each="5", site="建设工地")
    with pytest.raises(StepRefused):
        givers.close(row, bought=60, left=0)
    actions.count_heads(batch_id=row.pk, version=None, heads=58, by=givers.pri, at=AT)
    givers.close(row, bought=60, left=2)
    named = givers.approved()
    givers.hand_out(named, givers.rows(named)[0])
    told = queries.year_counts(actor=givers.twn, year=2018)
    assert (str(told["persons"]), str(told["times"])) == ("1人", "59人次")


def test_a_person_in_two_batches_is_one_person_and_two_person_times(givers):
    for name in ("端午", "中秋"):
        row = givers.approved(name=name)
        givers.hand_out(row, givers.rows(row)[0])
    told = queries.year_counts(actor=givers.twn, year=2018)
    assert (told["persons"].value, told["times"].value) == (1, 2)


def test_a_second_batch_of_the_kind_in_the_month_says_how_many_stand_on_both(givers):
    givers.arrange(name="工会发")
    row = givers.arrange(by=givers.twn, name="镇里发")
    assert queries.doubled(batch=row) == 1
    later = givers.arrange(by=givers.twn, name="下月", on=date(2018, 9, 20))
    assert queries.doubled(batch=later) == 0


def test_of_a_check_up_only_booked_and_done_are_known(givers):
    givers.member("何秀英", female=True)
    row = givers.approved(BatchKind.WOMEN)
    (one,) = givers.rows(row)
    actions.book(
        batch_id=row.pk, row_id=one.pk, version=None, booked_on=date(2018, 8, 25), by=givers.pri, at=AT
    )
    with pytest.raises(Refused):
        givers.hand_out(row, one)
    actions.attend(batch_id=row.pk, row_id=one.pk, version=None, by=givers.pri, at=AT)
    assert tally(row) == Tally(received=1, booked=1)
    columns = {field.name for field in HandoutRow._meta.get_fields()}
    assert not columns & {"result", "diagnosis", "finding"}
    assert givers.close(row).state in {State.CLOSED, State.SETTLED}


def test_a_batch_that_cost_nothing_is_settled_when_it_is_closed(givers):
    givers.member("何秀英", female=True)
    row = givers.approved(BatchKind.WOMEN)
    actions.attend(batch_id=row.pk, row_id=givers.rows(row)[0].pk, version=None, by=givers.pri, at=AT)
    assert givers.close(row).state == State.SETTLED


def test_more_money_than_the_cap_is_refused(givers):
    givers.cap("holiday", "200.00")
    with pytest.raises(Refused, match=r"200\.00"):
        givers.arrange(amount="200.01")
    assert givers.arrange(amount="200").cap_fen == 20_000


def test_an_outcome_that_was_wrong_is_taken_back_with_a_reason(givers):
    row = givers.approved()
    (one,) = givers.rows(row)
    givers.miss(row, one)
    actions.open_again(batch_id=row.pk, row_id=one.pk, version=None, reason="登记错人", by=givers.pri, at=AT)
    assert givers.row(one).outcome == Outcome.OPEN


def test_a_batch_that_somebody_received_is_not_cancelled(givers):
    row = givers.approved()
    givers.hand_out(row, givers.rows(row)[0])
    with pytest.raises(StepRefused, match="不能取消"):
        actions.cancel_batch(batch_id=row.pk, version=None, reason="不发了", by=givers.pri, at=AT)


def test_sent_back_it_is_changed_and_handed_in_again(givers):
    row = givers.submit(givers.arrange())
    actions.send_back_batch(batch_id=row.pk, version=None, reason="单价写错", by=givers.pri2, at=AT)
    draft = BatchDraft("holiday", "中秋慰问", TODAY, goods="月饼", each=Yuan.of("45"))
    actions.amend_batch(batch_id=row.pk, version=None, draft=draft, by=givers.pri, at=AT)
    assert givers.batch(givers.approve(givers.submit(row))).each_fen == 4_500


def test_a_union_elsewhere_sees_no_batch(givers):
    row = givers.arrange()
    with pytest.raises(NotVisible):
        queries.batch_for(batch_id=row.pk, actor=givers.away)


def test_each_action_writes_one_line_of_the_journal(givers):
    row = givers.approved()
    (one,) = givers.rows(row)
    with beyond():
        before = JournalLine.objects.filter(kind="handouts.batch").count()
    givers.hand_out(row, one)
    with beyond():
        assert JournalLine.objects.filter(kind="handouts.batch").count() == before + 1


ADDED = """INSERT INTO handouts_handoutrow (batch_id, person_id, name, outcome, way, proxy, reason, version)
 SELECT id, (SELECT max(id) FROM people_person), '添', 'open', '', '', '', 1
 FROM handouts_handoutbatch WHERE id = %s"""
BEGUN = """INSERT INTO handouts_handoutbatch (kind, name, unit_id, path, "on", site, counted, goods, each_fen,
 amount_fen, words, state, made_by, made_at, approved_by, approved_at, reason, version)
 SELECT kind, name, unit_id, path, "on", site, counted, goods, each_fen, amount_fen, words, %s, 1, made_at, 2,
 made_at, '', 1 FROM handouts_handoutbatch WHERE id = %s"""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE handouts_handoutbatch SET state = 'closed', bought = 1, \"left\" = 1 WHERE id = %s",
        "UPDATE handouts_handoutbatch SET state = 'settled' WHERE id = %s",
        "UPDATE handouts_handoutbatch SET amount_fen = 99900 WHERE id = %s",
        "UPDATE handouts_handoutbatch SET approved_by = made_by WHERE id = %s",
        ADDED,
        "DELETE FROM handouts_handoutrow WHERE batch_id = %s",
    ],
)
def test_the_database_itself_refuses_what_the_rules_refuse(givers, sql):
    givers.member("旁人")
    row = givers.approved()
    with beyond(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])


@pytest.mark.parametrize("state", ["approved", "closed", "settled", "submitted"])
def test_no_batch_begins_anywhere_but_as_a_draft(givers, state):
    row = givers.arrange()
    with beyond(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BEGUN, [state, row.pk])
