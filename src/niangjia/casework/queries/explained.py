"""Why the rules call the household needy or not, in plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.casework.queries.shown import hears_reasons
from niangjia.eligibility import queries as criteria
from niangjia.eligibility.rules import Reason, Verdict, judge
from niangjia.hardship import queries as hardship
from niangjia.hardship import rules as files
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.hardship.models import NeedyWorkerFile


@dataclass(frozen=True, slots=True)
class Explained:
    """The finding with its reasons and what would change it; the file, if one stands."""

    words: Said
    reasons: Sequence[Reason]
    ways: Sequence[Said]
    file: Said | str
    href: str


def explained(*, row: "AidApplication", actor: Actor, day: date) -> Explained | None:
    """The explanation for whoever may read what the family told; its figures are the household's own."""
    if not hears_reasons(actor=actor, path=row.path):
        return None
    with beyond():
        found = hardship.file_of_household(household_id=row.household_id)
        verdict = _verdict(row, found, day)
    told = _file(found) if found else ""
    href = reverse("hardship-file", args=[found.pk]) if found else ""
    return Explained(verdict.words, verdict.reasons, [one.words for one in verdict.ways], told, href)


def _verdict(row: "AidApplication", found: "NeedyWorkerFile | None", day: date) -> Verdict:
    if found is not None:
        return hardship.verdict_of(row=found, day=day)
    situation = criteria.situation_of(household=row.household, day=day)
    return judge(situation, criteria.standards_at(path=row.path, day=day))


def _file(found: "NeedyWorkerFile") -> Said:
    return say(
        "档案 {number}：{state}",
        number=found.number or found.pk,
        state=files.LABELS[files.State(found.state)],
    )
