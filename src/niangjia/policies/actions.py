"""A union sets, ends or withdraws its own value of a policy; what was in force once stays readable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from niangjia.kernel import journal, policy
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.policy import Definition, Kind, Shape
from niangjia.kernel.versions import Overtaken, lines_of
from niangjia.kernel.words import say
from niangjia.policies import queries, rules
from niangjia.policies.models import LocalValue
from niangjia.policies.permissions import Word
from niangjia.tree import queries as tree

KIND = "policies.local_value"


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """What a union says of its own value. Without `value` it sets only bounds or a lock for those below."""

    key: str
    value: object
    since: date
    paper: str
    until: date | None = None
    dims: Mapping[str, str] = field(default_factory=dict)
    low: object = None
    high: object = None
    locked: bool = False


@transaction.atomic
def set_local_value(
    *, unit_id: int, draft: ValueDraft, version: int | None = None, today: date, by: Actor, at: datetime
) -> LocalValue:
    """The union's own value holds from `since` on; the one before it ends that day (S-NB-14, R-STAR-01).

    Raises BadInput for a value outside the bounds above, locked above, or not for this level to set; Refused
    where a value in use already would change for days gone by; Overtaken if `version` no longer stands.
    """
    unit = tree.public_unit(unit_id=unit_id)
    by.require(Word.SET, at=unit.path)
    definition = policy.shipped().definition(draft.key)
    draft = replace(draft, key=definition.key, dims={name: _policy_dim(v) for name, v in draft.dims.items()})
    rows = _own_rows(unit_id=unit_id, draft=draft)
    _require_version(rows, version)
    _require_allowed(definition, draft, unit_id=unit_id, kind=unit.kind)
    before = _make_room(rows, draft, today=today)
    later = min((row.since for row in rows if row.since > draft.since), default=None)
    row = _save(definition, draft, unit_id=unit_id, later=later, by=by, at=at)
    journal.record(
        "set_local_value",
        by=by,
        at=at,
        kind=KIND,
        object_id=row.pk,
        before=before,
        after=_told(row),
        reason=draft.paper,
    )
    return row


def _policy_dim(value: object) -> str:
    """A dimension's value as the catalogue compares it."""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _own_rows(*, unit_id: int, draft: ValueDraft) -> list[LocalValue]:
    """The union's values of this policy and case, held until the transaction ends."""
    key = rules.dims_key(draft.dims)
    with connection.cursor() as cursor:
        name = f"policies:{unit_id}:{draft.key}:{key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    return list(LocalValue.objects.filter(unit_id=unit_id, key=draft.key, dims_key=key).order_by("since"))


def _require_version(rows: Sequence[LocalValue], version: int | None) -> None:
    standing = queries.version_of(rows=rows)
    if version is not None and version != standing:
        line = next(iter(lines_of(kind=KIND, object_ids=[row.pk for row in rows], limit=1)), None)
        raise Overtaken(line, version=standing, model=LocalValue)


def _require_allowed(definition: Definition, draft: ValueDraft, *, unit_id: int, kind: str) -> None:
    """Level, locks and bounds above, paper and shape; own other values are dealt with by making room."""
    level = rules.level_of(kind)
    chain = tree.chain_ids_on(unit_id=unit_id, day=draft.since)
    if level is None:
        raise NotAllowed(say("分工会和工会小组不另设政策值，请由所属的基层工会办理。"))
    if not chain:
        raise Refused(say("{day} 这一天本组织还没有设立或已经撤销。", day=draft.since), field="since")
    _, *above = chain
    proposal = policy.LocalValue(
        definition.key,
        unit_id,
        draft.value,
        draft.since,
        draft.until,
        draft.paper,
        draft.locked,
        draft.low,
        draft.high,
        draft.dims,
    )
    values = queries.values_for(chain=above, keys=[definition.key])
    policy.require_local_value(definition, proposal, level=level, above=above, values=values)


def _make_room(rows: Sequence[LocalValue], draft: ValueDraft, *, today: date) -> dict[str, Any]:
    """The value that would hold on the first day ends then; days gone by keep theirs."""
    standing = next((row for row in rows if _covers(row, draft.since)), None)
    if standing is None:
        return {}
    before = _told(standing)
    if standing.since == draft.since:
        if standing.since <= today:
            text = "自 {since} 起已有一个在用的值，不能改写。请把新的值定在以后的一天。"
            raise Refused(say(text, since=standing.since), field="since")
        LocalValue.objects.filter(pk=standing.pk).delete()
        return before
    if draft.since < today:
        text = "现行的值自 {since} 起已在使用，新的值最早从今天（{today}）起生效。"
        raise Refused(say(text, since=standing.since, today=today), field="since")
    LocalValue.objects.filter(pk=standing.pk).update(until=draft.since, version=standing.version + 1)
    return before


def _covers(row: LocalValue, day: date) -> bool:
    return row.since <= day and (row.until is None or day < row.until)


def _save(
    definition: Definition, draft: ValueDraft, *, unit_id: int, later: date | None, by: Actor, at: datetime
) -> LocalValue:
    """A value that is planned for later is left: this one ends where that one begins."""
    ends = [day for day in (draft.until, later) if day is not None]
    shape = definition.shape
    single = Shape(Kind.COUNT if shape.kind is Kind.COUNTS else shape.kind)
    return LocalValue.objects.create(
        unit_id=unit_id,
        key=definition.key,
        dims=dict(draft.dims),
        dims_key=rules.dims_key(draft.dims),
        value=_stored(shape, draft.value),
        low=_stored(single, draft.low),
        high=_stored(single, draft.high),
        locked=draft.locked,
        paper=draft.paper.strip(),
        since=draft.since,
        until=min(ends) if ends else None,
        set_by=by.user_id,
        set_at=at,
    )


def _stored(shape: Shape, raw: object) -> object:
    return None if raw is None else policy.dump(shape.read(raw))


def _told(row: LocalValue) -> dict[str, Any]:
    return {
        "key": row.key,
        "value": row.value,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "locked": row.locked,
    }


@transaction.atomic
def end_local_value(
    *, value_id: int, until: date, reason: str, today: date, by: Actor, at: datetime
) -> LocalValue:
    """The union's own value ends on a day from today on; from then the value above holds again.

    A value that has not begun is withdrawn instead (`withdraw_local_value`).
    """
    row = _held(value_id, by)
    if not reason.strip():
        raise BadInput(say("请写明为什么停用。"), field="reason")
    if until < today or until <= row.since:
        raise BadInput(say("停用日不能早于今天，也要晚于生效日 {since}。", since=row.since), field="until")
    if row.until is not None and row.until <= until:
        raise BadInput(say("这个值到 {until} 已经停用。", until=row.until), field="until")
    before = _told(row)
    LocalValue.objects.filter(pk=row.pk).update(until=until, version=row.version + 1)
    row.refresh_from_db()
    _journal("end_local_value", row, before=before, reason=reason, by=by, at=at)
    return row


@transaction.atomic
def withdraw_local_value(*, value_id: int, reason: str, today: date, by: Actor, at: datetime) -> None:
    """A planned value that has not begun is taken back, and the one that it would have ended goes on.

    The journal keeps what it was.
    """
    row = _held(value_id, by)
    if row.since <= today:
        raise Refused(say("这个值自 {since} 起已在使用，不能撤回，只能停用。", since=row.since))
    before = _told(row)
    LocalValue.objects.filter(pk=row.pk).delete()
    _resume(row)
    _journal("withdraw_local_value", row, before=before, reason=reason, by=by, at=at)


def _resume(gone: LocalValue) -> None:
    """The value that made room for a withdrawn one gets back the end that the journal remembers."""
    lines = [line for line in lines_of(kind=KIND, object_ids=[gone.pk]) if line.verb == "set_local_value"]
    before = lines[-1].before if lines else {}
    previous = LocalValue.objects.filter(
        unit_id=gone.unit_id, key=gone.key, dims_key=gone.dims_key, until=gone.since
    ).first()
    if previous is None or previous.since.isoformat() != before.get("since"):
        return
    known = date.fromisoformat(before["until"]) if before["until"] else None
    ends = [day for day in (known, gone.until) if day is not None]
    LocalValue.objects.filter(pk=previous.pk).update(
        until=min(ends) if ends else None, version=previous.version + 1
    )


def _held(value_id: int, by: Actor) -> LocalValue:
    row = LocalValue.objects.select_for_update().filter(pk=value_id).first()
    if row is None:
        raise NotVisible
    by.require(Word.SET, at=row.path)
    return row


def _journal(
    verb: str, row: LocalValue, *, before: dict[str, Any], reason: str, by: Actor, at: datetime
) -> None:
    after = _told(row) if verb == "end_local_value" else {}
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=row.pk or 0, before=before, after=after, reason=reason
    )
