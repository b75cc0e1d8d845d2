"""An application that an officer begins: for which household, what is known already (R-G-07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.aid import queries as aid
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.rules import STUDY
from niangjia.hardship import queries as hardship
from niangjia.households import queries as households
from niangjia.households.permissions import Word as HomeWord
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.aid.models import AidApplication
    from niangjia.households.models import Household

LONGEST = 15
CHILDREN = ("child", "grandchild", "sibling", "other")


@dataclass(frozen=True, slots=True)
class Begun:
    """For which household, what the form holds at first, and where it comes from."""

    household: "Household | None" = None
    initial: Mapping[str, Any] = field(default_factory=dict)
    facts: Sequence[Fact] = ()


def begun_for(*, actor: Actor, asked: Mapping[str, str], day: date) -> Begun:
    """What the address names: a household, or somebody whom a campaign is to reach; raises NotVisible."""
    target_id, household_id = _number(asked.get("target")), _number(asked.get("household"))
    initial: dict[str, Any] = {}
    if _number(asked.get("campaign")):
        initial["campaign"] = _number(asked.get("campaign"))
    if target_id:
        target = campaigns.target_for(target_id=target_id, actor=actor)
        household_id = target.household_id or household_id
        initial = {"campaign": target.campaign_id}
        if target.campaign.kind in STUDY:
            initial["kind"] = str(AidKind.STUDY)
    if not household_id:
        return Begun(initial=initial)
    home = households.household_for(household_id=household_id, actor=actor, word=HomeWord.READ)
    members = households.members_of(household=home)
    keeper = _keeper(home)
    facts = [
        Fact(say("户主（收款人）"), households.name_of(household=home)),
        Fact(say("登记工会"), keeper),
        Fact(say("共同生活"), say("{n} 人", n=len(members))),
    ]
    return Begun(home, {**initial, **_school(home, members)}, facts)


def _number(text: str | None) -> int | None:
    known = text is not None and text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if known and text else None


def _keeper(home: "Household") -> str:
    with beyond():
        return str(home.keeper.name)


def _school(home: "Household", members: Sequence[households.Inmate]) -> dict[str, Any]:
    """The one child of whom a school is known, with what is known of it."""
    facts = households.facts_of(household=home)
    young = [one for one in members if one.relation in CHILDREN and facts.get(one.number, {}).get("school")]
    if len(young) != 1:
        return {}
    known = facts[young[0].number]
    kept = {name: known.get(name, "") for name in ("stage", "school", "school_kind", "admission_no")}
    tuition = known.get("tuition")
    return {
        **kept,
        "student": young[0].person_id,
        "tuition": tuition / 100 if isinstance(tuition, int) else None,
    }


def draft_choices(*, household: "Household", actor: Actor, day: date) -> dict[str, Any]:
    """Whom study aid may be for, the campaigns in which the post takes part, what is excluded."""
    members = households.members_of(household=household)
    running = campaigns.running_for(actor=actor, today=day)
    return {
        "students": [(one.person_id, one.name) for one in members if one.relation in CHILDREN],
        "campaigns": [(one.pk, one.name) for one in running],
        "excluded": excluded_at(unit_id=household.keeper_id, day=day),
    }


def standard_draft(*, household: "Household | None", draft: Draft, day: date) -> Draft:
    """For study aid without a sum the standard of the stage; of other aid nothing is assumed."""
    if household is None:
        raise NotVisible
    if draft.kind is not AidKind.STUDY or draft.asked is not None or not draft.stage:
        return draft
    with beyond():
        filed = hardship.is_filed(household_id=household.pk, day=day)
        found = aid.standard_at(unit_id=household.keeper_id, day=day, stage=draft.stage, filed=filed)
    return replace(draft, asked=found)


def initial_of(*, row: "AidApplication") -> dict[str, Any]:
    """What the form holds of an application that stands."""
    told = told_so_far(row=row)
    names = ("stage", "school", "school_kind", "admission_no", "other_aid", "words")
    kept: dict[str, Any] = {name: getattr(told, name) for name in names}
    return {
        **kept,
        "kind": str(told.kind),
        "student": told.student_id,
        "tuition": told.tuition.decimal if told.tuition else None,
        "asked": told.asked.decimal if told.asked else None,
    }


def households_for(*, actor: Actor) -> "QuerySet[Household]":
    """The households for which the acting post may ask."""
    return households.households_within(scope=actor.scope_for(HomeWord.READ))


def told_so_far(*, row: "AidApplication") -> Draft:
    """What the application says, as a draft of which one page changes a part."""
    return Draft(
        AidKind(row.kind),
        row.year,
        asked=None if row.asked_fen is None else Yuan(row.asked_fen),
        words=aid.words_of(row=row),
        student_id=row.student_id,
        stage=row.stage,
        school=row.school,
        school_kind=row.school_kind,
        admission_no=row.admission_no,
        tuition=None if row.tuition_fen is None else Yuan(row.tuition_fen),
        other_aid=row.other_aid,
    )


def excluded_at(*, unit_id: int, day: date) -> Sequence[str]:
    """The kinds of study that are not helped there."""
    return value_of(key="aid.study_excluded", unit_id=unit_id, day=day).of(tuple)
