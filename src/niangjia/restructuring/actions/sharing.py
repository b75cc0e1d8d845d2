"""Who takes over which unions and employers, named one heir at a time while members have not yet spoken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring import queries, rules
from niangjia.restructuring.actions import stepping, telling
from niangjia.restructuring.actions.parties import organisation
from niangjia.restructuring.models import HeirShare, Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Kind, State
from niangjia.tree import queries as tree

EARLY = (State.PROPOSED, State.RETURNED)


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """One heir, standing or to be founded, and what goes to it."""

    heir_id: int | None = None
    new_name: str = ""
    new_kind: str = ""
    new_mode: str = ""
    takes_rest: bool = False
    unit_ids: Sequence[int] = ()
    employer_ids: Sequence[int] = ()


@transaction.atomic
def add_share(*, restructure_id: int, version: int, draft: ShareDraft, by: Actor, at: datetime) -> HeirShare:
    """The heir takes these unions and employers; each goes to one heir only."""
    with stepping.beyond_for(restructure_id=restructure_id, word=Word.PROPOSE, by=by) as row:
        _require_early(row, version)
        _require_heir(row, draft)
        _require_own(row, draft)
        share = HeirShare.objects.create(
            restructure=row,
            unit_id=draft.heir_id,
            new_name=draft.new_name,
            new_kind=draft.new_kind,
            new_mode=draft.new_mode,
            takes_rest=draft.takes_rest,
            unit_ids=sorted(draft.unit_ids),
            employer_ids=sorted(draft.employer_ids),
        )
        _changed(row, "add_share", by=by, at=at, heir=share.unit_id or share.new_name)
    return share


@transaction.atomic
def remove_share(*, restructure_id: int, share_id: int, version: int, by: Actor, at: datetime) -> Restructure:
    """The heir takes nothing by name any more."""
    with stepping.beyond_for(restructure_id=restructure_id, word=Word.PROPOSE, by=by) as row:
        _require_early(row, version)
        share = HeirShare.objects.filter(restructure=row, pk=share_id).first()
        if share is None:
            raise NotVisible
        heir = share.unit_id or share.new_name
        share.delete()
        _changed(row, "remove_share", by=by, at=at, heir=heir)
    return row


def _changed(row: Restructure, verb: str, *, by: Actor, at: datetime, heir: object) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    telling.record(verb=verb, row=row, by=by, at=at, heir=heir)


def _require_early(row: Restructure, version: int) -> None:
    if row.version != version:
        raise Refused(say("这个方案刚刚有人改过。请打开它看现在的情况，再决定。"))
    if row.state not in EARLY or row.kind == Kind.CONVERT:
        raise Refused(say("去向只能在会员讨论之前改。要改，请上级先退回方案。"))


def _require_heir(row: Restructure, draft: ShareDraft) -> None:
    if (draft.heir_id is None) == (not draft.new_name):
        raise Refused(say("请写明一个接收组织：现有的，或者要新设立的。"), field="heir")
    source = organisation(number=queries.plan_of(row=row).source_ids[0])
    if draft.new_name:
        if row.kind != Kind.SPLIT:
            raise Refused(say("只有分立可以新设组织。请选现有的组织。"), field="new_name")
        rules.require_founded(OrgKind(source.kind), founded=OrgKind(draft.new_kind or source.kind))
    elif organisation(number=draft.heir_id or 0).closed_on is not None:
        raise Refused(say("接收的组织已经撤销，或者就是要撤并的组织。请另选。"), field="heir")
    if draft.takes_rest and row.kind != Kind.SPLIT:
        raise Refused(say("只有分立需要指定由谁接收未列明的。"), field="takes_rest")
    if draft.takes_rest and HeirShare.objects.filter(restructure=row, takes_rest=True).exists():
        raise Refused(say("已经指定了由谁接收未列明的，只能有一个。"), field="takes_rest")


def _require_own(row: Restructure, draft: ShareDraft) -> None:
    """What is named belongs to a source, and to no other share."""
    plan = queries.plan_of(row=row)
    children = {c for s in plan.source_ids for c in tree.children_from(unit_id=s, day=row.effective_on)}
    covered = network.coverages_by(unions=plan.source_ids, day=row.effective_on)
    employers = set(covered.values_list("employer_id", flat=True))
    if set(draft.unit_ids) - children:
        raise Refused(say("列出的工会里有不在原组织下面的。请核对。"), field="units")
    if set(draft.employer_ids) - employers:
        raise Refused(say("列出的单位里有不由原组织覆盖的。请核对。"), field="employers")
    named_units = {number for share in plan.shares for number in share.unit_ids}
    named_firms = {number for share in plan.shares for number in share.employer_ids}
    if named_units & set(draft.unit_ids) or named_firms & set(draft.employer_ids):
        raise Refused(say("列出的有已经归了另一个接收组织的。每个只能归一个。"), field="units")
