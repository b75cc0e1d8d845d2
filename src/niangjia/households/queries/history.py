"""What was told of a household with its source and day, and what stood there before (ui.md B7)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from niangjia.households.models import Fact, Household
from niangjia.households.queries.told import Sight
from niangjia.households.rules import Value
from niangjia.kernel.clock import day_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import keys_for

Opener = Callable[[Fact], Value]
FACTS = "households_fact"


@dataclass(frozen=True, slots=True)
class FileFact:
    """A fact that holds: of whom, since when, by which source; `was` is what was told before it."""

    member: int | None
    key: str
    value: Value
    version: int
    told_on: date
    source: str
    was: Value | None = None
    was_on: date | None = None
    was_source: str = ""


def file_of(*, household: Household, sight: Sight) -> list[FileFact]:
    """Every fact of the household and of those who live there now, as the file stands; read past the scope.

    What the reader may not know is not even unsealed (SC-11, SC-12). The household was admitted before.
    """
    with beyond():
        rows = list(household.facts.filter(member__isnull=True).order_by("version"))
        rows += household.facts.filter(member__isnull=False, member__until=None).order_by("version")
        seen = [one for one in rows if sight.shows(one.key, one.member_id)]
        keys = keys_for({one.person_id for one in seen}, make=False) if seen else None
        if keys is None:
            return []
        told: dict[tuple[int | None, str], list[Fact]] = {}
        for one in seen:
            told.setdefault((one.member_id, one.key), []).append(one)

        def opened(row: Fact) -> Value:
            text = keys.unseal(row.value, table=FACTS, person_id=row.person_id, field="value")
            found: Value = json.loads(text)
            return found

        return [_fact(group, opened) for group in told.values() if group[-1].holds]


def _fact(group: list[Fact], opened: Opener) -> FileFact:
    now, before = group[-1], group[-2] if len(group) > 1 else None
    return FileFact(
        now.member_id,
        now.key,
        opened(now),
        now.version,
        day_of(now.told_at),
        now.source,
        was=opened(before) if before else None,
        was_on=day_of(before.told_at) if before else None,
        was_source=before.source if before else "",
    )
