"""Visits as a scope sees them, what policy says of one, and on whose desk it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.kernel.access import EVERYWHERE, Actor, Scope
from niangjia.kernel.paths import chain_of
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import SealBroken, unseal
from niangjia.kernel.words import Said, say
from niangjia.papers.rules import Subject
from niangjia.payments import queries as payments
from niangjia.payments.rules import State as PayState
from niangjia.people import queries as people
from niangjia.sympathy.models import GoodsVoucher, SympathyVisit, Visitor
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import GIVEN, KIND, OCCASIONS, Cap, GoodsState, State, facts_of
from niangjia.sympathy.rules.flow import OPEN

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder

TABLE = "sympathy_sympathyvisit"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every field stands in the address. `open` are those still to be made."""

    state: str = ""
    occasion: str = ""
    name: str = ""
    unit: int | None = None


def visits_within(*, scope: Scope) -> QuerySet[SympathyVisit]:
    """Those of the unions of a scope."""
    return within(SympathyVisit.objects.all(), scope=scope)


def visits_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[SympathyVisit]:
    """The same for an acting post."""
    return visits_within(scope=actor.scope_for(word))


def visit_for(*, visit_id: int, actor: Actor, word: Word = Word.READ) -> SympathyVisit:
    """One of them, or 404."""
    return the_one(visits_for(actor=actor, word=word).filter(pk=visit_id))


def own_visits(*, person_id: int) -> QuerySet[SympathyVisit]:
    """The visits that were made to somebody, newest first; to be asked inside `beyond`."""
    rows = SympathyVisit.objects.filter(person_id=person_id, state__in=[str(one) for one in GIVEN])
    return rows.select_related("unit").order_by("-visited_on", "-pk")


def own_visit(*, visit_id: int, person_id: int) -> SympathyVisit:
    """One visit to somebody himself, or 404; it was made."""
    return the_one(own_visits(person_id=person_id).filter(pk=visit_id))


def reported_by(*, actor: Actor) -> QuerySet[SympathyVisit]:
    """What the account itself reported; a group leader reads no more than how it stands (SC-11)."""
    return visits_for(actor=actor, word=Word.REPORT).filter(reported_by=actor.user_id or 0)


def narrowed(*, rows: QuerySet[SympathyVisit], filters: Filters) -> QuerySet[SympathyVisit]:
    """The rows that the filters leave."""
    if filters.state == "open":
        rows = rows.filter(state__in=[str(one) for one in OPEN])
    elif filters.state in set(State):
        rows = rows.filter(state=filters.state)
    if filters.occasion in OCCASIONS:
        rows = rows.filter(occasion=filters.occasion)
    if filters.unit is not None:
        rows = rows.filter(unit_id=filters.unit)
    return rows.filter(name__contains=filters.name) if filters.name else rows


def counts_of(*, rows: QuerySet[SympathyVisit]) -> Mapping[str, int]:
    """How many visits stand in each state: visits, that is person-times, never persons (R-G-05)."""
    told = rows.values_list("state").annotate(count=Count("pk")).order_by()
    return {str(state): count for state, count in told}


def visitors_of(*, visit: SympathyVisit) -> list[Visitor]:
    """Who went, for whoever was admitted to the visit."""
    with beyond():
        return list(visit.visitors.order_by("pk"))


def words_of(*, visit: SympathyVisit, field: str) -> str:
    """A sealed column of a visit in plain words; empty where nothing is told or nothing can be read."""
    value = getattr(visit, field)
    if not value:
        return ""
    try:
        return unseal(value, table=TABLE, person_id=visit.person_id, field=field)
    except SealBroken:
        return ""


def other_visits(*, visit: SympathyVisit, since: date) -> QuerySet[SympathyVisit]:
    """What else the same person was given since a day, wherever; to be asked inside `beyond` (App. D 21)."""
    rows = SympathyVisit.objects.filter(person_id=visit.person_id, since__gte=since)
    return rows.exclude(pk=visit.pk).exclude(state=State.CANCELLED).order_by("-since", "-pk")


def cap_at(*, unit_id: int, occasion: str, day: date) -> Cap:
    """The cap of an occasion in force for a union on a day (R-AID-15)."""
    with beyond():
        found = value_of(key="aid.caps", unit_id=unit_id, day=day)
    return Cap.of(found.of(tuple), occasion, verified=found.verified, paper=found.paper)


def least_visitors(*, unit_id: int, occasion: str, day: date) -> int:
    """How many go together at least."""
    with beyond():
        return value_of(key="visit.sympathy_visitors", unit_id=unit_id, day=day, occasion=occasion).of(int)


def desk_for(*, path: str, word: str, day: date, without: frozenset[int] = frozenset()) -> int:
    """The nearest union, from the path upwards, where somebody carries the word; `without` are persons."""
    chain = chain_of(path)
    found: dict[int, bool] = {}
    for one in accounts.holders_at(unit_ids=chain, day=day):
        if one.carries(word) and one.person_id not in without:
            found[one.unit_id] = True
    return next((unit for unit in chain if found.get(unit)), chain[0])


def facts_for(*, visit: SympathyVisit) -> dict[str, object]:
    """What the guards of the workflow ask of a visit that was made."""
    about = (KIND, visit.pk)
    with beyond():
        voucher = goods_voucher(about=about)
        return facts_of(
            amount_fen=visit.amount_fen,
            gift_fen=visit.gift_fen,
            anything=bool(visit.gift or visit.amount_fen),
            receipt=visit.receipt,
            paid=visit.paid_on is not None,
            paying=order_standing(about=about, scope=EVERYWHERE) is not None,
            booked=voucher is not None and voucher.state == GoodsState.POSTED,
            proposed=voucher is not None,
        )


def goods_voucher(*, about: tuple[str, int]) -> GoodsVoucher | None:
    """The voucher of the goods of a visit or a batch that stands, if there is one; inside `beyond`."""
    rows = GoodsVoucher.objects.filter(about_kind=about[0], about_id=about[1])
    return rows.exclude(state=GoodsState.REFUSED).first()


def order_standing(*, about: tuple[str, int], scope: Scope) -> "PaymentOrder | None":
    """The order that pays for a matter, if one stands; one that was cancelled or refunded does not."""
    found = payments.order_of(about=about, scope=scope)
    gone = found is None or found.state in {PayState.REFUNDED, PayState.CANCELLED}
    return None if gone else found


def paid_otherwise(*, person_id: int, day: date) -> bool:
    """Whether somebody is paid by another order of the same day; inside `beyond` (App. D 21)."""
    rows = payments.orders_in_scope(scope=EVERYWHERE).filter(payee_id=person_id, made_at__date=day)
    return rows.exclude(state__in=[PayState.REFUNDED, PayState.CANCELLED]).exists()


def recipient_said(*, row: SympathyVisit) -> Said:
    """Who receives: he himself, somebody who signed for him, or the next of kin."""
    if row.recipient_id in {None, row.person_id}:
        return say("本人（{name}代签）", name=row.signer) if row.signer else say("本人")
    person = people.records(person_ids=[row.recipient_id or 0]).first()
    return say("{name}（{relation}）", name=person.name if person else "—", relation=row.kin)


def visit_subject(*, about_id: int, scope: Scope) -> Subject:
    """The visit that a signed paper hangs on, or 404 (the port of papers)."""
    row = the_one(visits_within(scope=scope).filter(pk=about_id))
    href = reverse("sympathy-visit", args=[row.pk])
    return Subject(
        KIND, row.pk, unit_id=row.unit_id, path=row.path, name=row.name, href=href, person_id=row.person_id
    )
