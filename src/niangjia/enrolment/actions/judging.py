"""What would become of each row of a roll, against the register as it stands now; nothing is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from niangjia.enrolment.actions.reading import read_rows
from niangjia.enrolment.queries.found import Persons, Places, persons_of, places_of
from niangjia.enrolment.rules.columns import BESIDE, FORM_WORDS, NO, YES, YESNO
from niangjia.enrolment.rules.plans import Plan
from niangjia.exchange.rules.verdicts import FileRow, Judged, Problem, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.words import say
from niangjia.members.permissions import Word
from niangjia.members.rules import require_none_counting

if TYPE_CHECKING:
    from niangjia.members.models import Membership

OTHER_NAME = say("这个证件号码登记的是另一个姓名。请对照证件核对姓名和号码。")
COMPARED = ("employer_id", "workplace_id", "group_id", "form", "platform", "migrant")
SHOWN = {"employer_id": "employer", "workplace_id": "workplace", "group_id": "group"}


def plans_of(*, rows: Sequence[FileRow], unit_id: int, by: Actor, at: datetime) -> list[Plan]:
    """Each row as a plan with its verdict."""
    today, values = day_of(at), [row.values for row in rows]
    places = places_of(values=values, unit_id=unit_id, by=by, today=today)
    plans = read_rows(rows=values, places=places, today=today)
    sound = [plan for plan in plans if not plan.wrong]
    persons = persons_of(plans=sound, by=by, today=today)
    for plan in sound:
        plan.judged = _judge(plan, persons, places, by)
    for plan in plans:
        plan.judged = plan.judged or Judged(Verdict.ERROR, plan.problems)
    return plans


def _judge(plan: Plan, persons: Persons, places: Places, by: Actor) -> Judged:
    bearer = persons.bearers.get(plan.blind) if plan.blind else None
    if bearer is not None and bearer.name_key != plan.name_key:
        return _conflict(plan, OTHER_NAME, "name")
    if bearer is None:
        known = _known_without_paper(plan, persons)
        return _compared(plan, known, places) if known else _new(plan, places)
    plan.person_id, plan.keeper_id = bearer.person_id, bearer.keeper_id
    here = persons.here.get((bearer.person_id, plan.union_id))
    if here is not None:
        return _compared(plan, here, places)
    stretches = persons.stretches.get(bearer.person_id, ())
    counting = [one for one in stretches if one.counts and _reaches(one.standing, plan)]
    if counting and plan.values["twice"] == BESIDE:
        plan.beside = True
        return _new(plan, places)
    try:
        visible = all(by.may(Word.READ, at=one.counting.path) for one in counting)
        standing = [one.standing for one in counting]
        require_none_counting(standing, union_id=plan.union_id, since=plan.since, visible=visible)
    except NiangjiaError as error:
        return _conflict(plan, error.reasons[0], "number")
    return _new(plan, places)


def _reaches(standing: Any, plan: Plan) -> bool:
    return standing.until is None or standing.until > plan.since


def _conflict(plan: Plan, words: Any, column: str) -> Judged:
    return Judged(Verdict.CONFLICT, [*plan.problems, Problem(words, column)])


def _new(plan: Plan, places: Places) -> Judged:
    if not plan.values["employer"] and not plan.values["form"]:
        only = places.only_employer(plan.union_id)
        plan.columns |= {"employer_id": only} if only else {}
    return Judged(Verdict.NEW, plan.problems)


def _known_without_paper(plan: Plan, persons: Persons) -> "Membership | None":
    """The member of the same union and name who lacks a paper: by the mobile, or where neither has one."""
    if plan.blind is not None:
        return None
    for row in persons.lacking.get((plan.union_id, plan.name_key), ()):
        mobiles = persons.mobiles.get(row.person_id, set())
        if plan.mobile_blind in mobiles or (
            plan.mobile_blind is None and not mobiles and _same_birth(plan, row)
        ):
            plan.person_id = row.person_id
            return row
    return None


def _same_birth(plan: Plan, row: "Membership") -> bool:
    return row.born_year == (plan.born.year if plan.born else None)


def _compared(plan: Plan, known: "Membership", places: Places) -> Judged:
    """The row against the membership that stands: an empty cell changes nothing."""
    told = {name: value for name, value in plan.columns.items() if name in COMPARED}
    plan.edits = {name: now for name, now in told.items() if getattr(known, name) != now}
    plan.before = {name: getattr(known, name) for name in plan.edits}
    if plan.values["since"] and plan.values["since"] != known.joined_on:
        words = say("登记的入会日期是 {day}，与这一行不同，没有改。", day=known.joined_on)
        plan.problems.append(Problem(words, "since"))
    changes = {SHOWN.get(name, name): _shown(name, known, plan) for name in plan.edits}
    verdict = Verdict.UPDATE if plan.edits else Verdict.UNCHANGED
    return Judged(verdict, plan.problems, known.pk, known.version, changes)


def _shown(name: str, known: "Membership", plan: Plan) -> tuple[Any, Any]:
    """Before and after in words."""
    was, now = getattr(known, name), plan.edits[name]
    if name in SHOWN:
        related = getattr(known, SHOWN[name])
        return (related.name if related else None, plan.values[SHOWN[name]])
    if name == "migrant":
        return (str(YESNO[YES if was else NO]), str(YESNO[YES if now else NO]))
    if name == "form":
        return (str(FORM_WORDS.get(was, "")), str(FORM_WORDS.get(now, "")))
    return (was, now)
