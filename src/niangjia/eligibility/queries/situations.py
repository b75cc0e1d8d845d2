"""A household as the rules read it, the standards of its county, and what a leaflet has to say of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from niangjia.eligibility import rules
from niangjia.eligibility.rules import Around, Cause, Expense, Offer, Situation, Standards
from niangjia.households import queries as homes
from niangjia.households.rules import NO_FLAGS, STAGES
from niangjia.kernel import policy
from niangjia.kernel.money import Yuan
from niangjia.kernel.paths import chain_of
from niangjia.kernel.policy import Decided, OutOfForce
from niangjia.kernel.reaching import beyond
from niangjia.members import queries as members
from niangjia.policies import queries as policies
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.households.queries import Facts

KEYS = {
    "min_living": "aid.min_living_standard",
    "deep_multiple": "aid.deep_multiple",
    "relative_multiple": "aid.relative_multiple",
    "accident_ratio": "aid.accident_expense_ratio",
    "exclusions": "aid.exclusions",
    "migrant_years": "aid.migrant_min_years",
    "margin_multiple": "aid.marginal_multiple",
}
COUNTY = 3
MONTHS = 12
OUT_OF_WORK = {"unemployed", "waiting"}


def county_of(*, path: str, day: date) -> tuple[str, str]:
    """The official code and the name of the county in which the union at a path stands; none is empty."""
    with beyond():
        for unit_id in chain_of(path):
            division_id = tree.public_unit(unit_id=unit_id).division_id
            chain = tree.division_chain(division_id=division_id) if division_id else ()
            found = next((one for one in chain if one.level == COUNTY), None)
            if found is not None:
                code = found.codes.filter(since__lte=day).order_by("system", "-since").first()
                return (code.code[:6] if code else ""), found.name
    return "", ""


def standards_at(*, path: str, day: date) -> Standards:
    """The values in force for a union's county on a day; without a living standard nobody is judged."""
    chain = chain_of(path)
    with beyond():
        values = policies.values_for(chain=chain, keys=list(KEYS.values()))
    county, _ = county_of(path=path, day=day)

    def of(name: str, **dims: object) -> Decided:
        return policy.on(KEYS[name], day, chain, values, **dims)

    try:
        living = of("min_living", county=county)
    except OutOfForce:
        living = None
    return Standards(min_living=living, **{name: of(name) for name in KEYS if name != "min_living"})


def situation_of(*, household: "Household", day: date) -> Situation:
    """What is known of a household, as the rules read it; the day is that of its application."""
    facts = homes.facts_of(household=household)
    dwellers = homes.members_of(household=household)
    with beyond():
        member = members.counting_now(person_id=household.head_id, day=day)
    told = facts[None]
    return Situation(
        applied_on=day,
        county=county_of(path=household.path, day=day)[1],
        persons=len(dwellers),
        income=_yuan(told, "income_year"),
        incomes=[(one.name, _year(facts.get(one.number, {}))) for one in dwellers],
        expenses={kind: _yuan(told, f"expense_{kind}") for kind in Expense},
        compensation=_yuan(told, "compensation"),
        cause=Cause(str(told["main_cause"])) if told.get("main_cause") else None,
        flags=_flags(told),
        migrant=_yes_no(told, "migrant"),
        member_since=member.joined_on if member else None,
    )


def _yuan(told: "Facts", key: str) -> Yuan | None:
    value = told.get(key)
    return Yuan(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _year(told: "Facts") -> Yuan | None:
    month = _yuan(told, "income_month")
    return month * MONTHS if month is not None else None


def _flags(told: "Facts") -> frozenset[str] | None:
    value = told.get("asset_flags")
    return frozenset(value) - {NO_FLAGS} if isinstance(value, list) else None


def _yes_no(told: "Facts", key: str) -> bool | None:
    value = told.get(key)
    return value if isinstance(value, bool) else None


def around_of(*, household: "Household", day: date, filed: bool) -> Around:
    """Who studies, who is out of work, whether the worker is a member; amounts of study aid as far as set."""
    facts = homes.facts_of(household=household)
    people = [one for member, one in facts.items() if member is not None]
    stages = [str(one["stage"]) for one in people if one.get("stage")]
    known = [str(one["identity"]) for one in people if one.get("identity")]
    with beyond():
        member = members.counting_now(person_id=household.head_id, day=day)
    return Around(
        stages=[one for one in stages if one in STAGES and one != "compulsory"],
        amounts=_amounts(household.path, day, filed=filed),
        out_of_work=sum(one in OUT_OF_WORK for one in known) if known else None,
        is_member=member is not None,
        filed=filed,
    )


def _amounts(path: str, day: date, *, filed: bool) -> Mapping[str, Yuan]:
    chain, key = chain_of(path), "aid.study_amounts"
    with beyond():
        values = policies.values_for(chain=chain, keys=[key])
    found: dict[str, Yuan] = {}
    for stage in STAGES:
        try:
            found[stage] = policy.on(key, day, chain, values, stage=stage, filed=filed).of(Yuan)
        except OutOfForce:
            continue
    return found


def leaflet_of(*, household: "Household", day: date, filed: bool = False) -> tuple[Offer, ...]:
    """Which policies this household may use today, and why (R-PG-02, S-LA-01)."""
    situation = situation_of(household=household, day=day)
    standards = standards_at(path=household.path, day=day)
    verdict = rules.judge(situation, standards)
    around = around_of(household=household, day=day, filed=filed)
    return rules.leaflet(situation, standards, verdict, around)
