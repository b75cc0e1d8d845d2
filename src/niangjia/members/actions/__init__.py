"""Writes of membership, one verb a function."""

from niangjia.members.actions.admitting import MembershipDraft, admit, affiliate
from niangjia.members.actions.carding import issue_card
from niangjia.members.actions.carrying import MEMBERS, MembersParty, members_left
from niangjia.members.actions.changing import (
    choose_union,
    edit_membership,
    end_membership,
    move_membership,
    resume_membership,
    retain_membership,
)
from niangjia.members.actions.enrolling import Worker, enrol_worker
from niangjia.members.actions.tallying import Difference, fold_tallies, recount_tallies, turn_the_day

__all__ = [
    "MEMBERS",
    "Difference",
    "MembersParty",
    "MembershipDraft",
    "Worker",
    "admit",
    "affiliate",
    "choose_union",
    "edit_membership",
    "end_membership",
    "enrol_worker",
    "fold_tallies",
    "issue_card",
    "members_left",
    "move_membership",
    "recount_tallies",
    "resume_membership",
    "retain_membership",
    "turn_the_day",
]
