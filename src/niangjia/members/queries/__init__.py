"""Reads of membership: where a person stands, who is a member where, how many."""

from niangjia.members.queries.carding import card_key, card_of
from niangjia.members.queries.counting import MemberCounts, member_counts, member_counts_at
from niangjia.members.queries.finding import (
    FOUND_AT_MOST,
    MemberFilters,
    members_in_scope,
    with_words_found,
)
from niangjia.members.queries.handing import handover_rows, leaving_with
from niangjia.members.queries.naming import groups_in_scope, union_named
from niangjia.members.queries.standing import (
    Counting,
    counting_from,
    counting_now,
    fee_base_of,
    kind_of_union,
    membership_in_scope,
    memberships_in_scope,
    newest_stretch,
    stretch_of,
    stretches_of,
    union_ids_with_members,
    was_member,
)

__all__ = [
    "FOUND_AT_MOST",
    "Counting",
    "MemberCounts",
    "MemberFilters",
    "card_key",
    "card_of",
    "counting_from",
    "counting_now",
    "fee_base_of",
    "groups_in_scope",
    "handover_rows",
    "kind_of_union",
    "leaving_with",
    "member_counts",
    "member_counts_at",
    "members_in_scope",
    "membership_in_scope",
    "memberships_in_scope",
    "newest_stretch",
    "stretch_of",
    "stretches_of",
    "union_ids_with_members",
    "union_named",
    "was_member",
    "with_words_found",
]
