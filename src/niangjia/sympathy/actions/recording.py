"""The visit was made: by whom, what was given, how it was received (R-AID-14, R-AID-15)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.accounts.queries import Holder
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.sympathy import queries, rules
from niangjia.sympathy.actions import desk
from niangjia.sympathy.actions.receiving import receive
from niangjia.sympathy.actions.recipients import recipient_of
from niangjia.sympathy.actions.settling import settle_if_whole
from niangjia.sympathy.actions.stepping import held, record, sealed, stepped
from niangjia.sympathy.models import SympathyVisit, Visitor
from niangjia.sympathy.rules import Visited
from niangjia.sympathy.rules.flow import OPEN

LONGEST_WORDS = 500
MOST_FEN = 100_000_000


@transaction.atomic
def record_visit(
    *, visit_id: int, version: int | None, visited: Visited, by: Actor, at: datetime
) -> SympathyVisit:
    """The visit was made. What was spent waits for the accountant; where nothing was, all is settled.

    Raises StepRefused where fewer went than policy asks, Refused above the cap of the occasion.
    """
    row = held(visit_id=visit_id, version=version, by=by)
    _require_told(row, visited, at=at)
    cap = queries.cap_at(unit_id=row.unit_id, occasion=row.occasion, day=visited.on)
    rules.require_within(visited.given.amount, cap, occasion=row.occasion)
    with beyond():
        count = _went(row, visited, by=by, at=at)
        least = queries.least_visitors(unit_id=row.unit_id, occasion=row.occasion, day=visited.on)
        stepped(row=row, step="record", facts={"enough_visitors": count >= least})
        row.visited_on, row.recorded_by, row.recorded_at = visited.on, by.user_id, at
        row.gift, row.gift_fen = visited.given.gift.strip(), visited.given.gift_value.fen
        row.amount_fen, row.cap_fen = visited.given.amount.fen, cap.fen
        row.words = sealed(row=row, text=visited.words.strip(), field="words")
        row.recipient_id, row.kin = recipient_of(row=row, kin=visited.kin, by=by, at=at)
        row.save()
        _say(row, count, by=by, at=at)
        receive(row=row, signed=visited.signed, by=by, at=at)
        if visited.given.anything and not row.receipt:
            desk.tell_recipient(row=row, by=by, at=at)
        _pass_on(row, spent=visited.given.spent, by=by, at=at)
    return row


def _say(row: SympathyVisit, visitors: int, *, by: Actor, at: datetime) -> None:
    day, gift, amount = str(row.visited_on), row.gift_fen, row.amount_fen
    record(
        verb="record_visit", row=row, by=by, at=at,
        visited_on=day, gift_fen=gift, amount_fen=amount, visitors=visitors,
    )  # fmt: skip


def _require_told(row: SympathyVisit, visited: Visited, *, at: datetime) -> None:
    given = visited.given
    if not row.since <= visited.on <= day_of(at):
        raise BadInput(say("慰问日要在发生日和今天之间。请核对日期。"), field="visited_on")
    if given.gift_value and not given.gift.strip():
        raise BadInput(say("请写明慰问品是什么，例如“牛奶、水果”。"), field="gift")
    for name, sum_ in (("gift_value", given.gift_value), ("amount", given.amount)):
        if not 0 <= sum_.fen <= MOST_FEN:
            raise BadInput(say("请填写 0 至 {most} 元之间的金额。", most=MOST_FEN // 100), field=name)
    if len(visited.words.strip()) > LONGEST_WORDS:
        raise BadInput(say("“职工诉求”最多 {n} 个字。", n=LONGEST_WORDS), field="words")


def _went(row: SympathyVisit, visited: Visited, *, by: Actor, at: datetime) -> int:
    """Who went stands beside the visit; returns how many they were."""
    able = {one.user_id: one for one in queries.colleagues_of(path=row.path, actor=by, day=day_of(at))}
    officers = _officers(row, visited, able)
    others = list(dict.fromkeys(parse_name(name).printed for name in visited.others))
    row.visitors.all().delete()
    went = [
        Visitor(visit=row, user_id=one.user_id, person_id=one.person_id, name=one.name) for one in officers
    ]
    Visitor.objects.bulk_create([*went, *(Visitor(visit=row, name=name) for name in others)])
    return len(officers) + len(others)


def _officers(row: SympathyVisit, visited: Visited, able: Mapping[int, Holder]) -> list[Holder]:
    told = sorted(set(visited.officers))
    if not set(told) <= able.keys():
        raise BadInput(say("有一位同志不在可选的名单里。请重新选择同去的人。"), field="officers")
    kin = set(accounts.accounts_of(people=households.relatives_of(person_id=row.person_id)))
    if kin & set(told):
        raise BadInput(say("慰问对象本人和同住的家人不能作为慰问人员。"), field="officers")
    return [able[one] for one in told]


def _pass_on(row: SympathyVisit, *, spent: bool, by: Actor, at: datetime) -> None:
    """To the accountant; a visit that cost nothing is settled as soon as it is signed for."""
    desk.done(row=row, by=by, at=at)
    if not settle_if_whole(row=row, by=by, at=at) and spent:
        desk.lay_settling(row=row, by=by, at=at)


@transaction.atomic
def take_back_visit(
    *, visit_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> SympathyVisit:
    """What was recorded was wrong: the visit is to be recorded anew, before any money went out."""
    if not reason.strip():
        raise BadInput(say("请写明哪里登记错了。"), field="reason")
    row = held(visit_id=visit_id, version=version, by=by)
    stepped(row=row, step="take_back", facts=queries.facts_for(visit=row))
    _require_no_other(row)
    was = {"amount_fen": row.amount_fen, "gift_fen": row.gift_fen}
    with beyond():
        row.visitors.all().delete()
        row.visited_on = row.recorded_by = row.recorded_at = row.recipient_id = row.cap_fen = None
        row.gift, row.gift_fen, row.amount_fen, row.kin, row.words = "", 0, 0, "", None
        row.receipt, row.received_at, row.signer, row.signature = "", None, "", None
        row.reason = reason.strip()
        row.save()
        record(verb="take_back_visit", row=row, by=by, at=at, reason=reason, **was)
        desk.fall_away(row=row, by=by, at=at, reason=reason.strip())
        desk.lay_visit(row=row, by=by, at=at)
    return row


def _require_no_other(row: SympathyVisit) -> None:
    others = SympathyVisit.objects.filter(person_id=row.person_id, occasion=row.occasion, state__in=OPEN)
    with beyond():
        if others.exclude(pk=row.pk).exists():
            words = say("这位职工同一情形还有一件慰问没有办完，不能退回这一件。请先办完那一件。")
            raise Refused(words)
