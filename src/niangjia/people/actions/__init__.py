"""Writes of the register of persons, one verb a function."""

from niangjia.people.actions.consenting import give_consent, withdraw_consent
from niangjia.people.actions.erasing import (
    clear_what_has_run_out,
    erase_person,
    reconcile_tombstones,
    replay_erasures,
)
from niangjia.people.actions.holding import hold_person, keep_all_at, keep_at, keep_back
from niangjia.people.actions.merging import hold_both, merge_person, restore_keeper, unmerge_person
from niangjia.people.actions.registering import (
    PersonDraft,
    add_contact,
    add_document,
    add_outside_post,
    confirm_mobile,
    correct_person,
    register_person,
)
from niangjia.people.actions.requesting import decide_request, make_request, take_back_request
from niangjia.people.actions.revealing import What, alarm_above_bound, reveal, review_alarm

__all__ = [
    "PersonDraft",
    "What",
    "add_contact",
    "add_document",
    "add_outside_post",
    "alarm_above_bound",
    "clear_what_has_run_out",
    "confirm_mobile",
    "correct_person",
    "decide_request",
    "erase_person",
    "give_consent",
    "hold_both",
    "hold_person",
    "keep_all_at",
    "keep_at",
    "keep_back",
    "make_request",
    "merge_person",
    "reconcile_tombstones",
    "register_person",
    "replay_erasures",
    "restore_keeper",
    "reveal",
    "review_alarm",
    "take_back_request",
    "unmerge_person",
    "withdraw_consent",
]
