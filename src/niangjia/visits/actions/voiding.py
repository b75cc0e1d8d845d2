"""A visit that should not count is void with its reason; it stays readable (R-G-10)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from niangjia.campaigns import actions as campaigns
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.papers import actions as papers
from niangjia.visits import queries, rules
from niangjia.visits.models import HomeVisit
from niangjia.visits.permissions import Word
from niangjia.visits.queries.told import record_of


@transaction.atomic
def void_visit(*, visit_id: int, reason: str, by: Actor, at: datetime) -> HomeVisit:
    """The visit counts no more, its record neither; a target that nobody else visited is open again.

    What was told there stays with the household: it was told.
    """
    found = queries.visit_for(visit_id=visit_id, actor=by, word=Word.VOID)
    by.require(Word.VOID, at=found.path)
    visit = HomeVisit.objects.select_for_update().get(pk=found.pk)
    if visit.voided_at is not None:
        raise Refused(say("这次走访已经作废。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么作废，例如：重复登记。"), field="reason")
    visit.voided_at, visit.voided_by, visit.void_why = at, by.user_id, reason.strip()
    visit.save(update_fields=["voided_at", "voided_by", "void_why"])
    with beyond():
        paper = record_of(visit=visit)
        if visit.target_id is not None and visit.result in rules.AT_HOME and not _others(visit).exists():
            campaigns.unmark_visited(target_id=visit.target_id, reason=visit.void_why, by=by, at=at)
    if paper is not None:
        papers.void_paper(paper_id=paper.pk, reason=visit.void_why, by=by, at=at)
    journal.record(
        "void_visit", by=by, at=at, kind=rules.KIND, object_id=visit.pk, person_id=visit.person_id,
        reason=visit.void_why,
    )  # fmt: skip
    return visit


def _others(visit: HomeVisit) -> QuerySet[HomeVisit]:
    """The visits that still say that the target was visited."""
    return HomeVisit.objects.filter(target=visit.target, voided_at=None, result__in=rules.AT_HOME)
