"""The one write of hearth: the paper of a household is issued from its record."""

from datetime import datetime
from typing import TYPE_CHECKING

from niangjia.hearth.queries.values import shown, tellers_of, worded
from niangjia.hearth.rules import HOUSEHOLD_FORM
from niangjia.households import queries as households
from niangjia.households import rules
from niangjia.households.permissions import Word
from niangjia.households.queries import Facts, Inmate
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import say
from niangjia.papers import actions as papers

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.papers.models import Paper

SCHOOL = ("school", "stage", "grade")
PRINTED = ("identity", "health", *SCHOOL)


def issue_household(*, household_id: int, by: Actor, at: datetime) -> "Paper":
    """家庭情况表 under its number and code, sealed under the worker's key; refused outside the scope."""
    row = households.household_for(household_id=household_id, actor=by, word=Word.KEEP)
    by.require(Word.KEEP, at=row.path)
    members = households.members_of(household=row)
    facts = households.facts_of(household=row)
    missing = [
        str(one.words) for one in rules.findings(households.dwelling_of(household=row)) if not one.warning
    ]
    head = next((one for one in members if one.relation == rules.SELF), None)
    values = {
        "head": households.name_of(household=row),
        "tail": head.tail if head else "",
        "keeper": households.keeper_name(household=row),
        "number": str(row.pk),
        "members": [_member(one, facts.get(one.number, {}), at) for one in members],
        "facts": _told(row),
        "missing": "\n".join(missing[:20]),
        "day": day_of(at),
    }
    return papers.issue(
        template=HOUSEHOLD_FORM,
        values=values,
        about_kind=rules.KIND,
        about_id=row.pk,
        unit_id=row.keeper_id,
        by=by,
        at=at,
        person_id=row.head_id,
    )


def _member(one: Inmate, facts: Facts, at: datetime) -> list[object]:
    told = {key: str(shown(fact=rules.MEMBER_BY_KEY[key], value=facts.get(key))) for key in PRINTED}
    income = facts.get("income_month")
    school = " ".join(told[key] for key in SCHOOL if told[key] != "—")
    return [
        one.name,
        str(say(rules.RELATIONS[one.relation])),
        str(age_on(one.born, day_of(at))) if one.born else "",
        told["identity"],
        str(Yuan(income)) if isinstance(income, int) else "",
        told["health"],
        school,
    ]


def _told(row: "Household") -> list[list[str]]:
    """Every section line by line, with its source and date."""
    tellings = households.tellings_of(household=row)
    tellers = tellers_of(tellings=tellings)
    found = {one.key: one for one in tellings if one.member is None}
    lines = []
    for section in rules.SECTIONS:
        for fact in section.facts:
            told = found.get(fact.key)
            lines.append(
                [
                    str(section.label),
                    fact.label,
                    str(worded(value=shown(fact=fact, value=told.value if told else None))),
                    str(tellers.said(told)) if told else "",
                ]
            )
    return lines
