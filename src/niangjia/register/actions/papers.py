"""Papers about an organisation, filled in from the register: nothing is typed again (R-G-07)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.bodies import queries as bodies
from niangjia.bodies.rules import POST_LABELS, PostKind
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.network import queries as network
from niangjia.network.rules import EMPLOYER_LABELS, KIND_LABELS, MODE_LABELS, EmployerKind, Mode, OrgKind
from niangjia.papers import actions as papers
from niangjia.papers.permissions import Word as PapersWord
from niangjia.papers.rules import han_day
from niangjia.register.queries import ORGANISATION
from niangjia.register.rules import ROSTER, SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from niangjia.bodies.queries import Term
    from niangjia.network.models import Employer
    from niangjia.papers.models import Paper

ACTIVE_ROSTER = 5_000


@transaction.atomic
def issue_organisation_sheet(*, unit_id: int, by: Actor, at: datetime) -> "Paper":
    """The register sheet 工会组织登记表 of an organisation, as it stands today."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(PapersWord.ISSUE))
    day = clock.day_of(at)
    counts = network.counts(unit_id=unit_id, day=day)
    term = bodies.term_of(organisation=row, day=day, counts=counts)
    above = network.above(organisation=row)
    values = {
        "name": row.name,
        "kind": KIND_LABELS[OrgKind(row.kind)],
        "parent": above[-1].name if above else "",
        "mode": MODE_LABELS[Mode(row.mode)] if row.mode else "",
        "established_on": row.established_on,
        "approval": row.approval_doc_no,
        "uscc": row.uscc,
        "legal_person_no": row.legal_person_no,
        "term": _term(term),
        "phone": row.phone,
        "address": row.address,
        "unions": counts.organisations(),
        "employers": counts.employers(),
        "workers": counts.workers,
        "committee": _committee(term),
        "day": day,
    }
    return papers.issue(
        template=SHEET, values=values, about_kind=ORGANISATION, about_id=row.pk, unit_id=row.pk, by=by, at=at
    )


def _term(term: "Term") -> str:
    held = term.committee
    return f"第{held.number}届，{han_day(held.since)}至{han_day(held.until)}" if held else ""


def _committee(term: "Term") -> list[list[object]]:
    return [
        [post.person.name, POST_LABELS[PostKind(post.kind)], "专职" if post.full_time else "兼职", post.since]
        for post in term.posts
    ]


@transaction.atomic
def issue_covering_list(*, unit_id: int, by: Actor, at: datetime) -> "Paper":
    """The list 单位覆盖名册 of every employer under an organisation today, each once."""
    scope = by.scope_for(PapersWord.ISSUE)
    row = network.organisation_in_scope(unit_id=unit_id, scope=scope)
    day = clock.day_of(at)
    filters = network.Filters(under=row.path)
    found = network.employers_in_scope(scope=scope, filters=filters, today=day)
    employers = list(found.order_by("path", "id")[: ACTIVE_ROSTER + 1])
    values = {
        "federation": row.name,
        "day": day,
        "employers": len(employers),
        "workers": sum(employer.headcount or 0 for employer in employers),
        "rows": _roster(employers, day),
    }
    return papers.issue(
        template=ROSTER, values=values, about_kind=ORGANISATION, about_id=row.pk, unit_id=row.pk, by=by, at=at
    )


def _roster(employers: "Sequence[Employer]", day: date) -> list[list[object]]:
    unions = network.unions_covering(employers=[employer.pk for employer in employers], day=day)
    return [
        [
            place,
            employer.name,
            employer.uscc,
            EMPLOYER_LABELS[EmployerKind(employer.kind)],
            employer.headcount or 0,
            unions[employer.pk].union.name,
            unions[employer.pk].since,
        ]
        for place, employer in enumerate(employers, 1)
    ]
