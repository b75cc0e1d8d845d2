"""At the door the application is filed at once, from what was told there (S-LA-03)."""

from datetime import datetime
from typing import TYPE_CHECKING

from niangjia.aid import queries, rules
from niangjia.aid.actions import desk
from niangjia.aid.actions.asking import Draft, draft_application, note_if_visited, submit_application
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import AidKind, State
from niangjia.hardship import queries as hardship
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.visits.actions import Filed

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.visits.actions import AskedFor
    from niangjia.visits.models import HomeVisit


def file_at_the_door(*, visit: "HomeVisit", asked: "AskedFor", by: Actor, at: datetime) -> Filed | None:
    """The family's application is filed by the officers who came (R-AID-03; port of `visits`).

    What is still missing leaves it a draft on their desk; a complete one is submitted and counts as visited.
    """
    home = visit.household
    if home is None:
        return None
    draft = draft_of(
        household=home, kind=AidKind(asked.kind), member_id=asked.member_id, words=asked.words, at=at
    )
    row = draft_application(
        household_id=home.pk, draft=draft, campaign_id=visit.campaign_id, unit_id=visit.unit_id, by=by, at=at
    )
    told = [one for one in rules.findings(queries.case_of(row=row, day=day_of(at))) if not one.holds]
    mine = [one for one in told if one.road == "edit"]
    if mine:
        return Filed(
            rules.KIND, row.pk, say("已起草第 {n} 号申请，待补：{what}", n=row.pk, what=mine[0].words)
        )
    row = submit_application(application_id=row.pk, version=None, by=by, at=at)
    if row.state == State.LINKED and row.linked_to is not None:
        words = say("这名学生已有第 {n} 号申请，这件已关联，不另发放。", n=row.linked_to_id)
        return Filed(rules.KIND, row.pk, words)
    return Filed(rules.KIND, row.pk, say("已代您提交第 {n} 号申请。", n=row.pk))


def draft_of(
    *, household: "Household", kind: AidKind, member_id: int | None, words: str, at: datetime
) -> Draft:
    """An application as far as the household's file tells it: school, notice, tuition, the standard."""
    day = day_of(at)
    if kind is not AidKind.STUDY:
        return Draft(kind, day.year, words=words)
    known = households.facts_of(household=household).get(member_id, {})
    members = {one.number: one.person_id for one in households.members_of(household=household)}
    with beyond():
        filed = hardship.is_filed(household_id=household.pk, day=day)
        stage = str(known.get("stage", ""))
        standard = queries.standard_at(unit_id=household.keeper_id, day=day, stage=stage, filed=filed)
    tuition = known.get("tuition")
    return Draft(
        kind,
        day.year,
        asked=standard,
        words=words,
        student_id=members.get(member_id or 0),
        stage=stage,
        school=str(known.get("school", "")),
        school_kind=str(known.get("school_kind", "")),
        admission_no=str(known.get("admission_no", "")),
        tuition=Yuan(tuition) if isinstance(tuition, int) else None,
    )


def hear_of_visit(*, visit: "HomeVisit", by: Actor, at: datetime) -> None:
    """Applications of the household that waited for this visit go on (port of `visits`)."""
    if visit.household_id is None:
        return
    with beyond():
        waiting = AidApplication.objects.select_for_update(of=("self",))
        waiting = waiting.select_related("payee", "household", "unit")
        for row in waiting.filter(household_id=visit.household_id, state=State.SUBMITTED).order_by("pk"):
            if note_if_visited(row=row, at=at):
                desk.pass_on(row=row, by=by, at=at)
