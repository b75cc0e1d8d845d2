"""The day has come: everything is carried in one transaction, or nothing; and put back as it was."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.kernel import clock, images
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import NiangjiaError, Refused
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.network import queries as network_queries
from niangjia.network.rules import OrgKind
from niangjia.restructuring import queries
from niangjia.restructuring.actions import matters, stepping
from niangjia.restructuring.actions.parties import organisation
from niangjia.restructuring.models import HeirShare, PartyFacts, Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND, RESTRUCTURING, Plan
from niangjia.tasks import actions as tasks
from niangjia.tree import queries as tree_queries
from niangjia.tree.actions import hold_the_tree

JOB = "restructuring.execute_due"
FOUNDING = "founding"


def execute_soon() -> None:
    """When this transaction has committed, the job runs at once."""
    transaction.on_commit(_defer, robust=True)


def _defer() -> None:
    try:
        app.configure_task(JOB, queueing_lock=JOB).defer(timestamp=0)
    except AlreadyEnqueued:
        return


@transaction.atomic
def execute(*, restructure_id: int, version: int | None = None, by: Actor, at: datetime) -> Restructure:
    """Everything is carried in this one transaction, or the plan stays as it is and the desk is told why.

    Whoever executes a plan that crosses it at the same moment waits, and is then told what has changed: one
    lock on the tree for all. The row comes back with its state: not executed where matters are open.
    """
    hold_the_tree()
    with stepping.beyond_for(restructure_id=restructure_id, word=Word.DECIDE, by=by) as row:
        facts = {"day_has_come": row.effective_on <= clock.day_of(at), "unhindered": True}
        target = RESTRUCTURING.advance(row.state, "execute", facts)
        if version not in {None, row.version}:
            raise Refused(say("这个方案刚刚有人办过一步。请打开它看现在的情况，再决定。"))
        if matters.refresh(row=row, today=clock.day_of(at), by=by, at=at):
            _blocked(row, by=by, at=at)
            return row
        whole = replace(by, everywhere=True)
        try:
            with transaction.atomic():
                _carry(row, by=whole, at=at)
        except (NiangjiaError, IntegrityError) as error:
            unclear = (say("登记里有和方案冲突的内容，没有执行。请核对原组织和接收组织的登记。"),)
            matters.refused(row=row, reasons=getattr(error, "reasons", unclear), by=by, at=at)
            return row
        row.state, row.version, row.executed_at = target, row.version + 1, at
        stepping.save(row=row, verb="execute_restructure", by=by, at=at)
    return row


def _blocked(row: Restructure, *, by: Actor, at: datetime) -> None:
    """The day is there and something is still open: the union that decides has it on its desk."""
    draft = tasks.TaskDraft(
        key=f"restructure:{row.pk}:blocked:{row.version}",
        kind="restructuring.step",
        title=say("到了生效日还不能执行：{title}", title=queries.title_of(row=row)),
        unit_id=row.desk_id,
        word=Word.DECIDE,
        about=(KIND, row.pk),
        road="restructure",
        road_args=(row.pk,),
        due_on=clock.day_of(at),
        step="execute",
        urgent=True,
    )
    tasks.lay(draft=draft, by=by, at=at)


def _carry(row: Restructure, *, by: Actor, at: datetime) -> None:
    """The heirs of a split are founded, then every party carries, in order; what undo needs is kept."""
    founded = _found_heirs(row, by=by, at=at)
    plan = queries.plan_of(row=row)
    told: list[tuple[str, dict[str, Any]]] = [(FOUNDING, {"changes": founded})]
    for path, party in matters.parties():
        told.append((path, dict(party.carry(plan=plan, by=by, at=at))))
    PartyFacts.objects.bulk_create(
        PartyFacts(restructure=row, place=place, party=path, facts=facts)
        for place, (path, facts) in enumerate(told)
    )


def _found_heirs(row: Restructure, *, by: Actor, at: datetime) -> images.Changes:
    """The new unions of a split stand beside the one that is split, from the day on."""
    shares = list(HeirShare.objects.filter(restructure=row, unit=None).order_by("pk"))
    if not shares:
        return []
    source = organisation(number=queries.plan_of(row=row).source_ids[0])
    parent = organisation(number=source.unit.parent_id or 0)
    federal = parent.kind == OrgKind.FEDERATION
    for share in shares:
        draft = network.OrganisationDraft(
            kind=OrgKind(share.new_kind),
            name=share.new_name,
            established_on=row.effective_on,
            mode=share.new_mode,
            division_id=source.unit.division_id,
            approval_doc_no=row.decision_no,
        )
        heir = network.found_organisation(
            draft=draft,
            parent_id=parent.pk,
            today=clock.day_of(at),
            by=by,
            at=at,
            composed_on=row.effective_on if federal else None,
        )
        HeirShare.objects.filter(pk=share.pk).update(unit=heir.unit)
    return _pictured(_founded(row))


def _founded(row: Restructure) -> list[int]:
    """The unions that the split founded."""
    rows = HeirShare.objects.filter(restructure=row).exclude(new_name="").exclude(unit=None)
    return list(rows.order_by("pk").values_list("unit_id", flat=True))


def _pictured(units: list[int]) -> images.Changes:
    """Every row of what was founded, as rows that came."""
    rows = [*tree_queries.kept_rows(units=units), *network_queries.kept_rows(units=units, employers=())]
    return images.changes_between(before={}, after=images.photograph(rows=rows))


@transaction.atomic
def undo(*, restructure_id: int, version: int, reason: str, by: Actor, at: datetime) -> Restructure:
    """Every row is as it was, numbers included; Refused, with nothing done, if something changed since.

    A closed matter is not undone. The journal keeps both.
    """
    hold_the_tree()
    with stepping.step(seen=(restructure_id, version), name="undo", by=by, word=Word.DECIDE) as row:
        plan = queries.plan_of(row=row)
        try:
            with transaction.atomic():
                _put_back(row, plan, by=replace(by, everywhere=True), at=at)
        except IntegrityError as error:
            words = say("之后已有别的登记用到这次办出来的组织，不能再恢复原状。请按现在的情况另行办理。")
            raise Refused(words) from error
        stepping.save(row=row, verb="undo_restructure", by=by, at=at, reason=reason)
    return row


def _put_back(row: Restructure, plan: Plan, *, by: Actor, at: datetime) -> None:
    known = dict(matters.parties())
    for kept in PartyFacts.objects.filter(restructure=row).order_by("-place"):
        if kept.party == FOUNDING:
            HeirShare.objects.filter(restructure=row).exclude(new_name="").update(unit=None)
            images.put_back(changes=kept.facts["changes"])
        else:
            known[kept.party].undo(plan=plan, facts=kept.facts, by=by, at=at)
    PartyFacts.objects.filter(restructure=row).delete()


@transaction.atomic
def look_again(*, today: date, at: datetime) -> int:
    """What stands against the plans that wait for their day is looked at anew; returns how many matters."""
    return sum(
        matters.refresh(row=queries.locked(restructure_id=number), today=today, by=SYSTEM, at=at)
        for number in queries.to_be_checked()
    )
