"""From the request to the result: success and refusal share one set-up."""

from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY
from tests.founding.worlds import SLATE, TELLERS, UNION_CODE

from niangjia.founding import actions, queries
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.rules import Meeting, PostKind, State
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.messaging.models import Message
from niangjia.network.models import Organisation
from niangjia.network.rules import EmployerKind
from niangjia.papers.models import Paper
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries
from niangjia.tasks.models import Task, Undo


def on_desk(actor):
    desk = tasks_queries.desk_of(actor=actor, today=TODAY, filters=tasks_queries.DeskFilters(kind=""))
    return [row.kind for _, rows in desk.groups for row in rows if row.kind.startswith("founding")]


def test_it_lies_on_the_desk_of_whoever_is_next_with_its_deadline(founders):
    row = founders.submitted()
    assert (on_desk(founders.town), on_desk(founders.county)) == (["founding.review"], [])
    due = Task.objects.get(state="open")
    assert (due.due_key, due.due_on) == ("org.founding_review_workdays", date(2018, 8, 27))
    row = actions.review_establishment(establishment_id=row.pk, version=row.version, by=founders.town, at=AT)
    assert (on_desk(founders.town), on_desk(founders.county)) == ([], ["founding.decide"])
    row = actions.approve_preparation(
        establishment_id=row.pk, version=row.version, prepared_on=TODAY, by=founders.county, at=AT
    )
    assert (on_desk(founders.county), on_desk(founders.worker)) == ([], ["founding.ask"])
    told = Message.objects.filter(user=founders.worker.user_id)
    assert told.count() == 2


def test_silence_of_the_town_goes_up_by_itself(founders):
    founders.submitted()
    late = date(2018, 8, 28)
    tasks.escalate_overdue(today=late, at=AT + timedelta(days=8))
    assert Task.objects.get(raised_from__isnull=False).unit_id == founders.land["left_county"].pk


def test_what_the_town_asks_for_lies_with_the_town(founders):
    row = founders.preparing(founders.town)
    assert row.asked_unit_id == founders.land["left_town"].pk
    assert on_desk(founders.mate) == ["founding.ask"]


def test_a_returned_request_says_why_is_answered_and_comes_again(founders):
    row = founders.submitted()
    row = actions.send_back_establishment(
        establishment_id=row.pk, version=row.version, reason="缺代码", by=founders.town, at=AT
    )
    assert (row.state, row.reason, on_desk(founders.worker)) == (State.RETURNED, "缺代码", ["founding.ask"])
    draft = founders.request(members=45)
    row = actions.edit_establishment(
        establishment_id=row.pk, version=row.version, draft=draft, by=founders.worker, at=AT
    )
    row = actions.submit_establishment(
        establishment_id=row.pk, version=row.version, by=founders.worker, at=AT
    )
    assert (row.state, row.reason, row.members) == (State.SUBMITTED, "", 45)
    asked = Paper.objects.filter(template="founding.request").order_by("pk")
    assert [one.voided_at is None for one in asked] == [False, True]
    assert asked.last().replaces_id == asked.first().pk


def test_a_request_that_lacks_things_is_refused_with_each_of_them(founders):
    row = founders.draft()
    with pytest.raises(StepRefused) as refused:
        actions.submit_establishment(establishment_id=row.pk, version=row.version, by=founders.worker, at=AT)
    words = [str(one) for one in refused.value.reasons]
    assert len(words) == 2
    assert any("用人单位" in one or "单位建会" in one for one in words)
    assert Paper.objects.count() == 0


def test_a_review_may_be_taken_back_until_somebody_went_on(founders):
    row = founders.reviewed()
    tasks.take_back(undo_id=Undo.objects.get().pk, by=founders.town, at=AT + timedelta(minutes=2))
    row = founders.fresh(row)
    assert (row.state, on_desk(founders.town), on_desk(founders.county)) == (
        State.SUBMITTED, ["founding.review"], [],
    )  # fmt: skip


def test_a_review_on_which_the_county_acted_is_not_taken_back(founders):
    founders.preparing()
    with pytest.raises(StepRefused, match="往下办"):
        tasks.take_back(undo_id=Undo.objects.get().pk, by=founders.town, at=AT + timedelta(minutes=2))


def test_a_return_may_be_taken_back(founders):
    row = founders.submitted()
    actions.send_back_establishment(
        establishment_id=row.pk, version=row.version, reason="缺代码", by=founders.town, at=AT
    )
    tasks.take_back(undo_id=Undo.objects.get().pk, by=founders.town, at=AT + timedelta(minutes=2))
    assert (founders.fresh(row).state, on_desk(founders.worker)) == (State.SUBMITTED, [])


def test_nobody_but_the_applicant_the_town_and_the_county_see_it(founders):
    row = founders.submitted()
    for who in (founders.stranger, founders.elsewhere):
        with pytest.raises(NotVisible):
            queries.establishment_for(establishment_id=row.pk, actor=who)
    for who in (founders.worker, founders.town, founders.county):
        assert queries.establishment_for(establishment_id=row.pk, actor=who) == row


def test_each_step_lies_with_its_own_desk(founders):
    row = founders.submitted()
    with pytest.raises(NotAllowed):
        actions.review_establishment(establishment_id=row.pk, version=row.version, by=founders.county, at=AT)
    with pytest.raises(NotAllowed):
        actions.review_establishment(establishment_id=row.pk, version=row.version, by=founders.worker, at=AT)
    row = actions.review_establishment(establishment_id=row.pk, version=row.version, by=founders.town, at=AT)
    with pytest.raises(NotAllowed):
        actions.approve_preparation(
            establishment_id=row.pk, version=row.version, prepared_on=TODAY, by=founders.town, at=AT
        )


def test_nobody_decides_his_own_matter(founders):
    row = founders.submitted()
    himself = founders.recused(founders.town, founders.worker.person_id)
    with pytest.raises(NotAllowed, match="回避"):
        actions.review_establishment(establishment_id=row.pk, version=row.version, by=himself, at=AT)
    assert Task.objects.get(state="open").recused == [founders.worker.person_id]


def test_a_near_relative_of_the_employers_head_may_not_stand(founders):
    row = founders.preparing()
    for answer in ("relative", ""):
        with pytest.raises(Refused, match="近亲属"):
            actions.propose_candidate(
                establishment_id=row.pk, name="陈一", post=PostKind.CHAIR, relative=answer,
                by=founders.worker, at=AT,
            )  # fmt: skip
    assert row.candidates.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"present": 26}, "至少到 27 人"),
        ({"seats": 4}, "候选人至少 5 人"),
        ({"meeting": Meeting.DELEGATES}, "会员大会"),
        ({"entitled": 38}, "全体会员 40 人"),
        ({"congress_on": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"congress_on": TODAY - timedelta(days=1)}, "不能早于"),
    ],
)
def test_a_congress_that_breaks_a_rule_is_refused_and_nothing_is_kept(founders, change, words):
    row = founders.proposed()
    with pytest.raises(Refused, match=words):
        founders.hold(row, **change)
    assert founders.hold(row).state == State.CONGRESS


def test_a_result_with_one_teller_or_a_candidate_as_teller_is_refused(founders):
    row = founders.held()
    for tellers in (("钱五",), ("钱五", "钱五"), ("钱五", "陈一")):
        with pytest.raises(StepRefused, match=r"监票|签字"):
            founders.report(row, tellers=tellers)
    assert founders.fresh(row).state == State.CONGRESS
    assert founders.report(row, tellers=TELLERS).state == State.RESULT


def test_a_result_without_enough_elected_is_refused(founders):
    row = founders.held()
    with pytest.raises(StepRefused, match="应选 3 人"):
        founders.report(row, votes={"陈一": 30, "李二": 20, "王三": 20, "赵四": 20})
    with pytest.raises(BadInput, match="多于到会人数"):
        founders.report(row, votes={"陈一": 37, "李二": 30, "王三": 30, "赵四": 1})


def test_the_votes_decide_who_is_elected(founders):
    row = founders.report(founders.held(), votes={"陈一": 33, "李二": 10, "王三": 29, "赵四": 25})
    elected = row.candidates.filter(elected=True).order_by("pk").values_list("name", flat=True)
    assert list(elected) == ["陈一", "王三", "赵四"]


def test_a_congress_may_be_held_again_and_its_votes_count_no_more(founders):
    row = founders.held()
    row = actions.hold_again(
        establishment_id=row.pk, version=row.version, reason="改期", by=founders.worker, at=AT
    )
    assert (row.state, row.candidates.count(), row.tellers.count()) == (State.PREPARING, len(SLATE), 0)
    assert founders.hold(row).state == State.CONGRESS


def test_a_result_returned_is_corrected_and_its_paper_replaced(founders):
    row = founders.reported()
    row = actions.send_back_establishment(
        establishment_id=row.pk, version=row.version, reason="票数有误", by=founders.county, at=AT
    )
    assert row.state == State.CONGRESS
    row = founders.report(row)
    assert row.state == State.RESULT
    assert Paper.objects.filter(template="founding.result").count() == 2
    assert Paper.objects.filter(template="founding.result", voided_at=None).count() == 1


def test_a_step_on_an_old_version_is_refused(founders):
    row = founders.reported()
    founders.approve(row)
    with pytest.raises(StepRefused):
        founders.approve(row, by=founders.deputy)
    assert Organisation.objects.filter(name=row.name).count() == 1


def test_what_is_withdrawn_or_rejected_lies_with_nobody_and_says_why(founders):
    row = founders.submitted()
    row = actions.withdraw_establishment(
        establishment_id=row.pk, version=row.version, reason="暂不建会", by=founders.worker, at=AT
    )
    assert (row.state, on_desk(founders.town)) == (State.WITHDRAWN, [])
    other = founders.submitted(name="大洲二厂工会委员会", firms=(("大洲二厂", ""),))
    with pytest.raises(BadInput):
        actions.reject_establishment(
            establishment_id=other.pk, version=other.version, reason=" ", by=founders.town, at=AT
        )
    other = actions.reject_establishment(
        establishment_id=other.pk, version=other.version, reason="不在本镇", by=founders.town, at=AT
    )
    assert (other.state, other.reason) == (State.REJECTED, "不在本镇")


def test_what_was_submitted_is_not_edited(founders):
    row = founders.submitted()
    with pytest.raises(StepRefused, match="不能再改"):
        actions.join_founding_group(
            establishment_id=row.pk, name="周八", duty="", leads=False, by=founders.worker, at=AT
        )


def test_the_code_of_a_union_is_no_employers(founders):
    row = founders.draft()
    draft = actions.EmployerDraft(name="某工会", kind=EmployerKind.ENTERPRISE, headcount=1, uscc=UNION_CODE)
    with pytest.raises(Refused):
        actions.name_employer(establishment_id=row.pk, draft=draft, by=founders.worker, at=AT)


def test_an_officer_asks_only_inside_his_town(founders):
    with pytest.raises(NotAllowed):
        founders.draft(founders.elsewhere)
    assert UnionEstablishment.objects.count() == 0


def test_every_step_stands_in_the_journal(founders):
    row = founders.approved()
    verbs = JournalLine.objects.filter(kind="founding.union_establishment", object_id=row.pk)
    steps = {"draft_establishment", "submit_establishment", "review_establishment", "approve_preparation"}
    steps |= {"hold_congress", "submit_result", "approve_establishment"}
    assert steps <= set(verbs.values_list("verb", flat=True))
