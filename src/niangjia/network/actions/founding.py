"""Organisations are registered, edited and named."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.versions import save_changes, touch
from niangjia.kernel.words import say
from niangjia.network import rules
from niangjia.network.actions.covering import require_change_day, require_free_code
from niangjia.network.actions.folding import fold_soon
from niangjia.network.actions.placing import KIND, compose, recompose
from niangjia.network.models import Organisation, OrganisationName, OrganisationWas
from niangjia.network.permissions import Word
from niangjia.tree import actions as tree
from niangjia.tree import queries as tree_queries
from niangjia.tree.actions import hold_the_tree


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """What an officer says of an organisation when it is registered."""

    kind: rules.OrgKind
    name: str
    established_on: date
    short_name: str = ""
    mode: str = ""
    sector: str = ""
    division_id: int | None = None
    address: str = ""
    phone: str = ""
    uscc: str = ""
    approval_doc_no: str = ""
    term_years: int | None = None
    term_ends_on: date | None = None
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def found_organisation(
    *,
    draft: OrganisationDraft,
    parent_id: int | None,
    today: date,
    by: Actor,
    at: datetime,
    composed_on: date | None = None,
) -> Organisation:
    """The organisation stands in the register under its parent from its founding day on.

    With `composed_on` a primary union is N or X of the federation under which it is founded.
    Raises Refused for a
    founding day in the future, a parent under which this kind cannot stand, and a living namesake
    right there.
    """
    hold_the_tree(shared=True)
    words = say("建会日期不能晚于今天。请核对批复上的日期。")
    rules.require_not_future(draft.established_on, today=today, field="established_on", words=words)
    parent = _parent(parent_id)
    by.require(Word.FOUND, at=parent.path if parent else "")
    rules.require_parent_kind(draft.kind, parent=rules.OrgKind(parent.kind) if parent else None)
    rules.require_mode(draft.kind, draft.mode)
    code = rules.require_union_code(draft.uscc)
    require_free_code(code)
    _require_no_namesake(draft.name, parent_id=parent_id)
    division = tree_queries.division_by_id(division_id=draft.division_id)
    unit = tree.plant_unit(
        kind=draft.kind,
        name=draft.short_name or draft.name,
        parent=parent.unit if parent else None,
        division=division,
        since=draft.established_on,
    )
    columns = _columns(draft) | {"uscc": code}
    organisation = Organisation.objects.create(unit=unit, path=unit.path, **columns)
    OrganisationName.objects.create(organisation=organisation, name=draft.name, since=draft.established_on)
    after = {"name": draft.name, "kind": draft.kind, "parent": parent_id}
    fold_soon()
    journal.record("found_organisation", by=by, at=at, kind=KIND, object_id=unit.pk, after=after)
    if composed_on and parent:
        compose(federation=parent, child=organisation, since=composed_on, today=today, by=by, at=at)
    return organisation


def _parent(parent_id: int | None) -> Organisation | None:
    """The parent, locked so that two who found the same under it take turns."""
    if parent_id is None:
        return None
    Organisation.objects.select_for_update().filter(pk=parent_id).first()
    parent = Organisation.objects.select_related("unit").filter(pk=parent_id).first()
    if parent is None:
        raise Refused(say("没有找到上级组织。请重新选择。"), field="parent")
    return parent


def _require_no_namesake(name: str, *, parent_id: int | None) -> None:
    if Organisation.objects.filter(unit__parent=parent_id, name=name, closed_on=None).exists():
        words = say("上级组织下面已有“{name}”，不用重复登记。", name=name)
        raise Refused(words, field="name")


def _columns(draft: OrganisationDraft) -> dict[str, object]:
    left_out = {"division_id"}
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name not in left_out}


@transaction.atomic
def edit_organisation(
    *, unit_id: int, version: int, since: date, by: Actor, at: datetime, **columns: object
) -> None:
    """The organisation's facts are these; a new mode or kind counts from `since` on, past days keep the old.

    Raises Overtaken for a stale version, Refused for a day before the last change or after today. Which
    kind may become which is asked by whoever converts a union.
    """
    hold_the_tree(shared=True)
    organisation = Organisation.objects.select_for_update().filter(pk=unit_id).first()
    if organisation is None:
        raise NotVisible
    by.require(Word.EDIT, at=organisation.path)
    was = {name: getattr(organisation, name) for name in ("kind", "mode")}
    rules.require_mode(rules.OrgKind(str(columns.get("kind", was["kind"]))), str(columns.get("mode", "")))
    if "uscc" in columns:
        columns["uscc"] = rules.require_union_code(str(columns["uscc"]))
        require_free_code(str(columns["uscc"]), own=unit_id)
    if any(columns.get(name, value) != value for name, value in was.items()):
        last = OrganisationWas.objects.filter(organisation=organisation).order_by("-until").first()
        first = last.until if last else organisation.established_on
        begins = require_change_day(since=since, first=first, today=day_of(at))
        if begins < since:
            OrganisationWas.objects.create(organisation=organisation, since=begins, until=since, **was)
    before, after = save_changes(
        Organisation.objects.all(), pk=unit_id, version=version, kind=KIND, columns=columns
    )
    if "kind" in after:
        _recast(Organisation.objects.select_related("unit__parent").get(pk=unit_id), since=since)
    if "short_name" in after:
        tree.rename_unit(unit=organisation.unit, name=after["short_name"] or organisation.name)
    fold_soon()
    journal.record(
        "edit_organisation", by=by, at=at, kind=KIND, object_id=unit_id, before=before, after=after
    )


def _recast(organisation: Organisation, *, since: date) -> None:
    """The unit is of the organisation's kind; in a federation it plays that part from `since` on."""
    tree.recast_unit(unit=organisation.unit, kind=organisation.kind)
    parent = Organisation.objects.filter(pk=organisation.unit.parent_id).first()
    if parent is not None:
        recompose(children=[organisation], parent=parent, since=since)


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, since: date, paper: str, by: Actor, at: datetime
) -> None:
    """The organisation bears a new name from a day on; the old one stays findable (D9).

    A name of a day to come is borne when the day has turned.
    """
    by.require(Word.EDIT, at=organisation.path)
    current = (
        OrganisationName.objects.select_for_update().filter(organisation=organisation, until=None).first()
    )
    if current is None:
        raise Refused(say("这个组织已经撤销，不能再更名。"))
    if name == current.name:
        raise Refused(say("新名称和现用名一样，不用更名。"), field="name")
    if since <= current.since:
        raise Refused(
            say("现用名自 {since} 起使用，新名称须晚于这一天。", since=current.since), field="since"
        )
    OrganisationName.objects.filter(pk=current.pk).update(until=since)
    OrganisationName.objects.create(organisation=organisation, name=name, paper=paper, since=since)
    if since <= day_of(at):
        bear_name(organisation=organisation, name=name)
    before, after = {"name": current.name}, {"name": name, "since": since.isoformat(), "paper": paper}
    journal.record(
        "rename_organisation", by=by, at=at, kind=KIND, object_id=organisation.pk, before=before, after=after
    )


def bear_name(*, organisation: Organisation, name: str) -> None:
    """Today's name of the organisation and of its unit."""
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    tree.rename_unit(unit=organisation.unit, name=organisation.short_name or name)
    touch(Organisation.objects.all(), pk=organisation.pk)


def hold_organisation(*, unit_id: int) -> None:
    """Whoever writes what hangs on this organisation takes turns, until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=unit_id)


def bear_term(*, unit_id: int, years: int, ends_on: date) -> None:
    """The organisation's committee is in office for so many years, until a day (R-ORG-09)."""
    Organisation.objects.filter(pk=unit_id).update(term_years=years, term_ends_on=ends_on)
