"""A visit is arranged, an outcome is entered: nobody is left out (S-LA-06, S-LA-11)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from niangjia.accounts import queries as accounts
from niangjia.campaigns import queries, rules
from niangjia.campaigns.actions.entering import enter_line, lay
from niangjia.campaigns.models import Target
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import Outcome, State
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotAllowed, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.tasks import actions as tasks


def _held(*, target_id: int, version: int | None, by: Actor, step: str) -> Target:
    found = queries.target_for(target_id=target_id, actor=by, word=Word.SETTLE)
    by.require(Word.SETTLE, at=found.path)
    row = Target.objects.select_for_update(of=("self",)).get(pk=found.pk)
    row.campaign = found.campaign
    if by.person_id and row.person_id and by.person_id in households.relatives_of(person_id=row.person_id):
        raise NotAllowed(say("这一户有您本人或共同生活的家人，请由其他干部办理。"))
    if version is not None and row.version != version:
        raise StepRefused(say("这一户刚刚有人登记过。请打开看现在的情况，再决定。"), step=step)
    if row.campaign.state != State.RUNNING:
        raise StepRefused(say("这项行动现在不在进行中，不能再登记。"), step=step)
    return row


@transaction.atomic
def plan_visit(
    *, target_id: int, version: int, holder_id: int | None, planned_on: date | None, by: Actor, at: datetime
) -> Target:
    """An officer is to visit on a day (feature 29)."""
    row = _held(target_id=target_id, version=version, by=by, step="plan")
    if planned_on and not row.campaign.opens_on <= planned_on <= row.campaign.closes_on:
        raise BadInput(say("走访日要在行动期间内。请核对日期。"), field="planned_on")
    if holder_id is not None:
        _require_officer(row, holder_id, by=by, on=day_of(at))
    row.holder_id, row.planned_on = holder_id, planned_on
    row.version += 1
    row.save()
    with beyond():
        tasks.cancel(by=by, at=at, about=(rules.TARGET, row.pk), reason="重新安排")
        enter_line(
            verb="plan_visit",
            row=row,
            by=by,
            at=at,
            holder=holder_id,
            planned_on=planned_on and planned_on.isoformat(),
        )
        if row.outcome == Outcome.OPEN:
            lay(row=row, by=by, at=at)
    return row


def _require_officer(row: Target, holder_id: int, *, by: Actor, on: date) -> None:
    """Whoever is sent holds a post at the target's union, or at the one that arranges it."""
    unit_ids = {row.unit_id, by.unit_id or row.unit_id}
    here = accounts.holders_at(unit_ids=unit_ids, day=on)
    if holder_id not in {one.user_id for one in here if one.carries(Word.SETTLE)}:
        raise BadInput(say("走访干部须是负责走访的工会或本级工会的干部。请重新选择。"), field="holder")


@transaction.atomic
def plan_visits(
    *,
    targets: Sequence[tuple[int, int]],
    holder_id: int | None,
    planned_on: date | None,
    by: Actor,
    at: datetime,
) -> int:
    """An officer is to visit several (number and version each) on a day; all of them or none (B4)."""
    for target_id, version in targets:
        plan_visit(
            target_id=target_id, version=version, holder_id=holder_id, planned_on=planned_on, by=by, at=at
        )
    return len(targets)


@transaction.atomic
def settle_target(
    *, target_id: int, outcome: Outcome, why: str, version: int | None, by: Actor, at: datetime
) -> Target:
    """Somebody declined or could not be reached, with the reason; a visit alone says visited (R-AID-01)."""
    if outcome not in {Outcome.DECLINED, Outcome.UNREACHABLE}:
        raise BadInput(say("“已走访”由走访记录登记，不能直接选。"), field="outcome")
    if not why.strip():
        raise BadInput(say("请写明原因，例如：两次上门无人、电话停机。"), field="why")
    row = _held(target_id=target_id, version=version, by=by, step="settle")
    if row.outcome == Outcome.VISITED:
        raise Refused(say("这一户已经走访过，不能改成没有走访。"))
    _set(row, outcome, why.strip(), by=by, at=at)
    enter_line(verb="settle_target", row=row, by=by, at=at, reason=why)
    with beyond():
        tasks.finish(by=by, at=at, about=(rules.TARGET, row.pk))
    return row


def _set(row: Target, outcome: Outcome, why: str, *, by: Actor, at: datetime) -> None:
    row.outcome, row.outcome_why = outcome, why
    row.outcome_by, row.outcome_at = by.user_id, at
    row.version += 1
    row.save()


@transaction.atomic
def reopen_target(*, target_id: int, version: int, reason: str, by: Actor, at: datetime) -> Target:
    """Somebody who declined or was not reached is to be visited after all."""
    row = _held(target_id=target_id, version=version, by=by, step="reopen")
    if row.outcome in {Outcome.OPEN, Outcome.VISITED}:
        raise Refused(say("只有“本人谢绝”和“联系不上”的可以重新走访。"))
    row.outcome, row.outcome_why, row.outcome_by, row.outcome_at = Outcome.OPEN, "", None, None
    row.version += 1
    row.save()
    enter_line(verb="reopen_target", row=row, by=by, at=at, reason=reason)
    with beyond():
        lay(row=row, by=by, at=at)
    return row


@transaction.atomic
def link_target(*, target_id: int, household_id: int, by: Actor, at: datetime) -> bool:
    """The household of somebody who was reported is known now; False where it stands on the list already."""
    row = _held(target_id=target_id, version=None, by=by, step="link")
    with beyond():
        home = households.household_by_number(household_id=household_id)
        twins = Target.objects.filter(campaign_id=row.campaign_id).exclude(pk=row.pk)
        same = Q(household_id=home.pk) | Q(person_id=home.head_id)
        if row.household_id is not None or twins.filter(same).exists():
            return False
        row.household_id, row.person_id = home.pk, row.person_id or home.head_id
        row.version += 1
        row.save()
        enter_line(verb="link_target", row=row, by=by, at=at, household=home.pk)
    return True


def mark_visited(*, target_id: int, household_id: int, by: Actor, at: datetime) -> Target:
    """A visit was made: called by the action of the visit in its own transaction, inside `beyond`.

    Raises Refused where the household stands on the list of the same campaign already.
    """
    row = Target.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=target_id)
    if row.campaign.state != State.RUNNING:
        raise StepRefused(say("这项行动现在不在进行中，不能再登记。"), step="visit")
    twins = Target.objects.filter(campaign_id=row.campaign_id, household_id=household_id).exclude(pk=row.pk)
    if twins.exists():
        raise Refused(say("这一户在这项行动里已经登记过。请在已有的对象上登记走访。"), field="target")
    if row.outcome == Outcome.VISITED and row.household_id == household_id:
        return row
    row.household_id = household_id
    _set(row, Outcome.VISITED, "", by=by, at=at)
    enter_line(verb="mark_visited", row=row, by=by, at=at, household=household_id)
    tasks.finish(by=by, at=at, about=(rules.TARGET, row.pk))
    return row


def unmark_visited(*, target_id: int, reason: str, by: Actor, at: datetime) -> Target:
    """The only visit was voided: the target is open again. Called like `mark_visited`, inside `beyond`.

    Raises StepRefused while the campaign is over: it is opened again first, so that its board stays true.
    """
    row = Target.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=target_id)
    if row.campaign.state != State.RUNNING:
        raise StepRefused(
            say("这项行动已经结束，作废走访会让它的结果不实。请先重新开放行动，再来作废。"), step="void"
        )
    if row.outcome == Outcome.VISITED:
        row.outcome, row.outcome_why, row.outcome_by, row.outcome_at = Outcome.OPEN, "", None, None
        row.version += 1
        row.save()
        enter_line(verb="unmark_visited", row=row, by=by, at=at, reason=reason)
        lay(row=row, by=by, at=at)
    return row
