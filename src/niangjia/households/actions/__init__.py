"""Writes of households, one verb a function."""

from niangjia.households.actions.beginning import Kin, add_own_member, open_own_household
from niangjia.households.actions.heading import replace_head
from niangjia.households.actions.moving import HOUSEHOLDS, MERGE_PARTY
from niangjia.households.actions.opening import MemberDraft, add_member, bearer_of, open_household
from niangjia.households.actions.own import tell_own
from niangjia.households.actions.staying import leave_household, prove_member
from niangjia.households.actions.telling import amend, changes_of, settle_proposal

__all__ = [
    "HOUSEHOLDS",
    "MERGE_PARTY",
    "Kin",
    "MemberDraft",
    "add_member",
    "add_own_member",
    "amend",
    "bearer_of",
    "changes_of",
    "leave_household",
    "open_household",
    "open_own_household",
    "prove_member",
    "replace_head",
    "settle_proposal",
    "tell_own",
]
