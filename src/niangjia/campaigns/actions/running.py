"""A campaign is arranged, begun, and closed only when everybody it was to reach has an outcome (R-AID-02)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from niangjia.campaigns import queries, rules
from niangjia.campaigns.models import Campaign
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import CAMPAIGN, CampaignKind, State
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What is said of a campaign."""

    kind: CampaignKind
    year: int
    name: str
    opens_on: date
    closes_on: date
    words: str = ""


@transaction.atomic
def arrange_campaign(*, unit_id: int, draft: CampaignDraft, by: Actor, at: datetime) -> Campaign:
    """A campaign of a union and everybody beneath it; one of its kind a year."""
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.RUN))
    by.require(Word.RUN, at=unit.path)
    rules.require_days(draft.opens_on, draft.closes_on)
    if not draft.name.strip():
        raise BadInput(say("请填写行动名称，例如“2018 年春风助学”。"), field="name")
    try:
        with transaction.atomic():
            row = Campaign.objects.create(
                unit_id=unit.pk,
                kind=draft.kind,
                year=draft.year,
                name=draft.name.strip(),
                opens_on=draft.opens_on,
                closes_on=draft.closes_on,
                words=draft.words.strip(),
                made_by=by.user_id,
                made_at=at,
            )
    except IntegrityError as error:
        if "campaign_once_a_year" not in str(error):
            raise
        label = rules.KINDS[draft.kind]
        words = say(
            "{unit}在 {year} 年已有“{kind}”，不用重复建立。", unit=unit.name, year=draft.year, kind=label
        )
        raise Refused(words, field="kind") from error
    row.refresh_from_db()
    _record("arrange_campaign", row, by=by, at=at, kind=str(draft.kind), year=draft.year)
    return row


def _record(verb: str, row: Campaign, *, by: Actor, at: datetime, reason: str = "", **after: object) -> None:
    told = {"state": str(row.state), **after}
    journal.record(verb, by=by, at=at, kind=rules.KIND, object_id=row.pk, after=told, reason=reason)


def _stepped(*, campaign_id: int, step: str, version: int, by: Actor, facts: dict[str, object]) -> Campaign:
    row = queries.campaign_for(campaign_id=campaign_id, actor=by, word=Word.RUN)
    by.require(Word.RUN, at=row.path)
    row = Campaign.objects.select_for_update().get(pk=row.pk)
    if row.version != version:
        raise StepRefused(say("这项行动刚刚有人办过一步。请打开它看现在的情况，再决定。"), step=step)
    if step in {"close", "archive"}:
        with beyond():
            left = queries.open_count(campaign=row)
        facts = {"nobody_open": left == 0}
        if left:
            raise StepRefused(
                say("还有 {n} 户没有走访结果，不能结束。请逐户登记：已走访、本人谢绝或联系不上。", n=left),
                step=step,
            )
    row.state = CAMPAIGN.advance(row.state, step, facts)
    row.version += 1
    return row


@transaction.atomic
def begin_campaign(*, campaign_id: int, version: int, by: Actor, at: datetime) -> Campaign:
    """Everybody beneath may report and visit."""
    row = _stepped(campaign_id=campaign_id, step="begin", version=version, by=by, facts={})
    row.save()
    _record("begin_campaign", row, by=by, at=at)
    return row


@transaction.atomic
def close_campaign(*, campaign_id: int, version: int, by: Actor, at: datetime) -> Campaign:
    """It is over: every target was visited, declined or could not be reached, none is open (S-LA-11)."""
    row = _stepped(campaign_id=campaign_id, step="close", version=version, by=by, facts={})
    row.closed_at = at
    row.save()
    _record("close_campaign", row, by=by, at=at)
    return row


@transaction.atomic
def archive_campaign(*, campaign_id: int, version: int, by: Actor, at: datetime) -> Campaign:
    """It is over for good: what it found stays as it was."""
    row = _stepped(campaign_id=campaign_id, step="archive", version=version, by=by, facts={})
    row.save()
    _record("archive_campaign", row, by=by, at=at)
    return row


@transaction.atomic
def reopen_campaign(*, campaign_id: int, version: int, reason: str, by: Actor, at: datetime) -> Campaign:
    """It goes on after all, with its reason."""
    if not reason.strip():
        raise BadInput(say("请写明为什么重新开放。"), field="reason")
    row = _stepped(campaign_id=campaign_id, step="reopen", version=version, by=by, facts={})
    row.closed_at = None
    row.save()
    _record("reopen_campaign", row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def cancel_campaign(*, campaign_id: int, version: int, reason: str, by: Actor, at: datetime) -> Campaign:
    """It never began."""
    row = _stepped(campaign_id=campaign_id, step="cancel", version=version, by=by, facts={})
    row.state = State.CANCELLED
    row.save()
    _record("cancel_campaign", row, by=by, at=at, reason=reason)
    return row
