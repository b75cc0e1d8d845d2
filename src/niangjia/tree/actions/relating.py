"""Guidance and line relations beside the primary tree: they open reading and advice, never counted (SC-2)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.tree.models import Relation, Unit


@transaction.atomic
def relate(*, child: Unit, guide: Unit, kind: str, since: date, by: Actor, at: datetime) -> Relation:
    """A guidance or line relation begins; Refused for a unit with itself and for one that holds already."""
    if child.pk == guide.pk:
        raise Refused(say("一个组织不能指导它自己。请另选指导单位。"), field="guide")
    still = Q(until__isnull=True) | Q(until__gt=since)
    known = Relation.objects.filter(still, child=child, guide=guide, kind=kind).order_by("since").first()
    if known is not None:
        raise Refused(say("这个关系自 {since} 起已经登记，不用再登记。", since=known.since), field="guide")
    relation = Relation.objects.create(child=child, guide=guide, kind=kind, since=since)
    journal.record(
        "relate", by=by, at=at, kind="tree.unit", object_id=child.pk, after={"guide": guide.pk, "kind": kind}
    )
    return relation


@transaction.atomic
def end_relation(*, relation: Relation, until: date, by: Actor, at: datetime) -> None:
    """A guidance or line relation ends on a day after it began."""
    if until <= relation.since:
        raise Refused(say("这个关系自 {since} 起，结束日须晚于这一天。", since=relation.since), field="until")
    Relation.objects.filter(pk=relation.pk).update(until=until)
    journal.record(
        "end_relation",
        by=by,
        at=at,
        kind="tree.unit",
        object_id=relation.child_id,
        after={"until": until.isoformat()},
    )
