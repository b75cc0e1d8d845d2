"""What the policies say of visits, and who may make one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from niangjia.accounts import queries as accounts
from niangjia.kernel import policy
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.paths import ancestors, chain_of, is_within, unit_id_of
from niangjia.kernel.periods import add_months
from niangjia.policies import queries as policies
from niangjia.visits.permissions import Word
from niangjia.visits.rules import Officer

if TYPE_CHECKING:
    from niangjia.tree.models import Unit


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures of home visits in force for a union on a day."""

    min_visitors: int
    photos: str
    photo_reason: str
    photo_count: int
    photo_side: int
    photo_kilobytes: int
    position: bool
    kit_hours: int
    pin_tries: int
    sent_days: int


KEYS = {name: f"visit.{name}" for name in Policy.__annotations__} | {"min_visitors": "aid.min_visitors"}


def policy_at(*, path: str, day: date) -> Policy:
    """The policies of home visits for the union at a path."""
    chain = chain_of(path)
    values = policies.values_for(chain=chain, keys=list(KEYS.values()))
    found = {
        name: policy.decide(policy.shipped().definition(key), day, chain, values).value
        for name, key in KEYS.items()
    }
    return Policy(**found)  # type: ignore[arg-type]


def valid_since(*, path: str, day: date) -> datetime:
    """From when on a confirmed visit outside of a campaign counts (policy `visit.valid_months`)."""
    chain, key = chain_of(path), "visit.valid_months"
    values = policies.values_for(chain=chain, keys=[key])
    months = policy.decide(policy.shipped().definition(key), day, chain, values).of(int)
    return datetime.combine(add_months(day, -months), time(), tzinfo=SHANGHAI)


def officers_for(*, unit: "Unit", user_ids: Iterable[int], day: date) -> list[Officer]:
    """Who may go: whoever stands at the union or above it, and those named who stand beneath it."""
    homes = {unit.pk, *(unit_id_of(path) for path in ancestors(unit.path))}
    for user_id in user_ids:
        posts = accounts.standings_of(user_id=user_id, day=day)
        homes |= {one.unit_id for one in posts if is_within(one.path, unit.path)}
    return officers_at(unit_ids=homes, day=day)


def officers_at(*, unit_ids: Iterable[int], day: date) -> list[Officer]:
    """Everybody who may make visits from these unions, each once."""
    holders = accounts.holders_at(unit_ids=unit_ids, day=day)
    found = {
        one.user_id: Officer(one.user_id, one.person_id, one.name)
        for one in holders
        if one.carries(Word.MAKE)
    }
    return list(found.values())
