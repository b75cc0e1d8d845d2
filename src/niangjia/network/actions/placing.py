"""Where organisations stand: moved, composed into 1+N+X, guided, closed."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.dated import ahead_of, cut
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.versions import touch
from niangjia.kernel.words import say
from niangjia.network import rules
from niangjia.network.actions.folding import fold_soon
from niangjia.network.models import Composition, Coverage, Employer, Organisation, OrganisationName
from niangjia.network.permissions import Word
from niangjia.tree import actions as tree
from niangjia.tree import queries as tree_queries
from niangjia.tree.actions import hold_the_tree

KIND = "network.organisation"


@transaction.atomic
def compose(
    *, federation: Organisation, child: Organisation, since: date, today: date, by: Actor, at: datetime
) -> Composition:
    """A primary union is N or X of a federation from a day on, and stands under it in the tree (S-NB-10).

    One that is part of it already stays as it is; one that was part of another leaves that one on
    the same day.
    """
    by.require(Word.FOUND, at=federation.path)
    by.require(Word.FOUND, at=child.path)
    if federation.kind != rules.OrgKind.FEDERATION:
        raise Refused(say("只有工会联合会可以编入单建会和联合基层工会。"), field="federation")
    rules.part_of(rules.OrgKind(child.kind))
    known = Composition.objects.filter(ahead_of(since), child=child, federation=federation).first()
    if known:
        return known
    stands = tree_queries.placement_on(unit_id=child.pk, day=since)
    if stands is None or stands.parent_id != federation.pk:
        tree.move_unit(unit=child.unit, parent=federation.unit, since=since, today=today, by=by, at=at)
    [row] = recompose(children=[child], parent=federation, since=since)
    after = {"child": child.pk, "part": row.part, "since": since.isoformat()}
    fold_soon()
    journal.record("compose", by=by, at=at, kind=KIND, object_id=federation.pk, after=after)
    return row


def recompose(*, children: Collection[Organisation], parent: Organisation, since: date) -> list[Composition]:
    """From `since` on the unions are part of their new parent only, if that is a federation."""
    cut(Composition.objects.filter(child__in=children), day=since)
    federal = parent.kind == rules.OrgKind.FEDERATION
    parts = [child for child in children if federal and child.kind in rules.PRIMARY]
    return Composition.objects.bulk_create(
        Composition(
            federation=parent, child=child, part=rules.part_of(rules.OrgKind(child.kind)), since=since
        )
        for child in parts
    )


@transaction.atomic
def move_organisation(  # noqa: PLR0913 - a dated step with its author and reason
    *,
    organisation: Organisation,
    parent: Organisation,
    since: date,
    today: date,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """The organisation, with all below it, stands under another parent from a day on; past days stay.

    Under a federation a primary union becomes its N or X; it leaves the one it was part of. Raises
    Refused for a parent of a kind under which it cannot stand, and for what the tree refuses.
    """
    by.require(Word.MOVE, at=organisation.path)
    by.require(Word.MOVE, at=parent.path)
    rules.require_parent_kind(rules.OrgKind(organisation.kind), parent=rules.OrgKind(parent.kind))
    before = organisation.unit.parent_id
    tree.move_unit(unit=organisation.unit, parent=parent.unit, since=since, today=today, by=by, at=at)
    recompose(children=[organisation], parent=parent, since=since)
    touch(Organisation.objects.all(), pk=organisation.pk)
    fold_soon()
    journal.record(
        "move_organisation",
        by=by,
        at=at,
        kind=KIND,
        object_id=organisation.pk,
        before={"parent": before},
        after={"parent": parent.pk, "since": since.isoformat()},
        reason=reason,
    )


def keep_elsewhere(*, keeper_id: int, parent: Organisation) -> None:
    """What stands in the register of a unit and is covered by nobody stands in that of another now."""
    Employer.objects.filter(keeper=keeper_id).update(keeper=parent.unit, path=parent.path)


@transaction.atomic
def close_organisation(
    *,
    organisation: Organisation,
    until: date,
    by: Actor,
    at: datetime,
    reason: str,
    closed: rules.Status = rules.Status.DISSOLVED,
) -> None:
    """An organisation without living units below and without covered employers is closed on a day (R-ORG-07).

    Whoever still stands under it, or is still covered by it, must be moved first: the refusal says
    how many. Until the day has come it is counted and reads as before.
    """
    hold_the_tree()
    by.require(Word.FOUND, at=organisation.path)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.closed_on is not None:
        raise Refused(say("这个组织自 {day} 起撤销，不用再办。", day=organisation.closed_on), field="until")
    below = tree_queries.placements_right_below(unit_id=organisation.pk, day=until).count()
    reached = Coverage.objects.filter(ahead_of(until), union=organisation)
    covered = reached.values("employer").distinct().count()
    if below or covered:
        text = "它下面还有 {below} 个组织、{covered} 家单位。请先转出，再撤销。"
        raise Refused(say(text, below=below, covered=covered))
    tree.close_unit(unit=organisation.unit, until=until)
    cut(OrganisationName.objects.filter(organisation=organisation), day=until)
    cut(Composition.objects.filter(Q(child=organisation) | Q(federation=organisation)), day=until)
    status = closed if until <= day_of(at) else organisation.status
    Organisation.objects.filter(pk=organisation.pk).update(status=status, closed_on=until)
    touch(Organisation.objects.all(), pk=organisation.pk)
    after = {"until": until.isoformat()}
    fold_soon()
    journal.record(
        "close_organisation", by=by, at=at, kind=KIND, object_id=organisation.pk, after=after, reason=reason
    )


def relate_organisations(
    *, child: Organisation, guide: Organisation, relation: str, since: date, by: Actor, at: datetime
) -> None:
    """An organisation is guided, or led by line, by another: counts do not change (SC-2)."""
    by.require(Word.MOVE, at=child.path)
    tree.relate(child=child.unit, guide=guide.unit, kind=relation, since=since, by=by, at=at)


def end_relation_of(
    *, organisation: Organisation, relation_id: int, until: date, by: Actor, at: datetime
) -> None:
    """A guidance or line relation of the organisation ends on a day."""
    by.require(Word.MOVE, at=organisation.path)
    relation = organisation.unit.guides.filter(pk=relation_id).first()
    if relation is None:
        raise NotVisible
    tree.end_relation(relation=relation, until=until, by=by, at=at)
