"""Notices are opened, run their days, are objected to and answered; nobody closes one early."""

from niangjia.notices.actions.objecting import answer_objection, object_to, resolve
from niangjia.notices.actions.opening import open_notice, withdraw
from niangjia.notices.actions.turning import turn_the_day

__all__ = ["answer_objection", "object_to", "open_notice", "resolve", "turn_the_day", "withdraw"]
