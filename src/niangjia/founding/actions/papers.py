"""The four papers of a founding, filled in from what is known: nothing is typed again (R-G-07)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from niangjia.bodies.rules import POST_LABELS, PostKind
from niangjia.founding import queries, rules
from niangjia.founding.models import UnionEstablishment
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor
from niangjia.kernel.words import listed, say
from niangjia.network.rules import KIND_LABELS, OrgKind
from niangjia.papers import actions as papers
from niangjia.papers import queries as papers_queries
from niangjia.papers.rules import Template

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


def issue_request(*, row: UnionEstablishment, by: Actor, at: datetime) -> "Paper":
    """建会请示; the platform prints it for founders who hold no post."""
    values = {
        **_head(row),
        "employers": _employers(row),
        "workers": row.workers,
        "members": row.members,
        "term": str(say("{n} 年一届", n=row.term_years)),
        "group": _group(row),
        "words": row.words,
        "phone": row.phone,
        "day": clock.day_of(at),
    }
    unit_id = queries.desks_of(row=row).review.pk
    return _issue(rules.REQUEST, values, row, unit_id=unit_id, by=SYSTEM if _is_own(row, by) else by, at=at)


def issue_preparation(*, row: UnionEstablishment, by: Actor, at: datetime) -> "Paper":
    """筹备组批复, of the approving union."""
    asked = _valid(rules.REQUEST, row)
    values = {
        **_head(row),
        "to": _asker(row),
        "group": _group(row),
        "request": asked.number if asked else "",
        "day": row.prepared_on,
    }
    return _issue(rules.PREPARATION, values, row, unit_id=queries.desks_of(row=row).approve.pk, by=by, at=at)


def issue_result(*, row: UnionEstablishment, by: Actor, at: datetime) -> "Paper":
    """选举结果报告, signed by the tellers."""
    values = {
        **_head(row),
        "meeting": rules.MEETING_LABELS[rules.Meeting(row.meeting)],
        "congress_on": row.congress_on,
        "entitled": row.entitled,
        "present": row.present,
        "seats": row.seats,
        "candidates": [
            [one.name, POST_LABELS[PostKind(one.post)], one.votes or 0, "当选" if one.elected else "未当选"]
            for one in row.candidates.order_by("pk")
        ],
        "tellers": str(listed([one.name for one in row.tellers.order_by("pk")])),
        "day": clock.day_of(at),
    }
    unit_id = queries.desks_of(row=row).review.pk
    return _issue(rules.RESULT, values, row, unit_id=unit_id, by=SYSTEM if _is_own(row, by) else by, at=at)


def issue_approval(*, row: UnionEstablishment, by: Actor, at: datetime) -> "Paper":
    """成立批复, of the approving union; without a number of its own it goes by the paper's."""
    elected = row.candidates.filter(elected=True).order_by("pk")
    values = {
        **_head(row),
        "to": _asker(row),
        "reply_no": row.reply_no,
        "employers": _employers(row),
        "elected": [[one.name, POST_LABELS[PostKind(one.post)], one.votes or 0] for one in elected],
        "term": str(say("{n} 年一届", n=row.term_years)),
        "day": row.approved_on,
    }
    return _issue(rules.APPROVAL, values, row, unit_id=queries.desks_of(row=row).approve.pk, by=by, at=at)


def _issue(
    template: Template,
    values: Mapping[str, object],
    row: UnionEstablishment,
    *,
    unit_id: int,
    by: Actor,
    at: datetime,
) -> "Paper":
    """The paper; one that was issued before for the same matter is void, and this stands in its place."""
    old = _valid(template, row)
    if old is not None:
        reason = str(say("补正后重新出具"))
        return papers.reissue(paper_id=old.pk, template=template, values=values, reason=reason, by=by, at=at)
    return papers.issue(
        template=template,
        values=values,
        about_kind=rules.KIND,
        about_id=row.pk,
        unit_id=unit_id,
        by=by,
        at=at,
    )


def _valid(template: Template, row: UnionEstablishment) -> "Paper | None":
    about = papers_queries.papers_about(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
    return about.filter(template=template.key, voided_at=None).first()


def _is_own(row: UnionEstablishment, by: Actor) -> bool:
    return by.user_id == row.asked_by and row.asked_unit_id is None


def _head(row: UnionEstablishment) -> dict[str, object]:
    return {"union": row.name, "kind": KIND_LABELS[OrgKind(row.kind)], "parent": row.parent.name}


def _asker(row: UnionEstablishment) -> str:
    asked = row.asked_unit
    return asked.name if asked else str(say("{name}筹备组", name=row.name))


def _group(row: UnionEstablishment) -> list[list[object]]:
    members = row.group.order_by("-leads", "pk")
    return [[one.name, one.duty, "组长" if one.leads else "成员"] for one in members]


def _employers(row: UnionEstablishment) -> list[list[object]]:
    return [[one.name, one.uscc, one.headcount] for one in row.employers.order_by("pk")]
