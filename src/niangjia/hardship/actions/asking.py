"""Somebody is reported; the worker, or an officer for him, applies, answers a return, withdraws, appeals."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.hardship import queries, rules
from niangjia.hardship.actions import desk
from niangjia.hardship.actions.stepping import (
    locked,
    one_file,
    record,
    require_version,
    require_words,
    saved,
    stepped,
)
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.hardship.permissions import Word
from niangjia.households import queries as homes
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Reach
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.identifiers import parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.means import actions as means
from niangjia.members import queries as members
from niangjia.tree import queries as tree
from niangjia.visits import queries as visits


@dataclass(frozen=True, slots=True)
class Lead:
    """Three fields: who, where he is found, what happened; his person where he is known (himself)."""

    name: str
    place: str = ""
    words: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the worker beside the household's facts (R-AID-07), and the standard of the file."""

    level: str = rules.Level.COUNTY
    labour_since: date | None = None
    lives_here: bool | None = None


@transaction.atomic
def report_lead(*, unit_id: int, lead: Lead, by: Actor, at: datetime) -> NeedyWorkerFile:
    """Somebody in need is reported, by anybody in scope, also by himself (domain.md §2.4)."""
    with beyond():
        unit = tree.public_unit(unit_id=unit_id)
    own = by.words.get(Word.REPORT) is Reach.OWN
    by.require(Word.REPORT, at=None if own else unit.path)
    if own and lead.person_id != by.person_id:
        raise NotAllowed(say("您可以为自己和家人上报。别人的情况请告诉工会小组长或工会干部。"))
    name = parse_name(lead.name).printed
    with beyond():
        if lead.person_id is not None:
            _require_none(lead.person_id)
        row = NeedyWorkerFile(
            keeper=unit,
            worker_id=lead.person_id,
            told_name=name,
            told_place=lead.place.strip()[:120],
            told_words=lead.words.strip()[:300],
            reported_by=by.user_id,
            reported_at=at,
            changed_on=clock.day_of(at),
        )
        home = homes.household_of(person_id=lead.person_id) if lead.person_id else None
        row.household = home
        saved(row=row)
        row.refresh_from_db()
        record(verb="report_hardship", row=row, by=by, at=at, unit=unit.pk)
        desk.pass_on(row=row, by=by, at=at)
    return row


def _require_none(person_id: int) -> None:
    """One person stands in one file, as worker or as member of the household (R-AID-08)."""
    home = homes.household_of(person_id=person_id)
    other = queries.file_of_household(household_id=home.pk) if home else None
    other = other or queries.files_of(person_id=person_id).filter(state__in=list(rules.OPEN)).first()
    if other is not None:
        raise (
            one_file(household_id=other.household_id)
            if other.household_id
            else Refused(say("这位职工的困难线索已经上报过，工会正在联系。不用重复上报。"), field="name")
        )


@transaction.atomic
def apply_for_file(  # noqa: PLR0913 - an application has these parts
    *,
    file_id: int | None,
    household_id: int,
    asked: Asked,
    version: int | None = None,
    step: str = "apply",
    by: Actor,
    at: datetime,
) -> NeedyWorkerFile:
    """The household applies: out of a lead, or at once; by the worker or by an officer on behalf (R-AID-03).

    `step` is `reopen` for a file that was lifted or cancelled, `answer_return` for one that was returned.
    """
    home = homes.household_for(household_id=household_id, actor=by)
    if asked.level not in rules.LEVELS:
        raise BadInput(say("请选择建档标准。"), field="level")
    if file_id is None:
        file_id = _own_lead(home.pk, by=by, at=at).pk
    with beyond():
        day = clock.day_of(at)
        behalf = by.may(Word.APPLY, at=home.path) and by.person_id != home.head_id
        told = {
            "household": home,
            "worker_id": home.head_id,
            "level": asked.level,
            "labour_since": asked.labour_since,
            "lives_here": asked.lives_here,
            "applied_at": at,
            "applied_on": day,
            "visit_since": visits.valid_since(path=home.path, day=day),
            "asked_by": by.user_id,
            "asked_unit_id": by.unit_id if behalf else None,
            **_BLANK,
        }
        row, _ = stepped(file_id=file_id, step=step, version=version, by=by, at=at, **told)
        row.number = row.number or rules.number_of(year=day.year, serial=row.pk)
        saved(row=row)
        record(verb="apply_for_file", row=row, by=by, at=at, household=home.pk, number=row.number)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("建档申请已提交，编号 {number}", number=row.number), by=by, at=at)
    return row


_BLANK = {
    "visit": None,
    "check_made": None,
    "notice": None,
    "reason": "",
    "exception": "",
    "first_words": "",
    "town_words": "",
    "county_words": "",
    "proposed": "",
    "proposed_cause": "",
    "proposed_why": "",
    "closed_at": None,
}
"""What an application does not take along from an earlier one."""


def _own_lead(household_id: int, *, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The lead from which an application begins where nobody reported the household before."""
    with beyond():
        home = queries.household_within(household_id=household_id, actor=by)
        other = queries.file_of_household(household_id=home.pk)
        if other is not None and other.state != rules.State.LEAD:
            raise one_file(household_id=home.pk)
        if other is not None:
            return other
        row = NeedyWorkerFile(
            keeper_id=_union_of(home.head_id, day=clock.day_of(at)) or home.keeper_id,
            household=home,
            worker_id=home.head_id,
            told_name=homes.name_of(household=home),
            reported_by=by.user_id,
            reported_at=at,
            changed_on=clock.day_of(at),
        )
        saved(row=row)
        row.refresh_from_db()
        if not by.may(Word.APPLY, at=row.path) and by.person_id != home.head_id:
            raise NotVisible
        record(verb="report_hardship", row=row, by=by, at=at, unit=row.keeper_id)
    return row


def _union_of(person_id: int, *, day: date) -> int | None:
    """The union that counts the worker: it reviews first."""
    found = members.counting_now(person_id=person_id, day=day)
    return found.union_id if found else None


@transaction.atomic
def answer_return(*, file_id: int, asked: Asked, version: int, by: Actor, at: datetime) -> NeedyWorkerFile:
    """What was missing is there now: the file goes to the first review again."""
    row = queries.file_for(file_id=file_id, actor=by)
    return apply_for_file(
        file_id=file_id, household_id=row.household_id or 0, asked=asked, version=version,
        step="answer_return", by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def reopen_file(*, file_id: int, asked: Asked, version: int, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The family is in need again: the file is taken up under its number and goes the whole way once more."""
    row = queries.file_for(file_id=file_id, actor=by)
    if row.household_id is None:
        raise Refused(say("这条线索没有登记家庭，不能重新申请。请重新上报。"))
    return apply_for_file(
        file_id=file_id, household_id=row.household_id, asked=asked, version=version, step="reopen",
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_file(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The family does not ask any more. What was sent to civil affairs counts no more."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="withdraw", version=version, by=by, at=at)
        row.reason, row.closed_at = reason.strip()[:500], at
        saved(row=row)
        if row.household_id:
            means.void_check(household_id=row.household_id, reason=str(say("撤回申请")), by=by, at=at)
        record(verb="withdraw_file", row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def appeal(*, file_id: int, version: int, words: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The worker does not accept the refusal: it is decided once more, above whoever refused it."""
    with beyond():
        told = require_words(words=words, field="words")
        row, _ = stepped(file_id=file_id, step="appeal", version=version, by=by, at=at)
        row.appeal_words, row.appeals, row.closed_at = told, row.appeals + 1, None
        saved(row=row)
        record(verb="appeal_refusal", row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def amend_asked(*, file_id: int, asked: Asked, version: int, by: Actor, at: datetime) -> NeedyWorkerFile:
    """Labour relation, residence and standard are put right while the file is under way."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        if not by.may(Word.APPLY, at=row.path):
            raise NotAllowed(say("这一步由所在工会或镇街办理。"))
        require_version(row=row, version=version, step="edit")
        if row.state not in {str(one) for one in rules.UNDER_WAY} or asked.level not in rules.LEVELS:
            raise Refused(say("现在的状态不能再改这些内容。"), field="level")
        row.level, row.labour_since, row.lives_here = asked.level, asked.labour_since, asked.lives_here
        row.version += 1
        row.changed_on = clock.day_of(at)
        saved(row=row)
        record(verb="amend_file", row=row, by=by, at=at, level=row.level)
    return row
