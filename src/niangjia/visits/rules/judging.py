"""Who may make a visit: two different officers, none of the family (R-AID-01, R-G-06, App. D 14). Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import listed, say

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may make visits: his account, his person if the register knows him, his name."""

    user_id: int
    person_id: int | None
    name: str


def require_visitors(
    visitors: Sequence[int], *, least: int, officers: Sequence[Officer], family: Collection[int]
) -> list[Officer]:
    """The officers who went, in the order of their signatures.

    Raises BadInput where they are too few or no officers, Refused where one belongs to the family; the
    refusal names who else may go.
    """
    known = {one.user_id: one for one in officers}
    told = list(dict.fromkeys(visitors))
    if len(told) < least:
        raise BadInput(say("走访要有 {least} 名不同的工会干部签名。", least=least), field="visitors")
    strange = [one for one in told if one not in known]
    if strange:
        raise BadInput(
            say("签名的人里有的现在不是走访干部。请核对账号和岗位，或者换一位同事签名。"), field="visitors"
        )
    kin = [known[one] for one in told if known[one].person_id in family]
    if kin:
        others = [one.name for one in officers if one.person_id not in family and one.user_id not in told]
        raise Refused(
            say(
                "{names}和这一户是一家人，按回避规定不能参加这次走访。可以请这几位去：{others}。",
                names=listed([one.name for one in kin]),
                others=listed(sorted(set(others))[:MOST_NAMED]),
            ),
            field="visitors",
        )
    return [known[one] for one in told]
