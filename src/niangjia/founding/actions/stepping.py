"""One step of an establishment: fetched through the guarded query, locked, asked of the rules, journalled."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from niangjia.founding import queries, rules
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.permissions import Word
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Guard, Step


def locked(*, establishment_id: int, actor: Actor) -> UnionEstablishment:
    """The establishment that the actor may see, held until the transaction ends."""
    queries.establishment_for(establishment_id=establishment_id, actor=actor)
    with beyond():
        rows = UnionEstablishment.objects.select_for_update(of=("self",)).select_related("parent")
        row = rows.filter(pk=establishment_id).first()
    if row is None:
        raise NotVisible
    return row


def require_version(*, row: UnionEstablishment, version: int, step: str) -> None:
    """Refuse a form that was opened before somebody else took a step."""
    if row.version != version:
        words = say("这件建会申请刚刚有人办过一步。请打开它看现在的情况，再决定。")
        raise StepRefused(words, step=step)


def require_may(*, row: UnionEstablishment, step: Step, by: Actor) -> queries.Desks:
    """Refuse a step that lies with another desk, or with somebody whom the matter does not concern."""
    desks = queries.desks_of(row=row)
    if queries.may_take(row=row, step=step, actor=by, desks=desks):
        return desks
    if by.person_id is not None and by.person_id in desks.recused and step.by != Word.ASK:
        raise NotAllowed(say("这件建会申请涉及您本人，您须回避。请由同组织的其他同志或上一级工会办理。"))
    if step.by == Word.ASK:
        raise NotAllowed(say("这一步由申请人办理，或者由镇街总工会代为办理。"))
    unit = desks.review if step.by == Word.REVIEW else desks.approve
    raise NotAllowed(say("这一步由{unit}办理。", unit=unit.name))


def stepped(
    *, establishment_id: int, step: str, version: int, by: Actor, at: datetime
) -> tuple[UnionEstablishment, str]:
    """The row, locked and in the state after the step, not saved yet; and the state before.

    Raises StepRefused with each missing thing where the completeness check does not pass (R-ORG-16).
    """
    row = locked(establishment_id=establishment_id, actor=by)
    before = row.state
    asked = rules.ESTABLISHMENT.step(before, step)
    require_may(row=row, step=asked, by=by)
    require_version(row=row, version=version, step=step)
    row.state = _advanced(row, asked, day=clock.day_of(at))
    row.version += 1
    return row, before


def _advanced(row: UnionEstablishment, step: Step, *, day: date) -> str:
    if not step.guards:
        return rules.ESTABLISHMENT.advance(row.state, step.name)
    case = queries.case_of(row=row, day=day)
    bounds = queries.bounds_for(path=row.path, day=day)
    facts = rules.facts_of(case, bounds)
    if not step.is_open(facts):
        raise StepRefused(*_missing(case, bounds, step, facts), step=step.name)
    return rules.ESTABLISHMENT.advance(row.state, step.name, facts)


def _missing(case: rules.Case, bounds: rules.Bounds, step: Step, facts: Mapping[str, object]) -> list[Said]:
    """Each missing thing behind the guards that do not hold, with its next step."""
    slate, result = rules.slate_findings(case, bounds), rules.result_findings(case, bounds)
    signed = [one for one in result if one.code == "tellers"]
    parts: dict[Guard, Iterable[rules.Finding]] = {
        rules.COMPLETE: rules.request_findings(case, bounds),
        rules.SLATE: slate,
        rules.SOUND: (*slate, *(one for one in result if one not in signed)),
        rules.TELLERS: signed,
    }
    shut = [guard for guard in step.guards if not guard.holds(facts)]
    found = [one.words for guard in shut for one in parts[guard] if not one.holds]
    return list(dict.fromkeys(found))


def record(
    *, verb: str, row: UnionEstablishment, by: Actor, at: datetime, reason: str = "", **after: Any
) -> None:
    """One line of the journal about the establishment."""
    told = {"state": str(row.state), **after}
    journal.record(verb, by=by, at=at, kind=rules.KIND, object_id=row.pk, after=told, reason=reason)
