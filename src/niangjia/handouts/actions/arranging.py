"""A batch is drafted with its roster: drawn from the register, or somebody added and taken off by hand."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from niangjia.campaigns import queries as campaigns
from niangjia.handouts import queries
from niangjia.handouts.actions.stepping import held, record, require_state
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import KIND, OCCASION_OF, BatchDraft, BatchKind, State, Whom, require_draft
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.people import queries as people
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import require_within
from niangjia.tree import queries as tree

MOST_ROWS = 10_000


@transaction.atomic
def arrange_batch(*, unit_id: int, draft: BatchDraft, by: Actor, at: datetime) -> HandoutBatch:
    """The batch stands as a draft with its roster: everybody at or under the union whom its kind is for."""
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.VISIT))
    by.require(Word.VISIT, at=unit.path)
    columns = _columns(draft, unit.pk, by=by)
    with beyond():
        row = HandoutBatch.objects.create(
            kind=draft.kind,
            unit_id=unit.pk,
            counted=draft.counted,
            made_by=by.user_id,
            made_at=at,
            **columns,
        )
        row.refresh_from_db()
        count = 0 if draft.counted or not draft.drawn else _drawn(row, draft.whom, by=by, at=at)
        record(verb="arrange_handout", row=row, by=by, at=at, kind=draft.kind, persons=count)
    return row


def _columns(draft: BatchDraft, unit_id: int, *, by: Actor) -> dict[str, object]:
    """The draft as the table takes it, inside the cap of its occasion (R-AID-15)."""
    require_draft(draft)
    cap = queries.cap_of(kind=draft.kind, unit_id=unit_id, day=draft.on)
    if draft.kind in OCCASION_OF:
        require_within(draft.amount, cap, occasion=OCCASION_OF[draft.kind])
    if draft.campaign_id is not None:
        campaigns.campaign_for(campaign_id=draft.campaign_id, actor=by)
    return {
        "name": draft.name.strip(),
        "campaign_id": draft.campaign_id,
        "on": draft.on,
        "site": draft.site.strip(),
        "goods": draft.goods.strip(),
        "each_fen": draft.each.fen,
        "amount_fen": draft.amount.fen,
        "cap_fen": cap.fen,
        "bought": draft.bought,
        "words": draft.words.strip(),
    }


@transaction.atomic
def amend_batch(
    *, batch_id: int, version: int | None, draft: BatchDraft, by: Actor, at: datetime
) -> HandoutBatch:
    """What is said of a draft is said anew; its kind and its roster stay."""
    row = held(batch_id=batch_id, version=version, by=by)
    require_state(row=row, state=State.DRAFT, step="amend")
    draft = replace(draft, kind=row.kind, counted=row.counted)
    if row.kind == BatchKind.BIRTHDAY and (draft.on.year, draft.on.month) != (row.on.year, row.on.month):
        raise BadInput(say("生日批次的月份不能改，名册是按那个月生成的。请另建一批。"), field="on")
    for name, value in _columns(draft, row.unit_id, by=by).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    with beyond():
        record(verb="amend_handout", row=row, by=by, at=at, each_fen=row.each_fen, amount_fen=row.amount_fen)
    return row


def _drawn(row: HandoutBatch, whom: Whom, *, by: Actor, at: datetime) -> int:
    """The roster as the register stands; returns how many. To be called inside `beyond`."""
    found = queries.drawn_for(kind=row.kind, path=row.path, on=row.on, whom=whom)
    if len(found.candidates) > MOST_ROWS:
        words = say(
            "名册有 {n} 人，一批最多 {most} 人。请按下级工会分批。", n=len(found.candidates), most=MOST_ROWS
        )
        raise Refused(words, field="kind")
    rows = [
        HandoutRow(
            batch=row,
            person_id=one.person_id,
            name=one.name,
            union_id=one.union_id,
            birthday=one.birthday,
        )
        for one in found.candidates
    ]
    HandoutRow.objects.bulk_create(rows, batch_size=1000)
    if rows:
        told = [{"batch": row.pk, "person": one.person_id} for one in rows]
        journal.record_rows("draw_roster", told, by=by, at=at, kind=KIND)
    return len(rows)


@transaction.atomic
def draw_again(
    *, batch_id: int, version: int | None, whom: Whom | None = None, by: Actor, at: datetime
) -> HandoutBatch:
    """The roster is drawn anew from the register as it stands; what was added by hand is gone."""
    row = held(batch_id=batch_id, version=version, by=by)
    require_state(row=row, state=State.DRAFT, step="draw")
    if row.counted:
        raise Refused(say("按人次发放的批次没有名册。"))
    with beyond():
        row.rows.all().delete()
        count = _drawn(row, whom or Whom(), by=by, at=at)
        _touched(row)
        record(verb="draw_handout_again", row=row, by=by, at=at, persons=count)
    return row


@transaction.atomic
def add_to_roster(
    *, batch_id: int, version: int | None, person_id: int, by: Actor, at: datetime
) -> HandoutRow:
    """Somebody stands on the roster too; nobody stands there twice."""
    row = held(batch_id=batch_id, version=version, by=by)
    require_state(row=row, state=State.DRAFT, step="add")
    if row.counted:
        raise Refused(say("按人次发放的批次没有名册。"))
    with beyond():
        person = people.records(person_ids=[person_id]).first()
        if person is None:
            raise NotVisible
        stretch = members.counting_now(person_id=person_id, day=day_of(at))
        try:
            with transaction.atomic():
                made = HandoutRow.objects.create(
                    batch=row,
                    person_id=person_id,
                    name=person.name,
                    union_id=stretch.union_id if stretch else row.unit_id,
                )
        except IntegrityError as error:
            words = say("{name}已经在名册里，不用重复添加。", name=person.name)
            raise Refused(words, field="who") from error
        _touched(row)
        record(verb="add_to_roster", row=row, by=by, at=at, person_id=person_id, row_id=made.pk)
    return made


@transaction.atomic
def drop_row(*, batch_id: int, row_id: int, by: Actor, at: datetime) -> HandoutBatch:
    """Somebody is taken off the roster while it is a draft."""
    row = held(batch_id=batch_id, version=None, by=by)
    require_state(row=row, state=State.DRAFT, step="drop")
    with beyond():
        one = queries.row_of(batch=row, row_id=row_id)
        person_id = one.person_id
        one.delete()
        _touched(row)
        record(verb="drop_from_roster", row=row, by=by, at=at, person_id=person_id, row_id=row_id)
    return row


def _touched(row: HandoutBatch) -> None:
    """The roster has changed: forms opened before are stale, nobody approves other counts than he saw."""
    row.version += 1
    row.save(update_fields=["version"])
