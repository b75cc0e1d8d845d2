"""Every step of an application stands in the journal, lies on the next desk and is told to who asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from niangjia.aid import actions
from niangjia.aid.rules import KIND, AidKind, State
from niangjia.campaigns import actions as campaigns
from niangjia.campaigns.models import Campaign
from niangjia.kernel.errors import BadInput, NotAllowed, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.messaging.models import Message
from niangjia.payments import actions as payments
from niangjia.payments.models import PaymentOrder
from niangjia.tasks.models import Task
from tests.aid.worlds import AT, LATER


def verbs(row):
    lines = JournalLine.objects.filter(kind=KIND, object_id=row.pk).order_by("id")
    return list(lines.values_list("verb", flat=True))


def desk(row):
    """What lies open about the application: the kind of the task and its step."""
    tasks = Task.objects.filter(about_kind=KIND, about_id=row.pk, state="open")
    return list(tasks.values_list("kind", "step"))


def told(row):
    """How many messages the officer who asked on behalf has about it."""
    return Message.objects.filter(about_kind=KIND, about_id=row.pk).count()


def test_every_step_stands_in_the_journal_lies_on_the_next_desk_and_is_told(aiders):
    home = aiders.family()
    row = aiders.submitted(home)
    seen = [desk(row)]
    aiders.visit(home)
    seen.append(desk(row))
    actions.review_application(application_id=row.pk, version=None, by=aiders.mate, at=AT)
    seen.append(desk(row))
    aiders.noticed(row)
    aiders.run_out()
    seen.append(desk(row))
    before = told(row)
    aiders.approve(row)
    seen.append(desk(row))
    assert told(row) == before + 1, "the grant is told"
    aiders.pay(row)
    seen.append(desk(row))
    assert told(row) == before + 2, "and the money"
    assert aiders.fresh(row).paid_on == (AT + LATER).date()
    assert [one for part in seen for one in part] == [
        ("aid.review", "visit"), ("aid.review", "review"), ("aid.review", "review"),
        ("aid.decide", "approve"), ("aid.pay", "pay"), ("aid.ask", "answer"),
    ]  # fmt: skip
    assert verbs(row) == [
        "draft_application", "submit_application", "note_visit", "review_application", "post_application",
        "approve_application", "order_aid", "aid_arrived",
    ]  # fmt: skip


def test_who_is_taken_out_of_a_round_hears_of_it_and_lies_with_the_officer_again(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    before = told(row)
    actions.take_out(application_id=row.pk, reason="有两套住房", by=aiders.county, at=AT)
    assert verbs(row)[-1] == "take_out_of_round"
    assert told(row) == before + 1
    assert desk(row) == [("aid.ask", "answer")]


@pytest.mark.parametrize("amount", ["-1", "3000.01"])
def test_what_is_granted_is_more_than_nothing_and_no_more_than_was_posted(aiders, amount):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    aiders.run_out()
    with pytest.raises(BadInput, match=r"不超过公示的 3,000\.00 元"):
        aiders.approve(row, amount=Yuan.of(amount))
    assert aiders.approve(row, amount=Yuan.of("3000")).amount_fen == 300_000


def test_without_a_sum_nothing_is_granted(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    aiders.run_out()
    type(row).objects.filter(pk=row.pk).update(asked_fen=None)
    with pytest.raises(BadInput, match="要大于 0"):
        aiders.approve(row)


def test_in_a_campaign_that_has_ended_nothing_is_handed_in(aiders):
    row = aiders.draft(aiders.family())
    campaign = Campaign.objects.get(pk=aiders.campaign.pk)
    campaigns.close_campaign(campaign_id=campaign.pk, version=campaign.version, by=aiders.county, at=AT)
    with pytest.raises(StepRefused, match="不在进行中"):
        actions.submit_application(application_id=row.pk, version=None, by=aiders.town, at=AT)
    assert aiders.state(row) == State.DRAFT


def test_only_who_asks_may_change_what_is_asked(aiders):
    row = aiders.draft(aiders.family(), kind=AidKind.TEMPORARY, campaign=False)
    draft = replace(actions.Draft(AidKind.TEMPORARY, 2018), asked=Yuan.of(9))
    with pytest.raises(NotAllowed):
        actions.edit_application(
            application_id=row.pk, version=row.version, draft=draft, by=aiders.auditor, at=AT
        )


def test_a_visit_outside_the_campaign_does_not_count_in_it(aiders):
    home = aiders.family()
    aiders.visit(home, campaign=False)
    assert aiders.submitted(home).state == State.SUBMITTED


def test_an_old_visit_counts_no_more(aiders):
    home = aiders.family()
    aiders.visit(home, campaign=False, at=AT - timedelta(days=400))
    row = aiders.submitted(home, kind=AidKind.TEMPORARY, campaign=False)
    assert row.state == State.SUBMITTED
    aiders.visit(home, campaign=False)
    assert aiders.state(row) == State.VISITED


def test_a_refund_closes_the_application_and_a_payment_does_not(aiders):
    row = aiders.approved(aiders.family())
    aiders.pay(row)
    assert aiders.fresh(row).closed_at is None
    (order,) = PaymentOrder.objects.filter(about_kind=KIND, about_id=row.pk)
    at, before = AT + LATER, told(row)
    payments.ask_refund(order_id=order.pk, reason="未入学", by=aiders.acc, at=at)
    payments.refund_order(order_id=order.pk, reason="未入学", on=at.date(), by=aiders.csh, at=at)
    assert (aiders.state(row), aiders.fresh(row).closed_at) == (State.REFUNDED, at)
    assert (desk(row), told(row)) == ([], before)
