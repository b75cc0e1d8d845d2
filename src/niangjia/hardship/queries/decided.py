"""What was decided and on what, opened for whoever was admitted to the file; what has changed since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from niangjia.eligibility.rules import Verdict
from niangjia.hardship.models import Decision, NeedyWorkerFile
from niangjia.households import queries as homes
from niangjia.households import rules as home_rules
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Decided, dump
from niangjia.kernel.reaching import beyond
from niangjia.kernel.saying import said_as_json, said_from_json
from niangjia.kernel.sealing import SealBroken, keys_for
from niangjia.kernel.words import Said, listed, say

TABLE = "hardship_decision"


def decisions_of(*, row: NeedyWorkerFile) -> list[Decision]:
    """Every decision of a file, the newest first; read past the scope, the file was admitted before."""
    with beyond():
        return list(row.decisions.select_related("unit").order_by("-pk"))


def latest_of(*, row: NeedyWorkerFile) -> Decision | None:
    """The decision that stands."""
    return next(iter(decisions_of(row=row)), None)


def basis_of(*, row: NeedyWorkerFile, verdict: Verdict) -> dict[str, Any]:
    """What a decision rests on, as it is sealed: figures, reasons, values with papers, the facts told."""
    found = verdict.numbers
    return {
        "numbers": {
            "income": found.income,
            "burden": found.burden,
            "persons": found.persons,
            "per_head": verdict.per_head.fen if verdict.per_head else None,
        }
        if found
        else {},
        "reasons": [
            [one.rule, one.code, said_as_json(one.words), said_as_json(one.paper) if one.paper else None]
            for one in verdict.reasons
        ],
        "used": [_used(one) for one in verdict.used],
        "facts": _snapshot(row),
    }


def _used(one: Decided) -> dict[str, Any]:
    return {
        "key": one.key,
        "value": dump(one.value),
        "since": one.since.isoformat(),
        "paper": one.paper,
        "verified": one.verified,
        "source": one.source,
    }


def _snapshot(row: NeedyWorkerFile) -> list[list[Any]]:
    """Every fact as it stands: member (none: the household), key, value."""
    home = row.household
    if home is None:
        return []
    standing = homes.standing_of(household=home)
    return [[member, key, one.value] for (member, key), one in standing.items()]


def sealed(*, told: Mapping[str, Any], person_id: int) -> bytes:
    """The basis as it lies in the table."""
    text = json.dumps(told, ensure_ascii=False)
    return keys_for([person_id]).seal(text, table=TABLE, person_id=person_id, field="told")


def told_of(*, decision: Decision) -> dict[str, Any]:
    """The basis of a decision; empty after an erasure."""
    try:
        keys = keys_for([decision.person_id], make=False)
        text = keys.unseal(decision.told, table=TABLE, person_id=decision.person_id, field="told")
    except SealBroken:
        return {}
    found: dict[str, Any] = json.loads(text)
    return found


@dataclass(frozen=True, slots=True)
class KeptReason:
    """A reason as it was given then."""

    rule: str
    code: str
    words: Said
    paper: Said | None


def reasons_in(*, told: Mapping[str, Any]) -> list[KeptReason]:
    """The reasons of a decision, word by word."""
    return [
        KeptReason(rule, code, said_from_json(words), said_from_json(paper) if paper else None)
        for rule, code, words, paper in told.get("reasons", ())
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is another one than at the last decision."""

    label: Said
    before: Said | None
    after: Said | None


def facts_changed(*, row: NeedyWorkerFile) -> bool:
    """Whether anything of the household has changed since the decision that stands (App. D 11)."""
    decision = latest_of(row=row)
    return (
        decision is not None
        and row.household is not None
        and (row.household.version != decision.home_version)
    )


def differences_of(*, row: NeedyWorkerFile, decision: Decision | None = None) -> list[Difference]:
    """What has changed since a decision (the one that stands), fact by fact, members who came or left too."""
    decision = decision or latest_of(row=row)
    if decision is None or row.household is None:
        return []
    told = told_of(decision=decision)
    before = {(member, key): value for member, key, value in told.get("facts", ())}
    after = {place: one.value for place, one in homes.standing_of(household=row.household).items()}
    names = {one.number: one.name for one in homes.members_of(household=row.household)}
    changed = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    return [_difference(place, before, after, names) for place in changed]


def _difference(
    place: tuple[int | None, str],
    before: Mapping[tuple[int | None, str], Any],
    after: Mapping[tuple[int | None, str], Any],
    names: Mapping[int, str],
) -> Difference:
    member, key = place
    fact = home_rules.fact_of(key, member=member is not None)
    label = say(fact.label)
    if member is not None:
        label = say("{name}：{label}", name=names.get(member, say("已不在户内的成员")), label=label)
    return Difference(
        label, shown(fact=fact, value=before.get(place)), shown(fact=fact, value=after.get(place))
    )


def shown(*, fact: home_rules.Fact, value: Any) -> Said | None:
    """A fact as a person reads it; nothing where nothing was told."""
    if value is None or value == "":
        return None
    if fact.shape is home_rules.Shape.MONEY:
        return say("{amount} 元", amount=Yuan(int(value)))
    if fact.shape is home_rules.Shape.YES_NO:
        return say("是") if value else say("否")
    if fact.shape is home_rules.Shape.CHOICE:
        return say((fact.choices or {}).get(str(value), str(value)))
    if fact.shape is home_rules.Shape.FLAGS:
        return listed(value) if value else say("无")
    return say("{value}", value=value)


def decided_at(*, decisions: Sequence[Decision]) -> datetime | None:
    """When the decision that stands was made."""
    return decisions[0].decided_at if decisions else None
