"""A check is asked for, sent with others as one file, answered person by person, or void."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.households import queries as homes
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.means import queries, rules
from niangjia.means.models import Batch, Check, Checked
from niangjia.means.permissions import Word
from niangjia.means.rules import Answer, State
from niangjia.notices import queries as calendars
from niangjia.people import queries as people
from niangjia.policies import queries as policies
from niangjia.tasks import actions as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.households.models import Household

DUE = "aid.means_answer_workdays"
ROAD = "means-batch"


@transaction.atomic
def ask_check(*, household_id: int, by: Actor, at: datetime) -> Check:
    """The household is to be checked. Every adult has agreed, and bears a number that passes its check.

    Called by the action of the file above, which has asked for the permission; it is the same check if one is
    under way.
    """
    with beyond():
        home = homes.household_for(household_id=household_id, actor=by)
        known = queries.check_of(household_id=home.pk, lock=True)
        if known is not None:
            return known
        day = clock.day_of(at)
        signings = queries.signings_of(household=home, day=day)
        _require_signed(signings)
        check = Check.objects.create(household=home, person_id=home.head_id, asked_at=at, asked_by=by.user_id)
        for one in signings:
            _ask_about(check, home, one)
        _record("ask_check", check, by=by, at=at, persons=len(signings))
    return check


def _require_signed(signings: Sequence[queries.Signing]) -> None:
    unsigned = [one.member.name for one in signings if one.signed_on is None]
    if unsigned or not signings:
        words = say("{names}还没有签核对授权书，不能送核。请先补签。", names=listed(unsigned))
        raise Refused(words, field="household")


def _ask_about(check: Check, home: "Household", one: queries.Signing) -> None:
    person = people.records(person_ids=[one.member.person_id]).get()
    paper = people.documents_of(person=person).first()
    if paper is None:
        text = "{name}还没有核对证件号码，民政核对不了。请先对照证件原件登记。"
        raise Refused(say(text, name=one.member.name), field="household")
    Checked.objects.create(check_of=check, household=home, person=person, blind=paper.blind)


def _record(verb: str, check: Check, *, by: Actor, at: datetime, reason: str = "", **after: object) -> None:
    told = {"state": str(check.state), **after}
    journal.record(
        verb, by=by, at=at, kind=rules.CHECK, object_id=check.household_id, after=told, reason=reason
    )


@transaction.atomic
def send_batch(*, unit_id: int, purpose: str, by: Actor, at: datetime) -> Batch:
    """Everything beneath the union that waits goes to civil affairs as one batch, for a purpose (SC-6)."""
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.ASK))
    by.require(Word.ASK, at=unit.path)
    if not purpose.strip():
        raise BadInput(say("请写明送核的用途，会写进记录。"), field="purpose")
    with beyond():
        checks = list(
            Check.objects.filter(state=State.ASKED, household__path__startswith=unit.path)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        if not checks:
            raise Refused(say("现在没有等待送核的家庭。"))
        persons = Checked.objects.filter(check_of__in=checks).count()
        batch = Batch.objects.create(
            unit=unit, purpose=purpose.strip(), made_at=at, made_by=by.user_id,
            due_on=_due(unit.pk, clock.day_of(at)), households=len(checks), persons=persons,
        )  # fmt: skip
        for check in checks:
            check.state, check.batch = rules.CHECKING.advance(check.state, "send"), batch
            check.save(update_fields=["state", "batch"])
        after = {"households": len(checks), "persons": persons}
        journal.record(
            "send_check_batch", by=by, at=at, kind=rules.BATCH, object_id=batch.pk, after=after,
            reason=batch.purpose,
        )  # fmt: skip
        _lay(batch, by=by, at=at)
        for check in checks:
            _let_hear(check, answered=False, by=by, at=at)
    return batch


class Hearer(Protocol):
    """An app above that goes on with what waited for a check."""

    def __call__(self, *, household_id: int, answered: bool, by: Actor, at: datetime) -> None:
        """The check of a household was sent, or every adult's answer is in; called in its transaction."""


def _let_hear(check: Check, *, answered: bool, by: Actor, at: datetime) -> None:
    for path in settings.NIANGJIA_MEANS_HEARERS:
        hearer = cast("Hearer", import_string(path))
        hearer(household_id=check.household_id, answered=answered, by=by, at=at)


def _due(unit_id: int, day: date) -> date:
    days = policies.value_in_force(key=DUE, unit_id=unit_id, day=day).of(int)
    return calendars.calendar_at(unit_id=unit_id, day=day).until(day, days)


def _lay(batch: Batch, *, by: Actor, at: datetime) -> None:
    draft = tasks.TaskDraft(
        key=f"means:{batch.pk}",
        kind="means.answer",
        title=say("反馈家庭经济状况核对：第 {n} 批，{persons} 人", n=batch.pk, persons=batch.persons),
        unit_id=batch.unit_id,
        word=Word.ANSWER,
        about=(rules.BATCH, batch.pk),
        road=ROAD,
        road_args=(batch.pk,),
        due_on=batch.due_on,
        step="answer",
        next_step=say("镇街审核"),
    )
    tasks.lay(draft=draft, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that came in, about one person of a check, as it was seen."""

    checked_id: int
    version: int
    answer: Answer


@transaction.atomic
def enter_answer(*, told: Told, by: Actor, at: datetime) -> Checked:
    """The answer about one person stands; with the last one the check of the household is answered.

    A later answer to the same check replaces the earlier one, with a line in the journal.
    """
    with beyond():
        row = (
            Checked.objects.select_for_update(of=("self",))
            .select_related("check_of", "household")
            .get(pk=told.checked_id)
        )
        by.require(Word.ANSWER, at=row.household.path)
        if row.version != told.version:
            raise Refused(say("这个人的核对结果刚刚有人改过。请重新核对这一行。"), field="outcome")
        row.answer = queries.sealed(answer=told.answer, person_id=row.person_id)
        row.answered_at, row.answered_by, row.version = at, by.user_id, row.version + 1
        row.save(update_fields=["answer", "answered_at", "answered_by", "version"])
        _record("answer_check", row.check_of, by=by, at=at, outcome=str(told.answer.outcome))
        _finish(row.check_of, by=by, at=at)
    return row


def _finish(check: Check, *, by: Actor, at: datetime) -> None:
    if check.state != State.SENT or check.persons.filter(answered_at=None).exists():
        return
    check.state = rules.CHECKING.advance(check.state, "answer", {"everybody": True})
    check.answered_at = at
    check.save(update_fields=["state", "answered_at"])
    batch = check.batch
    if batch and not batch.checks.filter(state=State.SENT).exists():
        tasks.finish(by=by, at=at, about=(rules.BATCH, batch.pk))
    _let_hear(check, answered=True, by=by, at=at)


@transaction.atomic
def take_back_answer(*, told: Told, by: Actor, at: datetime, reason: str) -> None:
    """An answer that came in by mistake is taken away again; the check waits for it once more."""
    with beyond():
        row = (
            Checked.objects.select_for_update(of=("self",)).select_related("check_of").get(pk=told.checked_id)
        )
        by.require(Word.ANSWER, at=row.household.path)
        if row.version != told.version:
            raise Refused(say("这个人的核对结果之后又有改动，没有撤回。"))
        check = row.check_of
        row.answer, row.answered_at, row.version = None, None, row.version + 1
        row.save(update_fields=["answer", "answered_at", "version"])
        Check.objects.filter(pk=check.pk).update(state=State.SENT, answered_at=None)
        _record("take_back_answer", check, by=by, at=at, reason=reason)


@transaction.atomic
def void_check(*, household_id: int, reason: str, by: Actor, at: datetime) -> None:
    """The check that is under way counts no more: the household has changed, or the file was given up."""
    with beyond():
        check = queries.check_of(household_id=household_id, lock=True)
        if check is None:
            return
        check.state, check.void_why = rules.CHECKING.advance(check.state, "void"), reason.strip()[:200]
        check.save(update_fields=["state", "void_why"])
        _record("void_check", check, by=by, at=at, reason=reason)
