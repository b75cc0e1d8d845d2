"""The first review, the visit, the check, the town's review; or a return or refusal with its reason."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from niangjia.hardship import queries, rules
from niangjia.hardship.actions import desk
from niangjia.hardship.actions.stepping import (
    decided,
    locked,
    record,
    require_other,
    require_version,
    require_words,
    saved,
    stepped,
)
from niangjia.hardship.models import NeedyWorkerFile, Relative
from niangjia.hardship.permissions import Word
from niangjia.hardship.rules import State
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.means import actions as means

if TYPE_CHECKING:
    from niangjia.visits.models import HomeVisit


@transaction.atomic
def first_review(*, file_id: int, version: int, words: str = "", by: Actor, at: datetime) -> NeedyWorkerFile:
    """The worker's union knows him and supports the application; a visit that was made before counts."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="first_review", version=version, by=by, at=at)
        row.first_words = words.strip()[:500]
        saved(row=row)
        record(verb="first_review_file", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("档案已初审通过，等待入户走访：{file}", file=str(row)), by=by, at=at)
        hear_of_visit(household_id=row.household_id, at=at)
    return row


def hear_of_visit(*, household_id: int | None, at: datetime) -> None:
    """A file that waited for a visit goes on by itself once there is one, whoever made it (R-AID-01)."""
    row = queries.file_of_household(household_id=household_id or 0)
    if row is None or row.state != State.PRIMARY or queries.confirmed_visit(row=row) is None:
        return
    take_up_visit(file_id=row.pk, version=None, by=SYSTEM, at=at)


def on_visit(*, visit: "HomeVisit", by: Actor, at: datetime) -> None:
    """A visit stands (port NIANGJIA_VISIT_HEARERS)."""
    with beyond():
        hear_of_visit(household_id=visit.household_id, at=at)


@transaction.atomic
def take_up_visit(*, file_id: int, version: int | None, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The confirmed visit of two officers is the file's evidence."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="take_up_visit", version=version, by=by, at=at)
        row.visit = queries.confirmed_visit(row=row)
        saved(row=row)
        record(verb="take_up_visit", row=row, by=by, at=at, visit=row.visit_id)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("已入户走访，等待经济状况核对：{file}", file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def ask_check(*, file_id: int, version: int, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The county asks civil affairs; every adult has signed. The answer takes the file to the town's desk."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="ask_check", version=version, by=by, at=at)
        if row.household_id is None:
            raise NotVisible
        row.check_made = means.ask_check(household_id=row.household_id, by=by, at=at)
        saved(row=row)
        record(verb="ask_check_of_file", row=row, by=by, at=at, check=row.check_made_id)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("已提请家庭经济状况核对：{file}", file=str(row)), by=by, at=at)
    return row


def on_check(*, household_id: int, answered: bool, by: Actor, at: datetime) -> None:
    """The check was sent: nobody here has anything to do; it is answered: the file lies with the town.

    The port NIANGJIA_MEANS_HEARERS.
    """
    row = queries.file_of_household(household_id=household_id)
    if row is None or row.state != State.CHECK:
        return
    if answered:
        desk.pass_on(row=row, by=by, at=at)
    else:
        desk.set_down(row=row, by=by, at=at)


@transaction.atomic
def town_review(
    *, file_id: int, version: int, words: str = "", exception: str = "", by: Actor, at: datetime
) -> NeedyWorkerFile:
    """The town has checked everything; the category and what it rests on are kept (R-AID-04).

    `exception` asks for an approval in spite of an exclusion (R-AID-06). Whatever the check shows otherwise
    than told must be explained in `words`.
    """
    with beyond():
        told = {"town_words": words.strip()[:500], "exception": exception.strip()[:500]}
        row, sight = stepped(file_id=file_id, step="town_review", version=version, by=by, at=at, **told)
        if sight is None:
            raise NotVisible
        decided(row=row, sight=sight, stage="town", by=by, at=at)
        row.visit = queries.confirmed_visit(row=row)
        saved(row=row)
        record(verb="town_review_file", row=row, by=by, at=at, category=row.category)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("镇街已审核通过，即将公示：{file}", file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def send_back(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The applicant has the file again, and reads what is missing."""
    with beyond():
        told = require_words(words=reason)
        row, _ = stepped(file_id=file_id, step="send_back", version=version, by=by, at=at)
        row.reason = told
        saved(row=row)
        record(verb="send_back_file", row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("建档申请被退回补正：{file}", file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def reject_file(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The household gets no file, for a reason that it reads; it may appeal once."""
    with beyond():
        told = require_words(words=reason)
        row, _ = stepped(file_id=file_id, step="reject", version=version, by=by, at=at)
        row.reason, row.closed_at = told, at
        row.refused_unit_id, row.refused_by, row.refused_on = by.unit_id, by.user_id, clock.day_of(at)
        saved(row=row)
        record(verb="reject_file", row=row, by=by, at=at, reason=told)
        desk.fall_away(row=row, by=by, at=at, reason=told)
        until = queries.appeal_until(row=row)
        words = say("未能建档，您可以在 {day} 前申诉：{file}", day=until, file=str(row))
        desk.tell(row=row, words=words, by=by, at=at)
    return row


@transaction.atomic
def decide_appeal(
    *, file_id: int, version: int, upheld: bool, words: str, by: Actor, at: datetime
) -> NeedyWorkerFile:
    """The appeal is answered by somebody else: the file is taken up again, or the refusal stands."""
    with beyond():
        told = require_words(words=words, field="words")
        step = "uphold_appeal" if upheld else "dismiss_appeal"
        row, _ = stepped(file_id=file_id, step=step, version=version, by=by, at=at)
        require_other(row=row, user_id=row.refused_by, by=by)
        row.reason, row.closed_at = told, None if upheld else at
        saved(row=row)
        record(verb="decide_appeal", row=row, by=by, at=at, reason=told, upheld=upheld)
        desk.pass_on(row=row, by=by, at=at)
        said = "申诉成立，重新办理：{file}" if upheld else "申诉不成立：{file}"
        desk.tell(row=row, words=say(said, file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def drop_lead(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """A lead comes to nothing: nobody is in need there, or he does not want it."""
    with beyond():
        told = require_words(words=reason)
        row, _ = stepped(file_id=file_id, step="drop", version=version, by=by, at=at)
        row.reason, row.closed_at = told, at
        saved(row=row)
        record(verb="drop_lead", row=row, by=by, at=at, reason=told)
        desk.fall_away(row=row, by=by, at=at, reason=told)
    return row


@transaction.atomic
def open_temporary(
    *, file_id: int, household_id: int, version: int, reason: str, by: Actor, at: datetime
) -> NeedyWorkerFile:
    """A household that cannot wait has a temporary file 临时档案; it is promoted or cancelled afterwards."""
    with beyond():
        told = require_words(words=reason)
        home = queries.household_within(household_id=household_id, actor=by)
        row, _ = stepped(
            file_id=file_id, step="open_temporary", version=version, by=by, at=at, household=home,
            worker_id=home.head_id,
        )  # fmt: skip
        row.temporary, row.town_words = True, told
        row.number = row.number or rules.number_of(year=clock.day_of(at).year, serial=row.pk)
        saved(row=row)
        record(verb="open_temporary_file", row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("已建临时档案：{file}", file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def end_temporary(
    *, file_id: int, version: int, promote: bool, reason: str, by: Actor, at: datetime
) -> NeedyWorkerFile:
    """The temporary file goes the regular way 转正, or is cancelled with its reason."""
    with beyond():
        told = require_words(words=reason)
        step = "promote" if promote else "cancel_temporary"
        row, _ = stepped(file_id=file_id, step=step, version=version, by=by, at=at, **_times(promote, at))
        row.reason = "" if promote else told
        row.closed_at = None if promote else at
        if promote:
            row.visit_since = queries.visits_count_from(row=row, day=clock.day_of(at))
        saved(row=row)
        verb = "promote_file" if promote else "cancel_temporary_file"
        record(verb=verb, row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
        said = "临时档案转正办理：{file}" if promote else "临时档案已注销：{file}"
        desk.tell(row=row, words=say(said, file=str(row)), by=by, at=at)
    return row


def _times(promote: bool, at: datetime) -> dict[str, object]:  # noqa: FBT001 - the way of the step
    return {"applied_at": at, "applied_on": clock.day_of(at)} if promote else {}


@transaction.atomic
def declare_relative(*, file_id: int, version: int | None, by: Actor, at: datetime) -> None:
    """An officer declares to be the worker's relative: the file goes to somebody else (R-G-06, App. D 14)."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        require_version(row=row, version=version, step="declare")
        if by.person_id is None or not by.may(Word.READ, at=row.path):
            raise NotAllowed
        if by.person_id in queries.recused_of(row=row):
            raise Refused(say("您已经在回避名单里，不用再声明。"))
        try:
            with transaction.atomic():
                Relative.objects.create(file=row, person_id=by.person_id, declared_at=at)
        except IntegrityError:
            return
        row.version += 1
        saved(row=row)
        record(verb="declare_relative", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
