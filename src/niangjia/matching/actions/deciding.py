"""One proposes, a second of the county decides; a merge touches every party and can be undone exactly."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, StepRefused
from niangjia.kernel.paths import SEGMENT, unit_id_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.matching import queries, rules
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.rules import DUPLICATE, KIND, STATE_WORDS, WAITING, State
from niangjia.people import actions as people
from niangjia.people import queries as persons
from niangjia.tasks import actions as tasks

if TYPE_CHECKING:
    from niangjia.people.models import Person

COUNTY = 3
AGREED = {
    State.MERGE_PROPOSED: "merge",
    State.APART_PROPOSED: "set_apart",
    State.SPLIT_PROPOSED: "split",
}
DECLINED = {
    State.MERGE_PROPOSED: "turn_down",
    State.APART_PROPOSED: "turn_down",
    State.SPLIT_PROPOSED: "keep_merged",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes: the step, which record goes on, what becomes of a second membership."""

    step: str
    reason: str
    keep_id: int | None = None
    beside: str = "end"


@transaction.atomic
def propose(*, case_id: int, version: int, proposal: Proposal, by: Actor, at: datetime) -> DuplicateCase:
    """The pair lies before a second person, with the reason."""
    row = _held(case_id, version, word=Word.PROPOSE, by=by)
    row.state = DUPLICATE.advance(row.state, proposal.step)
    if proposal.step == "propose_merge":
        rules.require_one_of(keep_id=proposal.keep_id or 0, pair=(row.first_id, row.second_id))
        row.keep_id, row.chosen = proposal.keep_id, {"beside": proposal.beside}
    row.reason, row.answer = proposal.reason, ""
    row.proposed_by, row.proposed_at, row.decided_by, row.decided_at = by.user_id, at, None, None
    _save(row)
    _ask_for_second(row, by=by, at=at)
    _record(f"{proposal.step}_duplicate", row, by=by, at=at, reason=proposal.reason)
    return row


@transaction.atomic
def decide(*, case_id: int, version: int, agree: bool, answer: str, by: Actor, at: datetime) -> DuplicateCase:
    """A second person of the county agrees and it is done, or sends it back with the reason."""
    row = _held(case_id, version, word=Word.DECIDE, by=by)
    if row.state not in WAITING:
        raise StepRefused(say("现在的状态是“{state}”，没有待核定的提议。", state=STATE_WORDS[row.state]))
    _require_decider(row, by)
    step = (AGREED if agree else DECLINED)[State(row.state)]
    row.state = DUPLICATE.advance(row.state, step)
    with beyond():
        if step == "merge":
            row.facts = _merge(row, by=by, at=at)
        elif step == "split":
            _split(row, by=by, at=at)
    row.answer, row.decided_by, row.decided_at = answer, by.user_id, at
    _save(row)
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    _record(f"{step}_duplicate", row, by=by, at=at, reason=answer)
    return row


def _merge(row: DuplicateCase, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The records are joined, then every party carries its rows over; returns what undoing needs."""
    pair = {"keep_id": row.keep_id or 0, "drop_id": _drop_id(row)}
    keep, drop = people.hold_both(**pair)
    rules.require_mergeable(keep=_record_of(keep), drop=_record_of(drop))
    facts: dict[str, Any] = {"people": people.merge_person(keep=keep, drop=drop, by=by, at=at)}
    for name, party in _parties().items():
        facts[name] = dict(party.carry(**pair, chosen=row.chosen, by=by, at=at))
    return facts


def _split(row: DuplicateCase, *, by: Actor, at: datetime) -> None:
    """Every party takes its rows back, the last first, then the records stand apart."""
    pair = {"keep_id": row.keep_id or 0, "drop_id": _drop_id(row)}
    keep, drop = people.hold_both(**pair)
    rules.require_still_merged(keep=_record_of(keep), drop_into=drop.merged_into_id)
    told: dict[str, Any] = row.facts
    for name, party in reversed(_parties().items()):
        if name in told:
            party.undo(**pair, facts=told[name], by=by, at=at)
    people.unmerge_person(keep=keep, drop=drop, facts=told["people"], by=by, at=at)


def _record_of(person: "Person") -> rules.Record:
    others = persons.records_of(person_id=person.pk)
    return rules.Record(
        person_id=person.pk,
        is_erased=person.erased_at is not None,
        is_merged=person.merged_into_id is not None,
        has_others=len(others) > 1,
    )


def _parties() -> dict[str, rules.MergeParty]:
    return {name: _party(path) for name, path in settings.NIANGJIA_MERGE_PARTIES.items()}


@cache
def _party(path: str) -> rules.MergeParty:
    return cast("rules.MergeParty", import_string(path))


def _drop_id(row: DuplicateCase) -> int:
    return row.second_id if row.keep_id == row.first_id else row.first_id


def _held(case_id: int, version: int, *, word: Word, by: Actor) -> DuplicateCase:
    """The case, locked, as the reader saw it; nobody acts in his own matter."""
    queries.case_in_scope(case_id=case_id, scope=by.scope_for(word))
    rows = DuplicateCase.objects.select_for_update(of=("self",))
    with beyond():
        row = rows.select_related("first", "second").get(pk=case_id)
    if row.version != version:
        raise StepRefused(say("这一对刚刚有人办过一步。请打开它看现在的情况，再决定。"))
    rules.require_not_himself(person_id=by.person_id, concerned=(row.first_id, row.second_id))
    return row


def _require_decider(row: DuplicateCase, by: Actor) -> None:
    rules.require_second(proposer=row.proposed_by, decider=by.user_id)
    paths = (row.first.path, row.second.path)
    if not all(by.may(Word.DECIDE, at=path) for path in paths):
        raise NotAllowed(say("另一份资料在您的工作范围以外，须由上级工会核定。"))
    rules.require_level(role=by.role, same_county=len({path[: COUNTY * SEGMENT] for path in paths}) == 1)


def _ask_for_second(row: DuplicateCase, *, by: Actor, at: datetime) -> None:
    """It lies on the desk of the county that holds both, or of the city where two counties do."""
    first, second = row.first.path[: COUNTY * SEGMENT], row.second.path[: COUNTY * SEGMENT]
    while first != second[: len(first)]:
        first = first[:-SEGMENT]
    if not first:
        return
    draft = tasks.TaskDraft(
        key=f"duplicate:{row.pk}:{row.version}",
        kind="matching.decide",
        title=say("核定疑似重复：{state}", state=STATE_WORDS[row.state]),
        unit_id=unit_id_of(first),
        word=Word.DECIDE,
        about=(KIND, row.pk),
        road="duplicate",
        road_args=(row.pk,),
        recused=(row.first_id, row.second_id),
        due_key="tasks.supervised_workdays",
        step="decide",
        next_step=say("办结"),
    )
    tasks.lay(draft=draft, by=by, at=at)


def _save(row: DuplicateCase) -> None:
    row.version += 1
    with beyond():
        row.save()


def _record(verb: str, row: DuplicateCase, *, by: Actor, at: datetime, reason: str) -> None:
    after = {"state": str(row.state), "keep": row.keep_id, "beside": row.chosen.get("beside", "")}
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=reason)
