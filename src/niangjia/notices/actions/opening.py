"""A notice is arranged, with nothing in it but what may be shown; or taken down with a reason."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say
from niangjia.notices import queries, rules
from niangjia.notices.models import PublicNotice
from niangjia.notices.permissions import Word
from niangjia.notices.rules import Masked, NoticeKind, RollEntry, State
from niangjia.tree import queries as tree

KIND = "notices.notice"
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
_MOST = 2_000


@transaction.atomic
def open_notice(  # noqa: PLR0913 - a notice has these parts
    *,
    kind: NoticeKind,
    title: str,
    rows: Sequence[Mapping[str, object]],
    unit_id: int,
    starts_on: date,
    by: Actor,
    at: datetime,
    place: str = rules.Place.ONLINE,
    board: str = "",
    about_kind: str = "",
    about_id: int | None = None,
    roll: Sequence[RollEntry] | None = None,
) -> PublicNotice:
    """The notice is arranged for the working days that policy asks (R-G-02); what is not shown is not kept.

    `roll` is the union's own roll, if the matter knows a fuller one than the register of persons. Raises
    BadInput for what may not be told in public, Refused where the roll is too small to hide anybody in.
    """
    unit = tree.public_unit(unit_id=unit_id)
    by.require(Word.OPEN, at=unit.path)
    today = clock.day_of(at)
    _require_sound(title, rows, starts_on, today)
    shown, k = _shown(
        kind, rows, unit_id, day=today, roll=queries.roll_of(path=unit.path) if roll is None else roll
    )
    days = queries.value_at(key=kind.days, unit_id=unit_id, day=today).of(int)
    row = PublicNotice.objects.create(
        unit_id=unit_id,
        token="".join(secrets.choice(SIGNS) for _ in range(12)),
        kind=kind.key,
        title=title.strip(),
        about_kind=about_kind,
        about_id=about_id,
        place=rules.Place(place),
        board=board.strip(),
        columns=[[column.key, str(column.label)] for column in kind.columns],
        rows=[[row.cells[column.key] for column in kind.columns] for row in shown],
        k=k,
        workdays=days,
        starts_on=starts_on,
        ends_on=queries.calendar_at(unit_id=unit_id, day=today).until(starts_on, days),
        opened_by=by.user_id,
        opened_at=at,
    )
    after: dict[str, object] = {"rows": len(shown), "coarsened": sum(bool(one.coarse) for one in shown)}
    after |= {"starts_on": starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    journal.record("open_notice", by=by, at=at, kind=KIND, object_id=row.pk, after=after)
    return row


def _require_sound(title: str, rows: Sequence[object], starts_on: date, today: date) -> None:
    if not title.strip():
        raise BadInput(say("请填写标题。"), field="title")
    if starts_on < today:
        raise BadInput(say("公示不能从过去的日子算起。请填今天或以后的日子。"), field="starts_on")
    if not rows:
        raise BadInput(say("请至少填一行公示内容。"), field="rows")
    if len(rows) > _MOST:
        raise BadInput(say("一次最多公示 {n} 行，请分开公示。", n=_MOST), field="rows")


def _shown(
    kind: NoticeKind,
    rows: Sequence[Mapping[str, object]],
    unit_id: int,
    *,
    day: date,
    roll: Sequence[RollEntry],
) -> tuple[list[Masked], int]:
    edges = queries.value_at(key="notices.amount_bands", unit_id=unit_id, day=day).of(tuple)
    k = queries.value_at(key="notices.hidden_among", unit_id=unit_id, day=day).of(int)
    masked = [rules.masked(row, kind, edges=edges) for row in rows]
    return rules.hidden_among(masked, kind, roll=roll, k=k), k


@transaction.atomic
def withdraw(*, notice_id: int, reason: str, by: Actor, at: datetime) -> PublicNotice:
    """A notice is taken down before its end; it never counts as having run."""
    row = queries.notice_in_scope(notice_id=notice_id, scope=by.scope_for(Word.OPEN), lock=True)
    row.state = rules.NOTICE.advance(row.state, "withdraw", {"reason": reason.strip()})
    row.withdrawn_reason = reason.strip()
    row.version += 1
    row.save(update_fields=["state", "withdrawn_reason", "version"])
    after = {"state": State.WITHDRAWN}
    journal.record("withdraw_notice", by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=reason)
    return row
