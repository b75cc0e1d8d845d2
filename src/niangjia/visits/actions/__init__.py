"""Writes of home visits, one verb a function."""

from niangjia.visits.actions.following import AskedFor, Filed, Follower, Hearer
from niangjia.visits.actions.moving import MERGE_PARTY, VISITS
from niangjia.visits.actions.papers import reissue_record
from niangjia.visits.actions.photos import take_photo
from niangjia.visits.actions.placing import hold_key
from niangjia.visits.actions.recording import OtherContent, record_visit
from niangjia.visits.actions.settling import settle
from niangjia.visits.actions.voiding import void_visit

__all__ = [
    "MERGE_PARTY",
    "VISITS",
    "AskedFor",
    "Filed",
    "Follower",
    "Hearer",
    "OtherContent",
    "hold_key",
    "record_visit",
    "reissue_record",
    "settle",
    "take_photo",
    "void_visit",
]
