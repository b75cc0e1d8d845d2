"""Restructures as a scope sees them, and the plan as the parties take it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from niangjia.kernel.access import EVERYWHERE, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.words import Said, listed, say
from niangjia.papers.rules import Subject
from niangjia.restructuring.models import OpenMatter, Restructure, Side
from niangjia.restructuring.rules import KIND, OPEN, Kind, Plan, Share, State

HEIR, SOURCE = Side.Part.HEIR, Side.Part.SOURCE


def restructures_in_scope(*, scope: Scope) -> QuerySet[Restructure]:
    """Those that the union of the scope decides, and those that touch one of its unions."""
    rows = Restructure.objects.select_related("desk")
    if scope.tops == ("",):
        return rows
    touched = within(Side.objects.filter(restructure=OuterRef("pk")), scope=scope)
    here = within(Restructure.objects.all(), scope=scope).values("pk")
    return rows.filter(Q(pk__in=here) | Exists(touched))


def restructure_in_scope(*, restructure_id: int, scope: Scope) -> Restructure:
    """One of them with all its sides, or 404."""
    row = the_one(restructures_in_scope(scope=scope).filter(pk=restructure_id))
    tell_whole(rows=[row])
    return row


def tell_whole(*, rows: Iterable[Restructure]) -> None:
    """Whoever may see a restructure sees every union that it touches, those outside the own scope too."""
    with beyond():
        prefetch_related_objects(list(rows), "sides__unit", "shares__unit")


def locked(*, restructure_id: int) -> Restructure:
    """The restructure, held until the transaction ends; its sides are held with it."""
    row = Restructure.objects.select_for_update().filter(pk=restructure_id).first()
    if row is None:
        raise NotVisible
    list(Side.objects.select_for_update().filter(restructure=row).order_by("pk"))
    return row


def plan_of(*, row: Restructure) -> Plan:
    """The plan as the parties take it; an heir still to be founded has a negative number."""
    sides = sorted(row.sides.all(), key=lambda side: side.pk)
    sources = tuple(side.unit_id for side in sides if side.part == SOURCE)
    heirs = [side.unit_id for side in sides if side.part == HEIR]
    shares = sorted(row.shares.all(), key=lambda share: share.pk)
    kind, goes_on = Kind(row.kind), not row.source_ends
    target = heirs[0] if heirs else None
    if kind is Kind.SPLIT:
        rest = next((share.unit_id or -share.pk for share in shares if share.takes_rest), None)
        target = sources[0] if goes_on else rest
    return Plan(
        restructure_id=row.pk,
        kind=kind,
        effective_on=row.effective_on,
        source_ids=sources,
        target_id=target,
        shares=tuple(
            Share(share.unit_id or -share.pk, tuple(share.unit_ids), tuple(share.employer_ids))
            for share in shares
        ),
        ends=() if kind is Kind.CONVERT or (kind is Kind.SPLIT and goes_on) else sources,
    )


def open_matters(*, row: Restructure) -> QuerySet[OpenMatter]:
    """What must still be settled before the day."""
    return OpenMatter.objects.filter(restructure=row, settled_at=None).select_related("unit").order_by("pk")


def other_open_plans(*, sources: Iterable[int], heir_id: int | None, but: int = 0) -> QuerySet[Side]:
    """Where one of these unions stands in another open plan in a way that this one would cross."""
    ids = list(sources)
    crossing = Q(unit__in=ids) | Q(unit=heir_id, part=SOURCE)
    rows = Side.objects.filter(crossing, is_open=True).exclude(restructure=but)
    return rows.select_related("unit", "restructure")


def due(*, today: object) -> list[int]:
    """The numbers of the audited plans whose day has come."""
    rows = Restructure.objects.filter(state=State.AUDITED, effective_on__lte=today)
    return list(rows.order_by("effective_on", "pk").values_list("pk", flat=True))


def to_be_checked() -> list[int]:
    """The numbers of the approved plans that wait for their day."""
    rows = Restructure.objects.filter(state__in=(State.APPROVED, State.AUDITED))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_plans_of(*, unit_id: int) -> list[Restructure]:
    """The open plans in which a union stands as source or heir."""
    rows = restructures_in_scope(scope=EVERYWHERE).filter(sides__unit=unit_id, state__in=OPEN).distinct()
    return list(rows.order_by("pk"))


def restructure_subject(*, about_id: int, scope: Scope) -> Subject:
    """The restructure that files and papers hang on, or 404 (the port of papers)."""
    row = restructure_in_scope(restructure_id=about_id, scope=scope)
    href = reverse("restructure", args=[row.pk])
    return Subject(KIND, row.pk, unit_id=row.desk_id, path=row.path, name=str(title_of(row=row)), href=href)


def title_of(*, row: Restructure) -> Said:
    """What a restructure is called: what is done to whom, into what."""
    sources = listed([side.unit.name for side in row.sides.all() if side.part == SOURCE])
    heirs = [side.unit.name for side in row.sides.all() if side.part == HEIR]
    if row.kind == Kind.MERGE and heirs:
        return say("{sources}并入{heir}", sources=sources, heir=heirs[0])
    if row.kind == Kind.DISSOLVE:
        return say("撤销{sources}", sources=sources)
    if row.kind == Kind.SPLIT:
        return say("{sources}分立", sources=sources)
    return say("{sources}改制", sources=sources)
