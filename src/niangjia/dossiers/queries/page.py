"""One file as the reader sees it: evidence and explanation, who has it, what may be done, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from niangjia.dossiers.queries.history import events_of, stages_of
from niangjia.dossiers.queries.shown import (
    check_table,
    decisions_table,
    differences_table,
    facts_of,
    household_facts,
    lines_of,
    members_table,
    signing_table,
)
from niangjia.dossiers.queries.steps import acts_of, papers_of
from niangjia.eligibility.rules import Verdict
from niangjia.hardship import queries, rules
from niangjia.hardship.permissions import Word
from niangjia.hardship.rules import KIND
from niangjia.households.rules import About
from niangjia.kernel.access import EVERYWHERE, Actor, Role
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one
from niangjia.kernel.shapes import Act, Event, Fact, Stage, Table
from niangjia.kernel.words import Said, say
from niangjia.means import queries as means
from niangjia.means.permissions import Word as MeansWord
from niangjia.papers import queries as papers
from niangjia.tasks import queries as tasks

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile
    from niangjia.papers.models import Paper


@dataclass(frozen=True, slots=True)
class Standing:
    """With whom it lies: since when, until when, what comes then (R-G-08)."""

    who: Said
    what: Said
    since: date
    due_on: date | None
    left: int | None
    late: bool
    then: Said | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision rests on; only for whoever may read the file (SC-11)."""

    verdict: Verdict
    lacking: Sequence[Said]
    warnings: Sequence[Said]
    household: Sequence[Fact]
    tables: Sequence[Table]
    changed: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    """Everything that the page of a file shows."""

    row: "NeedyWorkerFile"
    name: str
    state: Said
    shape: str
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    standing: Sequence[Standing]
    acts: Sequence[Act]
    prints: Sequence[Act]
    events: Sequence[Event]
    papers: Sequence["Paper"]
    evidence: Evidence | None
    mine: bool


def file_page(*, file_id: int, actor: Actor, at: datetime, today: date) -> FilePage:
    """The file as the reader's post, or the worker himself, sees it."""
    row = queries.file_for(file_id=file_id, actor=actor)
    with beyond():
        return _page(row, actor, at=at, today=today)


def _page(row: "NeedyWorkerFile", actor: Actor, *, at: datetime, today: date) -> FilePage:
    """Built past the scope: the file was admitted, and says itself who may know what of it."""
    desks = queries.desks_of(row=row, day=today)
    about = papers.papers_about(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
    reads = actor.may(Word.READ, at=row.path)
    mine = actor.person_id is not None and actor.person_id == row.worker_id
    name = queries.name_of(row=row)
    masked = actor.role == Role.PRV or not (reads or mine)
    return FilePage(
        row=row,
        name=mask_name(name) if masked and name else name,
        state=rules.LABELS[row.state],
        shape=rules.STATUS.get(row.state, "now"),
        facts=facts_of(row=row) if reads or mine else [],
        stages=stages_of(row=row),
        standing=standing_of(row=row, today=today, mine=mine),
        acts=acts_of(row=row, actor=actor, desks=desks),
        prints=papers_of(row=row, actor=actor),
        events=events_of(row=row) if reads or mine else [],
        papers=list(about.filter(voided_at=None).order_by("-pk")) if reads or mine else [],
        evidence=_evidence(row, actor, at=at, today=today) if reads else None,
        mine=mine,
    )


def _evidence(row: "NeedyWorkerFile", actor: Actor, *, at: datetime, today: date) -> Evidence:
    hidden = {About.HEALTH} if actor.role == Role.AUD else set()
    sight = queries.sight_of(row=row, at=at, day=today)
    decisions = queries.decisions_of(row=row)
    changed = queries.facts_changed(row=row)
    differences = queries.differences_of(row=row) if changed and not hidden else []
    signings = means.signings_of(household=row.household, day=today) if row.household else []
    found = (
        differences_table(found=differences),
        members_table(row=row, hidden=hidden, masked=actor.role == Role.PRV),
        signing_table(row=row, found=signings, may_sign=actor.may(MeansWord.AUTHORISE, at=row.path)),
        check_table(standing=sight.check),
        decisions_table(decisions=decisions),
    )
    household = household_facts(row=row, hidden=hidden)
    under_way = row.state in {*rules.UNDER_WAY, *rules.STANDING}
    return Evidence(
        verdict=sight.verdict,
        lacking=sight.lacking if under_way else [],
        warnings=lines_of(
            said=[*(one.words for one in sight.findings if one.warning), *sight.verdict.warnings]
        ),
        household=household,
        tables=[table for table in found if table is not None],
        changed=changed,
    )


def standing_of(*, row: "NeedyWorkerFile", today: date, mine: bool) -> list[Standing]:
    """Who has it since when, how many days are left, and what the worker must do himself (R-G-08)."""
    own = row.state in rules.WITH_APPLICANT and row.asked_unit_id is None
    found = tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today)
    told = [
        Standing(
            who=_who(one.unit_name, own=own, mine=mine),
            what=one.title if isinstance(one.title, Said) else say("{words}", words=one.title),
            since=one.since,
            due_on=one.due_on,
            left=one.workdays_left,
            late=one.is_overdue,
            then=one.next_step,
        )
        for one in found
    ]
    if told or row.state != rules.State.CHECK:
        return told
    asked = row.check_made.asked_at.date() if row.check_made else today
    waits = say("民政部门正在核对家庭经济状况")
    then = say("镇街审核")
    return [Standing(waits, say("等待反馈"), asked, None, None, late=False, then=then)]


def _who(unit: str, *, own: bool, mine: bool) -> Said:
    if not own:
        return say("现在由{unit}办理", unit=unit)
    return say("现在等您办理") if mine else say("现在等申请人办理")


def file_paper(*, file_id: int, paper_id: int, actor: Actor) -> "Paper":
    """A paper of the file, for its worker and for whoever may read the file; or 404."""
    row = queries.file_for(file_id=file_id, actor=actor)
    own = actor.person_id is not None and actor.person_id == row.worker_id
    if not own:
        row = queries.file_for(file_id=file_id, actor=actor, word=Word.READ)
    with beyond():
        about = papers.papers_about(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
        return the_one(about.filter(pk=paper_id).select_related("pdf"))
