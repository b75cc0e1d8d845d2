"""Why federations are suggested for a merge: too few employers, too few members (R-ORG-14)."""

from collections.abc import Iterable, Sequence
from datetime import date

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.network import queries as network
from niangjia.restructuring.queries import hints_of
from niangjia.tree import queries as tree


def size_hints(*, unit_id: int, day: date) -> Sequence[Said]:
    """What the sizes of a living federation suggest, employers and members side by side."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=EVERYWHERE)
    counted = members.member_counts_at(paths=[row.path], day=day)[0].members
    return hints_of(unit_id=unit_id, day=day, members=counted)


def size_facts(*, unit_ids: Iterable[int], day: date) -> list[Fact]:
    """The same as lines of a page, each with the union it is about."""
    names = tree.names_of(unit_ids=list(unit_ids))
    return [
        Fact(say("规模提示：{name}", name=name), hint)
        for unit_id, name in sorted(names.items())
        for hint in size_hints(unit_id=unit_id, day=day)
    ]
