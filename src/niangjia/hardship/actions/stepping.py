"""One step of a file: fetched through the guarded query, locked, asked of the rules, journalled."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.hardship import queries, rules
from niangjia.hardship.models import Decision, NeedyWorkerFile
from niangjia.hardship.permissions import Word
from niangjia.hardship.queries import Sight
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step


def locked(*, file_id: int, actor: Actor) -> NeedyWorkerFile:
    """The file that the actor may see, held until the transaction ends; to be called inside `beyond`."""
    queries.file_for(file_id=file_id, actor=actor)
    with beyond():
        rows = NeedyWorkerFile.objects.select_for_update(of=("self",))
        row = rows.select_related("keeper", "household").filter(pk=file_id).first()
    if row is None:
        raise NotVisible
    return row


def require_version(*, row: NeedyWorkerFile, version: int | None, step: str) -> None:
    """Refuse a form that was opened before somebody else took a step; None where no form was open."""
    if version is not None and row.version != version:
        words = say("这份档案刚刚有人办过一步。请打开它看现在的情况，再决定。")
        raise StepRefused(words, step=step)


def require_may(*, row: NeedyWorkerFile, step: Step, by: Actor, at: datetime) -> None:
    """Refuse a step that lies with another desk, or with somebody whom the matter concerns (R-G-06)."""
    desks = queries.desks_of(row=row, day=clock.day_of(at))
    if queries.may_take(row=row, step=step, actor=by, desks=desks):
        return
    if step.by != Word.APPLY and by.person_id is not None and by.person_id in desks.recused:
        raise NotAllowed(say("这份档案涉及您本人或您的亲属，您须回避。已转由其他同志或上一级工会办理。"))
    if step.by == Word.APPLY:
        raise NotAllowed(say("这一步由职工本人办理，或者由所在工会代为办理。"))
    raise NotAllowed(say("这一步由{unit}办理。", unit=desks.of(step.by).name))


def stepped(
    *, file_id: int, step: str, version: int | None, by: Actor, at: datetime, **before: Any
) -> tuple[NeedyWorkerFile, Sight | None]:
    """The row, locked and in the state after the step, not saved yet; and what the guards saw, if they asked.

    `before` are columns that hold from this step on and that its guards read. Raises StepRefused with each
    missing thing where the file is not complete (R-AID-02).
    """
    row = locked(file_id=file_id, actor=by)
    asked = rules.FILE.step(row.state, step)
    require_may(row=row, step=asked, by=by, at=at)
    require_version(row=row, version=version, step=step)
    for name, value in before.items():
        setattr(row, name, value)
    sight = queries.sight_of(row=row, at=at, day=clock.day_of(at)) if asked.guards else None
    row.state = _advanced(row, asked, sight)
    row.version += 1
    row.changed_on = clock.day_of(at)
    return row, sight


def _advanced(row: NeedyWorkerFile, step: Step, sight: Sight | None) -> str:
    if sight is None:
        return rules.FILE.advance(row.state, step.name)
    if not step.is_open(sight.facts):
        raise StepRefused(*_missing(step, sight), step=step.name)
    return rules.FILE.advance(row.state, step.name, sight.facts)


def _missing(step: Step, sight: Sight) -> list[Said]:
    """The sentence of each shut guard; behind that of completeness every missing thing with its next step."""
    found: list[Said] = []
    for guard in step.guards:
        if not guard.holds(sight.facts):
            found += sight.lacking if guard is rules.COMPLETE else [guard.otherwise]
    return list(dict.fromkeys(found))


def saved(*, row: NeedyWorkerFile) -> None:
    """The row stands. Raises Refused where the household has another file meanwhile (R-AID-08)."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "hardship_one_household_one_file" not in str(error):
            raise
        raise one_file(household_id=row.household_id) from error


def one_file(*, household_id: int | None) -> Refused:
    """The gentle pointer to the file that the household has already."""
    other = queries.file_of_household(household_id=household_id or 0)
    number, keeper = (str(other), other.keeper.name) if other else ("—", "—")
    text = "这一户已经有档案 {number}（{keeper}），一户只建一份。请打开那份档案继续办理。"
    return Refused(say(text, number=number, keeper=keeper), field="household")


def decided(*, row: NeedyWorkerFile, sight: Sight, stage: str, by: Actor, at: datetime) -> Decision:
    """The category holds, and what it rests on is kept sealed, with the values used and their papers."""
    if row.household is None or row.worker_id is None:
        raise NotVisible
    row.category = sight.category
    told = queries.basis_of(row=row, verdict=sight.verdict)
    return Decision.objects.create(
        file=row,
        person_id=row.worker_id,
        stage=stage,
        category=sight.category,
        told=queries.sealed(told=told, person_id=row.worker_id),
        home_version=row.household.version,
        decided_at=at,
        decided_by=by.user_id,
        unit_id=by.unit_id,
    )


def require_words(*, words: str, field: str = "reason") -> str:
    """The reason as it is kept; the applicant reads it."""
    if not words.strip():
        raise BadInput(say("请写明理由，职工会读到。"), field=field)
    return words.strip()[:500]


def require_other(*, row: NeedyWorkerFile, user_id: int | None, by: Actor) -> None:
    """Refuse somebody who took the step before this one: four eyes see each file."""
    if by.user_id is not None and by.user_id == user_id:
        raise NotAllowed(say("前一步是您办的，这一步要由别的同志办理。"))


def record(
    *, verb: str, row: NeedyWorkerFile, by: Actor, at: datetime, reason: str = "", **after: Any
) -> None:
    """One line of the journal about the file."""
    told = {"state": str(row.state), **after}
    journal.record(
        verb, by=by, at=at, kind=rules.KIND, object_id=row.pk, after=told, reason=reason,
        person_id=row.worker_id,
    )  # fmt: skip
