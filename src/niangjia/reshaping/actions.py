"""The papers of a restructure, filled in from what is on record (R-G-07)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.bodies import queries as bodies
from niangjia.bodies.rules import FACILITY_LABELS, FacilityKind
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import listed, say
from niangjia.papers import actions as papers
from niangjia.papers.permissions import Word as PapersWord
from niangjia.papers.rules import Template
from niangjia.reshaping.rules import ASSETS, BY_NAME, DECISION
from niangjia.restructuring import queries
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from niangjia.papers.models import Paper
    from niangjia.restructuring.models import Restructure


@transaction.atomic
def issue_paper(*, restructure_id: int, name: str, by: Actor, at: datetime) -> "Paper":
    """One of the papers, issued by the union that decides; before the approval there is nothing to issue."""
    template = BY_NAME.get(name)
    if template is None:
        raise NotVisible
    row = queries.restructure_in_scope(restructure_id=restructure_id, scope=by.scope_for(Word.DECIDE))
    by.require(PapersWord.ISSUE, at=row.path)
    if not row.decision_no:
        raise Refused(say("方案还没有批准，不能出具文书。"))
    values = _common(row) | _own(template, row)
    return papers.issue(
        template=template, values=values, about_kind=KIND, about_id=row.pk, unit_id=row.desk_id, by=by, at=at
    )


def _common(row: "Restructure") -> dict[str, Any]:
    sides = list(row.sides.select_related("unit").order_by("pk"))
    named = {
        part: [side.unit.name for side in sides if side.part == part]
        for part in (queries.SOURCE, queries.HEIR)
    }
    new = [share.new_name for share in row.shares.order_by("pk") if share.new_name]
    heirs = [*named[queries.HEIR], *new]
    return {
        "title": str(queries.title_of(row=row)),
        "sources": str(listed(named[queries.SOURCE])),
        "heir": str(listed(heirs)) if heirs else "",
        "effective_on": row.effective_on,
        "decision_no": row.decision_no,
    }


def _own(template: Template, row: "Restructure") -> dict[str, Any]:
    if template is DECISION:
        return _decision(row)
    return _assets(row) if template is ASSETS else _roster(row)


def _decision(row: "Restructure") -> dict[str, Any]:
    votes = say("到会 {n} 人，赞成 {a}，反对 {b}", n=row.present, a=row.votes_for, b=row.votes_against)
    plans = ("reason", "member_plan", "asset_plan", "debt_plan", "dossier_plan")
    moves = queries.moves_of(row=row)
    return {
        "consulted_on": row.consulted_on,
        "votes": str(votes),
        **{name: getattr(row, name) for name in plans},
        "moves": [[str(one.what), one.n, one.heir] for one in moves if one.n],
    }


def _assets(row: "Restructure") -> dict[str, Any]:
    if not row.audit_no:
        raise Refused(say("经审结果还没有登记，不能出具财务移交清单。"))
    held = bodies.kept_rows(units=queries.plan_of(row=row).ends)[2].filter(until=None).order_by("pk")
    facilities = [
        [
            place,
            one.name,
            str(say(FACILITY_LABELS[FacilityKind(one.kind)])),
            one.address,
            _money(one.investment_fen),
        ]
        for place, one in enumerate(held, 1)
    ]
    balance = Yuan(row.balance_fen or 0)
    return {"audit_no": row.audit_no, "balance": balance, "deed_no": row.deed_no, "facilities": facilities}


def _money(fen: int | None) -> str:
    return "" if fen is None else str(Yuan(fen))


def _roster(row: "Restructure") -> dict[str, Any]:
    """The members as whoever keeps them tells: rows of name, employer, union before, union after."""
    rows: Sequence[Sequence[str]] = ()
    if settings.NIANGJIA_HANDOVER_ROWS:
        port: Callable[..., Sequence[Sequence[str]]] = import_string(settings.NIANGJIA_HANDOVER_ROWS)
        rows = port(plan=queries.plan_of(row=row))
    return {"n": len(rows), "rows": [[place, *one] for place, one in enumerate(rows, 1)]}
