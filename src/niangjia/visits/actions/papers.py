"""The record of a visit 走访记录, of which the family keeps a copy with its number (R-AID-03)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.households import queries as homes
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.errors import NiangjiaError, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, listed, say
from niangjia.papers import actions as papers
from niangjia.visits import queries, rules
from niangjia.visits.models import HomeVisit
from niangjia.visits.permissions import Word
from niangjia.visits.queries.told import asked_at, record_of

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


def issue_record(*, visit: HomeVisit, by: Actor, at: datetime) -> "Paper | None":
    """The record is issued with the visit; where it cannot be printed, the visit stands and it follows."""
    if visit.household_id is None:
        return None
    try:
        with transaction.atomic():
            return papers.issue(
                template=rules.RECORD,
                values=_values(visit),
                about_kind=rules.KIND,
                about_id=visit.pk,
                unit_id=visit.unit_id,
                person_id=visit.person_id,
                by=by,
                at=at,
            )
    except NiangjiaError:
        return None


@transaction.atomic
def reissue_record(*, visit_id: int, by: Actor, at: datetime) -> "Paper":
    """The record that could not be printed with the visit; refused where one stands."""
    visit = queries.visit_for(visit_id=visit_id, actor=by, word=Word.MAKE)
    by.require(Word.MAKE, at=visit.path)
    with beyond():
        standing = record_of(visit=visit)
    paper = None if standing else issue_record(visit=visit, by=by, at=at)
    if paper is None:
        raise Refused(say("走访记录已经有一份有效的，或者还有打印不出来的字。请打开已有的记录核对。"))
    return paper


def _values(visit: HomeVisit) -> dict[str, object]:
    with beyond():
        home, campaign = visit.household, visit.campaign
        visitors = [one.name for one in visit.visitors.order_by("pk")]
        asks = [[str(one.label), one.name, str(one.standing)] for one in asked_at(visit=visit)]
    assert home is not None  # noqa: S101 - asked by the caller
    facts = homes.facts_of(household=home)[None]
    moment = visit.visited_at.astimezone(SHANGHAI)
    return {
        "case": str(home.pk),
        "head": homes.name_of(household=home),
        "campaign": campaign.name if campaign else "",
        "residence": str(facts.get("residence", "")),
        "visited": f"{moment:%Y-%m-%d %H:%M}",
        "people": len(homes.members_of(household=home)),
        "result": rules.RESULTS[visit.result],
        "statement": queries.statement_of(visit=visit),
        "visitors": str(listed(visitors)),
        "family": str(_family(visit)) if visit.family_signed_at else "",
        "asks": asks,
    }


def _family(visit: HomeVisit) -> Said:
    words = "{name}（{relation}），{how}" if visit.family_relation else "{name}，{how}"
    how = say("现场手写签名") if visit.family_signature else say("键入姓名并勾选确认")
    told: dict[str, object] = {"name": visit.family_name, "how": how}
    return say(words, **told | ({"relation": visit.family_relation} if visit.family_relation else {}))
