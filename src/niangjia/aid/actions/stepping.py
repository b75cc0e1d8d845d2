"""One step of an application: fetched through the guarded query, locked, asked of the rules, journalled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from niangjia.aid import queries, rules
from niangjia.aid.models import AidApplication
from niangjia.aid.permissions import Word
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step


def locked(*, application_id: int, actor: Actor) -> AidApplication:
    """The application that the actor may see, held until the transaction ends."""
    queries.application_for(application_id=application_id, actor=actor)
    with beyond():
        rows = AidApplication.objects.select_for_update(of=("self",))
        return rows.select_related("payee", "household", "unit").get(pk=application_id)


def require_version(*, row: AidApplication, version: int | None, step: str) -> None:
    """Refuse a form that was opened before somebody else took a step; a batch has no form (None)."""
    if version is not None and row.version != version:
        words = say("这件申请刚刚有人办过一步。请打开它看现在的情况，再决定。")
        raise StepRefused(words, step=step)


def require_may(*, row: AidApplication, step: Step, by: Actor, at: datetime) -> queries.Desks:
    """Refuse a step that lies with another desk, or with somebody whom the matter concerns (R-G-06)."""
    desks = queries.desks_of(row=row, day=clock.day_of(at))
    if queries.may_take(row=row, step=step, actor=by, desks=desks):
        return desks
    if step.by != Word.ASK and by.person_id is not None and by.person_id in desks.recused:
        raise NotAllowed(
            say("这件申请涉及您本人或与您共同生活的人，您须回避。请由其他同志或上一级工会办理。")
        )
    if step.by == Word.ASK:
        raise NotAllowed(say("这一步由申请人办理，或者由所在工会、镇街总工会代为办理。"))
    if step.by == Word.PAY:
        raise NotAllowed(say("这一步由会计办理。"))
    unit = desks.review if step.by == Word.REVIEW else desks.approve
    raise NotAllowed(say("这一步由{unit}办理。", unit=unit.name))


def stepped(
    *, application_id: int, step: str, version: int | None, by: Actor, at: datetime
) -> tuple[AidApplication, str]:
    """The row, locked and in the state after the step, not saved yet; and the state before.

    Raises StepRefused with each missing thing and its next step.
    """
    row = locked(application_id=application_id, actor=by)
    before = row.state
    asked = rules.APPLICATION.step(before, step)
    require_may(row=row, step=asked, by=by, at=at)
    require_version(row=row, version=version, step=step)
    row.state = advanced(row=row, step=asked, by=by, at=at)
    row.version += 1
    return row, before


def advanced(*, row: AidApplication, step: Step, by: Actor, at: datetime) -> str:
    """The state after the step, its guards asked."""
    if not step.guards:
        return rules.APPLICATION.advance(row.state, step.name)
    case = queries.case_of(row=row, day=clock.day_of(at))
    around, hands = queries.around_of(row=row), queries.hands_of(row=row)
    facts = rules.facts_of(case, around, hands, user_id=by.user_id)
    if not step.is_open(facts):
        raise StepRefused(*missing(case=case, step=step, facts=facts), step=step.name)
    return rules.APPLICATION.advance(row.state, step.name, facts)


def missing(*, case: rules.Case, step: Step, facts: Mapping[str, object]) -> list[Said]:
    """Each missing thing behind the guards that do not hold."""
    found: list[Said] = []
    for guard in step.guards:
        if guard.holds(facts):
            continue
        lacking = [one.words for one in rules.findings(case) if not one.holds]
        found += lacking if guard is rules.COMPLETE and lacking else [guard.otherwise]
    return list(dict.fromkeys(found))


def record(
    *, verb: str, row: AidApplication, by: Actor, at: datetime, reason: str = "", **after: Any
) -> None:
    """One line of the journal about the application."""
    journal.record(
        verb,
        by=by,
        at=at,
        kind=rules.KIND,
        object_id=row.pk,
        person_id=row.payee_id,
        after={"state": str(row.state), **after},
        reason=reason,
    )
