"""Writes of committees, zones and facilities, one verb a function."""

from niangjia.bodies.actions.committees import Appointment, appoint, end_post, open_term
from niangjia.bodies.actions.facilities import edit_facility, open_facility
from niangjia.bodies.actions.handing import hand_over_bodies
from niangjia.bodies.actions.reminding import remind_of_terms
from niangjia.bodies.actions.zones import (
    edit_zone,
    enter_zone,
    enter_zones,
    leave_zone,
    open_zone,
    return_to_zone,
)

__all__ = [
    "Appointment",
    "appoint",
    "edit_facility",
    "edit_zone",
    "end_post",
    "enter_zone",
    "enter_zones",
    "hand_over_bodies",
    "leave_zone",
    "open_facility",
    "open_term",
    "open_zone",
    "remind_of_terms",
    "return_to_zone",
]
