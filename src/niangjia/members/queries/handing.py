"""会员移交名册: who goes with a restructure, before its day and after it (R-ORG-07)."""

from collections.abc import Sequence

from django.db.models import Q

from niangjia.kernel.reaching import beyond
from niangjia.members.models import Membership
from niangjia.members.rules import Ended
from niangjia.restructuring.rules.parties import Kind, Plan
from niangjia.tree import queries as tree


def leaving_with(*, plan: Plan) -> Q:
    """The stretches that a plan moves: at sources that end, and those of shared employers at the others."""
    shared = [one for share in plan.shares for one in share.employer_ids]
    return Q(union_id__in=plan.ends) | Q(union_id__in=plan.source_ids, employer_id__in=shared)


def handover_rows(*, plan: Plan) -> Sequence[tuple[str, str, str, str]]:
    """Rows of name, employer, union before, union after; those who count, in the order of their names.

    Asked before the day these are the members there are; asked after it, those who went.
    """
    if plan.kind is Kind.CONVERT:
        return []
    went = Q(until=plan.effective_on, ended=Ended.CARRIED)
    reaches = Q(until=None) | Q(until__gt=plan.effective_on) | went
    with beyond():
        rows = Membership.objects.filter(
            leaving_with(plan=plan), reaches, counts=True, since__lt=plan.effective_on
        )
        told = list(
            rows.order_by("name_key", "id").values_list(
                "name", "employer_id", "employer__name", "union__name"
            )
        )
        heirs = [plan.heir_of(employer_id=employer) for _, employer, _, _ in told]
        names = tree.names_of(unit_ids={heir for heir in heirs if heir is not None and heir > 0})
    return [
        (name, firm or "", union, names.get(heir or 0, ""))
        for (name, _, firm, union), heir in zip(told, heirs, strict=True)
    ]
