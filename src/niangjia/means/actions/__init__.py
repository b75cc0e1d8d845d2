"""Writes of the economic check."""

from niangjia.means.actions.authorising import authorise, issue_authorisation, take_back_authorisation
from niangjia.means.actions.checking import (
    Hearer,
    Told,
    ask_check,
    enter_answer,
    send_batch,
    take_back_answer,
    void_check,
)
from niangjia.means.actions.files import ANSWER_FILE, CHECK_FILE
from niangjia.means.actions.moving import MERGE_PARTY

__all__ = [
    "ANSWER_FILE",
    "CHECK_FILE",
    "MERGE_PARTY",
    "Hearer",
    "Told",
    "ask_check",
    "authorise",
    "enter_answer",
    "issue_authorisation",
    "send_batch",
    "take_back_answer",
    "take_back_authorisation",
    "void_check",
]
