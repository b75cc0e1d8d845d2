"""Counts of members, the same for every reader; persons, each once (R-ORG-02, R-G-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from niangjia.members.rules import BANDS, FORMS, LACKS, Form, band_of, hidden_small
from niangjia.network import queries as network


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """Who stands at or under a unit on a day: persons with an active counting membership, and beside them."""

    day: date
    amounts: Mapping[str, int] = field(default_factory=dict)

    @property
    def members(self) -> int:
        """Distinct persons with an active membership that counts (R-ORG-02)."""
        return self.amounts.get("member", 0)

    @property
    def retained(self) -> int:
        """Persons whose membership is kept without dues and vote (R-MEM-04)."""
        return self.amounts.get("retained", 0)

    @property
    def affiliated(self) -> int:
        """Affiliations: person-times, never added to members (R-G-05)."""
        return self.amounts.get("affiliated", 0)

    @property
    def real_name(self) -> int:
        """Members with valid papers, mobile, and employer or form of work (R-MEM-09)."""
        return self.amounts.get("real", 0)

    @property
    def migrants(self) -> int:
        """Members from elsewhere."""
        return self.amounts.get("migrant", 0)

    def of_sex(self, sex: str) -> int:
        """Members of a sex; '' are those of whom it is not known."""
        return self.amounts.get(f"sex:{sex}", 0)

    def of_form(self, form: Form) -> int:
        """Members in a new form of work."""
        return self.amounts.get(f"form:{form}", 0)

    def lacking(self, what: str) -> int:
        """Members who lack one thing for their real name; one may lack several."""
        return self.amounts.get(f"lacks:{what}", 0)

    @property
    def by_band(self) -> dict[int | None, int]:
        """Members by the age they reach in the year; None are those of whom no birth is known."""
        found: dict[int | None, int] = dict.fromkeys([*range(len(BANDS)), None], 0)
        for measure, amount in self.amounts.items():
            if measure.startswith("born:"):
                year = int(measure.removeprefix("born:"))
                found[band_of(year, year=self.day.year) if year else None] += amount
        return found

    @property
    def by_industry(self) -> dict[str, int]:
        """Members by the section of the industry of their employer; '' where it is not known."""
        return {
            measure.removeprefix("industry:"): amount
            for measure, amount in self.amounts.items()
            if measure.startswith("industry:")
        }

    def splits(self, *, least: int) -> dict[str, dict[Any, int | None]]:
        """Each split with its small cells hidden (features 24): sex, age band, form of work, industry."""
        told: dict[str, dict[Any, int]] = {
            "sex": {sex: self.of_sex(sex) for sex in ("female", "male", "")},
            "band": dict(self.by_band),
            "migrant": {True: self.migrants, False: self.members - self.migrants},
            "form": {form: self.of_form(form) for form in FORMS},
            "industry": dict(self.by_industry),
        }
        return {name: hidden_small(cells, least=least) for name, cells in told.items()}

    @property
    def lacks(self) -> dict[str, int]:
        """How many lack what."""
        return {what: self.lacking(what) for what in LACKS}


def member_counts(*, unit_id: int, day: date) -> MemberCounts:
    """The counts at or under one unit on a day; raises NotVisible for a unit that did not stand then."""
    return member_counts_at(paths=[network.path_on(unit_id=unit_id, day=day)], day=day)[0]


def member_counts_at(*, paths: Sequence[str], day: date) -> list[MemberCounts]:
    """The counts at or under each path of that day, in the given order."""
    found: dict[str, dict[str, int]] = {path: {} for path in paths}
    with connection.cursor() as cursor:
        cursor.execute("SELECT top, measure, amount FROM members_count(%s, %s)", [list(paths), day])
        for top, measure, amount in cursor.fetchall():
            found[top][measure] = amount
    return [MemberCounts(day=day, amounts=found[path]) for path in paths]
