"""A union named by whoever may not see its rows: the names of unions are public."""

from datetime import date
from typing import TYPE_CHECKING

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import BadInput
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.members.rules import JOINABLE
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.network.models import Organisation

NAMES_SHOWN = 5
LONGEST_NUMBER = 15


def union_named(*, words: str, today: date, field: str = "to_union") -> "Organisation":
    """The union of that full name or number which workers may join; else BadInput with the names nearest."""
    words = words.strip()
    with beyond():
        rows = network.public_organisations(filters=network.Filters(kinds=JOINABLE), today=today)
        number = int(words) if words.isdecimal() and len(words) < LONGEST_NUMBER else None
        found = list((rows.filter(pk=number) if number else rows.filter(name=words))[:2])
        if len(found) == 1:
            return found[0]
        near = network.Filters(kinds=JOINABLE, name=words)
        names = [
            row.name for row in network.public_organisations(filters=near, today=today)[: NAMES_SHOWN + 1]
        ]
    if not names:
        raise BadInput(say("没有找到这家工会。请填写全称，或从“找工会”里抄它的编号。"), field=field)
    raise BadInput(
        say("是这几家中的哪一家：{names}？请填写全称。", names=listed(names[:NAMES_SHOWN])), field=field
    )


def groups_in_scope(*, scope: Scope, today: date) -> "QuerySet[Organisation]":
    """The groups and branches that an officer may put a member into."""
    filters = network.Filters(kinds=(OrgKind.GROUP, OrgKind.BRANCH))
    return network.organisations_in_scope(scope=scope, filters=filters, today=today)
