"""What is asked at a door, in the reader's language, and what stands: the form on the phone and online."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from niangjia.households import queries as homes
from niangjia.households import rules as household_rules
from niangjia.kernel.clock import day_of
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.words import say
from niangjia.people.rules import ID_KINDS
from niangjia.policies import queries as policies
from niangjia.visits import rules

if TYPE_CHECKING:
    from niangjia.households.models import Household


def home_told(*, household: "Household") -> dict[str, Any]:
    """A household as it stands: who lives there, each fact with its version."""
    members: list[dict[str, Any]] = [
        {
            "ref": str(one.number),
            "name": one.name,
            "relation": one.relation,
            "real": one.real,
            "tail": one.tail,
            "facts": {},
        }
        for one in homes.members_of(household=household)
    ]
    by_number: dict[str, Any] = {one["ref"]: one["facts"] for one in members}
    facts: dict[str, Any] = {}
    for (member, key), one in homes.standing_of(household=household).items():
        place = facts if member is None else by_number.get(str(member), {})
        place[key] = {"value": one.value, "base": one.version}
    return {"number": household.pk, "facts": facts, "members": members}


def catalogue(*, unit_id: int | None, at: datetime) -> dict[str, Any]:
    """What is asked, in the reader's language: it drives the form on the phone and the one online."""
    exclusions = policies.value_in_force(key="aid.exclusions", unit_id=unit_id, day=day_of(at)).of(tuple)
    flags = {"asset_flags": {one: one for one in (*exclusions, household_rules.NO_FLAGS)}}
    return {
        "household": [_asked(one, flags) for one in household_rules.HOUSEHOLD],
        "member": [_asked(one, flags) for one in household_rules.MEMBER if one.key != "id_typed"],
        "relations": _words(household_rules.RELATIONS),
        "papers": _words({kind: ID_KINDS[kind] for kind in IdKind}),
        "results": {str(key): said.render(gettext) for key, said in rules.RESULTS.items()},
        "asks": {str(key): said.render(gettext) for key, said in rules.ASKS.items()},
    }


def _asked(one: household_rules.Fact, flags: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": gettext(one.label),
        "shape": str(one.shape),
        "about": str(one.about),
        "asked": one.asked,
        "most": one.most,
        "hint": say(one.hint).render(gettext) if one.hint else "",
        "choices": flags.get(one.key) or _words(one.choices or {}),
    }


def _words(choices: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): gettext(word) for code, word in choices.items()}
