"""A file as the rules read it: the household's situation, the county's standards, what the guards ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from niangjia.eligibility import queries as criteria
from niangjia.eligibility.rules import Category, Situation, Verdict, decide, judge
from niangjia.hardship import rules
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.households import queries as homes
from niangjia.households import rules as home_rules
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said
from niangjia.means import queries as means
from niangjia.notices import queries as notices
from niangjia.policies import queries as policies
from niangjia.visits import queries as visits

if TYPE_CHECKING:
    from niangjia.households.models import Household


def situation_of(*, row: NeedyWorkerFile, day: date) -> Situation:
    """The household of a file as it stands now; the day that counts is that of the application."""
    on = row.applied_on or day
    if row.household is None:
        return Situation(on)
    found = criteria.situation_of(household=row.household, day=on)
    return replace(found, labour_since=row.labour_since, lives_here=row.lives_here)


def verdict_of(*, row: NeedyWorkerFile, day: date) -> Verdict:
    """What the rules make of the household of a file, with everything that they say of it."""
    on = row.applied_on or day
    return judge(situation_of(row=row, day=day), criteria.standards_at(path=row.path, day=on))


def category_of(*, row: NeedyWorkerFile, day: date) -> Category:
    """The category that may be approved: with an approved exception as if nothing excluded the household."""
    situation = situation_of(row=row, day=day)
    standards = criteria.standards_at(path=row.path, day=row.applied_on or day)
    found = decide(situation, standards)
    if found is Category.EXCLUDED and row.exception:
        return decide(replace(situation, flags=frozenset()), standards)
    return found


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything that the guards ask of a file, read once; `lacking` says what is not complete."""

    verdict: Verdict
    category: Category
    findings: tuple[home_rules.Finding, ...]
    check: means.Standing
    notice: notices.Standing
    visited: bool
    facts: Mapping[str, Any]

    @property
    def lacking(self) -> list[Said]:
        """Each thing that keeps the register from being accurate and complete (R-AID-02)."""
        found = [one.words for one in self.findings if not one.warning]
        return list(dict.fromkeys([*found, *(one.words for one in self.verdict.missing)]))


def sight_of(*, row: NeedyWorkerFile, at: datetime, day: date) -> Sight:
    """The file as the guards of its workflow see it now; its rows are read past the scope."""
    home = row.household
    verdict = verdict_of(row=row, day=day)
    found = tuple(home_rules.findings(homes.dwelling_of(household=home))) if home else ()
    with beyond():
        check = means.standing_of(household=home, since=row.applied_at) if home else means.Standing()
        notice = notices.standing_of(about_kind=rules.KIND, about_id=row.pk)
    visit = confirmed_visit(row=row)
    category = category_of(row=row, day=day)
    complete = home is not None and home_rules.is_complete(found) and not verdict.missing
    facts = {
        "household": home is not None,
        "visited": visit is not None,
        "authorised": home is not None and means.is_authorised(household=home, day=day),
        "answered": check.answered,
        "explained": not check.differing or bool(row.town_words),
        "complete": complete,
        "eligible": category in rules.ELIGIBLE,
        "finished": notice.is_clear and row.notice_id is not None,
        "same": category == row.category,
        "other": category != row.category,
        "lifting": row.proposed == "lift",
        "ending": row.proposed == "cancel",
        "in_time": row.refused_on is not None and day <= appeal_until(row=row),
        "first_appeal": not row.appeals,
    }
    return Sight(verdict, category, found, check, notice, visit is not None, facts)


def confirmed_visit(*, row: NeedyWorkerFile) -> Any:
    """The visit that carries the file: confirmed, not void, since the application's own day (R-AID-01)."""
    if row.household_id is None or row.visit_since is None:
        return None
    return visits.confirmed_visit_of(household_id=row.household_id, campaign_id=None, since=row.visit_since)


def workdays(*, key: str, unit_id: int, day: date) -> int:
    """A count that a policy gives a union on a day."""
    return policies.value_in_force(key=key, unit_id=unit_id, day=day).of(int)


def visits_count_from(*, row: NeedyWorkerFile, day: date) -> datetime:
    """From when on a confirmed visit carries an application of this day."""
    return visits.valid_since(path=row.path, day=day)


def household_within(*, household_id: int, actor: Actor) -> "Household":
    """The household that an officer may enter into a file, or 404."""
    return homes.household_for(household_id=household_id, actor=actor)


def appeal_until(*, row: NeedyWorkerFile) -> date:
    """The last day on which a refusal may be appealed."""
    refused = row.refused_on or date.min
    days = workdays(key="aid.appeal_workdays", unit_id=row.keeper_id, day=refused)
    return notices.calendar_at(unit_id=row.keeper_id, day=refused).add(refused, days)
