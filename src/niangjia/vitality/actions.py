"""Activities are recorded or voided; the seven haves are checked once a year, corrected by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.versions import Overtaken
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.vitality import queries, rules
from niangjia.vitality.models import Activity, SevenHaves
from niangjia.vitality.permissions import Word
from niangjia.vitality.rules import ACTIVITY, SEVEN_HAVES, ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What was done, when, where, and how many took part (person-times)."""

    kind: ActivityKind
    title: str
    held_on: date
    attendances: int = 0
    place: str = ""


@transaction.atomic
def record_activity(*, unit_id: int, draft: ActivityDraft, by: Actor, at: datetime) -> Activity:
    """The organisation did this; it counts as a sign of life from the day on which it was held."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(Word.RECORD))
    by.require(Word.RECORD, at=row.path)
    rules.require_activity_day(draft.held_on, founded=row.established_on, today=day_of(at))
    columns = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    made = Activity.objects.create(
        organisation=row, path=row.path, recorded_by=by.user_id, recorded_at=at, **columns
    )
    after = {"unit": row.pk, "kind": str(draft.kind), "held_on": draft.held_on.isoformat()}
    journal.record("record_activity", by=by, at=at, kind=ACTIVITY, object_id=made.pk, after=after)
    return made


@transaction.atomic
def void_activity(*, activity_id: int, reason: str, by: Actor, at: datetime) -> Activity:
    """A record that was wrong counts no more; it stays readable with the reason."""
    row = queries.activity_in_scope(activity_id=activity_id, scope=by.scope_for(Word.RECORD))
    by.require(Word.RECORD, at=row.path)
    row = Activity.objects.select_for_update().get(pk=row.pk)
    if row.void_reason:
        raise Refused(say("这条活动记录已经作废。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么作废。"), field="reason")
    Activity.objects.filter(pk=row.pk).update(void_reason=reason.strip())
    journal.record("void_activity", by=by, at=at, kind=ACTIVITY, object_id=row.pk, reason=reason)
    row.refresh_from_db()
    return row


@transaction.atomic
def check_seven_haves(
    *,
    unit_id: int,
    met: Mapping[str, bool],
    evidence: Mapping[str, str],
    version: int,
    by: Actor,
    at: datetime,
) -> SevenHaves:
    """The self-check of this year stands, item by item with its evidence (R-PG-19).

    Raises Overtaken for a stale version, Refused where the items are no longer those of the policy.
    """
    row = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(Word.RECORD))
    by.require(Word.RECORD, at=row.path)
    today = day_of(at)
    asked = queries.items_asked(unit_id=row.pk, day=today)
    rules.require_items(met, asked=asked)
    items = [{"name": name, "ok": met[name], "evidence": evidence.get(name, "").strip()} for name in asked]
    known = SevenHaves.objects.select_for_update().filter(organisation=row, year=today.year).first()
    if (known.version if known else 0) != version:
        raise Overtaken(None, version=known.version if known else 0, model=SevenHaves)
    if known is None:
        known = _first(row.pk, row.path, items, today, by)
    else:
        SevenHaves.objects.filter(pk=known.pk).update(
            items=items, checked_on=today, checked_by=by.user_id, version=F("version") + 1
        )
        known.refresh_from_db()
    after = {"unit": row.pk, "year": today.year, "met": known.met, "of": len(items)}
    journal.record("check_seven_haves", by=by, at=at, kind=SEVEN_HAVES, object_id=known.pk, after=after)
    return known


def _first(unit_id: int, path: str, items: list[dict[str, object]], today: date, by: Actor) -> SevenHaves:
    try:
        with transaction.atomic():
            return SevenHaves.objects.create(
                organisation_id=unit_id, path=path, year=today.year, items=items, checked_on=today,
                checked_by=by.user_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Overtaken(None, version=1, model=SevenHaves) from error
