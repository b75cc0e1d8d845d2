"""A plan is made, its shares are named, it is changed, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import unit_id_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring import queries, rules
from niangjia.restructuring.actions import stepping, telling
from niangjia.restructuring.models import Restructure, Side
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Kind
from niangjia.tree import queries as tree_queries
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

DESKS = (OrgKind.COUNTY, OrgKind.CITY, OrgKind.PROVINCE)
PLANS = ("reason", "member_plan", "asset_plan", "debt_plan", "dossier_plan")


@dataclass(frozen=True, slots=True)
class RestructureDraft:
    """What is proposed; `heir_id` is whoever takes over (none: the next higher union, or the shares)."""

    kind: Kind
    source_ids: Sequence[int]
    effective_on: date
    reason: str
    heir_id: int | None = None
    member_plan: str = ""
    asset_plan: str = ""
    debt_plan: str = ""
    dossier_plan: str = ""
    new_kind: str = ""
    new_mode: str = ""
    new_name: str = ""
    source_ends: bool = True


@transaction.atomic
def propose(*, draft: RestructureDraft, by: Actor, at: datetime) -> Restructure:
    """The plan lies with the members of the union; its sources stand in no other open plan.

    Raises Refused for what the table does not allow, and where another open plan crosses this one: it says
    which. Whoever proposes second, even at the same moment, is told.
    """
    hold_the_tree()
    sources = [
        network.organisation_in_scope(unit_id=n, scope=by.scope_for(Word.PROPOSE)) for n in draft.source_ids
    ]
    for source in sources:
        by.require(Word.PROPOSE, at=source.path)
    with beyond():
        heir = _heir(draft, sources)
        _require_allowed(draft, sources, heir)
        require_no_other_plan(sources=draft.source_ids, heir_id=heir.pk if heir else None)
        row = _create(draft, sources, heir, by=by, at=at)
        telling.move_on(row=row, by=by, at=at)
        telling.record(
            verb="propose_restructure", row=row, by=by, at=at, reason=draft.reason, kind=str(draft.kind)
        )
    return row


def _heir(draft: RestructureDraft, sources: "Sequence[Organisation]") -> "Organisation | None":
    """The union named; for one that is dissolved the next higher one (R-ORG-15)."""
    if draft.heir_id is not None and draft.kind in {Kind.MERGE, Kind.DISSOLVE}:
        return network.organisation_in_scope(unit_id=draft.heir_id, scope=EVERYWHERE)
    if draft.kind is Kind.MERGE:
        raise Refused(say("请写明并入哪个组织。"), field="heir")
    if draft.kind is not Kind.DISSOLVE:
        return None
    parents = {source.unit.parent_id for source in sources} - {source.pk for source in sources}
    if len(parents) != 1 or None in parents:
        raise Refused(say("这些组织的上级不同。请写明由哪个组织接收，或者分开办理。"), field="heir")
    return network.organisation_in_scope(unit_id=parents.pop() or 0, scope=EVERYWHERE)


def _require_allowed(
    draft: RestructureDraft, sources: "Sequence[Organisation]", heir: "Organisation | None"
) -> None:
    if not sources or len({source.pk for source in sources}) != len(sources):
        raise Refused(say("请写明要办的组织，每个只写一次。"), field="sources")
    if draft.kind in {Kind.CONVERT, Kind.SPLIT} and len(sources) > 1:
        raise Refused(say("改制和分立一次只办一个组织。"), field="sources")
    for source in sources:
        _require_one(draft, source, heir)
    if heir is None:
        return
    if heir.closed_on is not None or heir.pk in {source.pk for source in sources}:
        raise Refused(say("接收的组织已经撤销，或者就是要撤并的组织。请另选。"), field="heir")
    if any(heir.path.startswith(source.path) for source in sources):
        raise Refused(say("接收的组织在要撤并的组织下面。请另选。"), field="heir")


def _require_one(draft: RestructureDraft, source: "Organisation", heir: "Organisation | None") -> None:
    kind = OrgKind(source.kind)
    rules.require_source(draft.kind, source=kind)
    if source.closed_on is not None:
        words = say("“{name}”自 {day} 起撤销，不能再办。", name=source.name, day=source.closed_on)
        raise Refused(words, field="sources")
    if draft.effective_on <= source.established_on:
        words = say(
            "“{name}”自 {day} 起成立，生效日须晚于这一天。", name=source.name, day=source.established_on
        )
        raise Refused(words, field="effective_on")
    if draft.kind is Kind.MERGE and heir is not None:
        rules.require_merge(kind, heir=OrgKind(heir.kind))
    if draft.kind is Kind.CONVERT:
        now = (source.mode, source.name)
        rules.require_conversion(kind, kind=draft.new_kind, mode=draft.new_mode, name=draft.new_name, now=now)


def require_no_other_plan(*, sources: Sequence[int], heir_id: int | None, but: int = 0) -> None:
    """Refuse a plan that crosses another open one, and say which."""
    side = queries.other_open_plans(sources=sources, heir_id=heir_id, but=but).first()
    if side is not None:
        text = "“{name}”已在另一个没有办完的方案里（第 {n} 号，{title}）。请先办完或者撤回那一个。"
        other = queries.title_of(row=side.restructure)
        raise Refused(say(text, name=side.unit.name, n=side.restructure_id, title=other), field="sources")


def _create(
    draft: RestructureDraft,
    sources: "Sequence[Organisation]",
    heir: "Organisation | None",
    *,
    by: Actor,
    at: datetime,
) -> Restructure:
    told = {
        name: getattr(draft, name)
        for name in draft.__dataclass_fields__
        if not name.endswith(("_id", "_ids"))
    }
    ends = draft.source_ends and draft.kind is not Kind.CONVERT
    desk = _desk_of([one.path for one in (*sources, heir) if one is not None])
    row = Restructure.objects.create(
        **told | {"source_ends": ends},
        desk_id=desk,
        proposed_by=by.user_id,
        proposed_unit_id=by.unit_id,
        proposed_at=at,
    )
    sides = [
        Side(restructure=row, unit=one.unit, part=queries.SOURCE, parent_id=one.unit.parent_id)
        for one in sources
    ]
    sides += [Side(restructure=row, unit=heir.unit, part=queries.HEIR)] if heir else []
    try:
        with transaction.atomic():
            for side in sides:
                side.save()
    except IntegrityError as error:
        if "side_source_open_once" not in str(error):
            raise
        raise Refused(
            say("刚刚有人为同一个组织提出了方案。请打开撤并改列表核对。"), field="sources"
        ) from error
    return row


def _desk_of(paths: Sequence[str]) -> int:
    """The county that stands above all; the city where two counties are touched (domain.md §2.4)."""
    common = rules.common_path(paths)
    chain = [*tree_queries.chain_above(path=common), tree_queries.public_unit(unit_id=_number(common))]
    return next(unit.pk for unit in reversed(chain) if unit.kind in DESKS)


def _number(path: str) -> int:
    if not path:
        raise Refused(say("这些组织没有共同的上级，不能一起办。"), field="sources")
    return unit_id_of(path)


@transaction.atomic
def resubmit(
    *, restructure_id: int, version: int, effective_on: date, by: Actor, at: datetime, **plans: str
) -> Restructure:
    """The plan that was sent back, with another day and other words, lies with the members again."""
    hold_the_tree()
    with stepping.step(seen=(restructure_id, version), name="resubmit", by=by, word=Word.PROPOSE) as row:
        row.effective_on = effective_on
        for name in PLANS:
            setattr(row, name, plans.get(name, getattr(row, name)))
        row.consulted_on = row.present = row.votes_for = row.votes_against = None
        row.minutes = ""
        for side in row.sides.filter(part=queries.SOURCE).select_related("unit"):
            side.parent_id = side.unit.parent_id
            side.save()
        stepping.save(row=row, verb="resubmit_restructure", by=by, at=at, reason=row.reason)
    return row


@transaction.atomic
def withdraw(*, restructure_id: int, version: int, reason: str, by: Actor, at: datetime) -> Restructure:
    """Nobody asks for it any more; nothing has changed. The unions are free for another plan."""
    with stepping.step(seen=(restructure_id, version), name="withdraw", by=by, word=Word.PROPOSE) as row:
        stepping.save(row=row, verb="withdraw_restructure", by=by, at=at, reason=reason)
    return row
