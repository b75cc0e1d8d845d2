"""How messages go out: at once, once a day, or not at all; never in the quiet hours unless urgent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from niangjia.kernel.words import Said, say


class Channel(StrEnum):
    """The ways by which a message reaches its reader."""

    INBOX = "inbox"
    EMAIL = "email"
    SMS = "sms"
    DINGTALK = "dingtalk"
    WECHAT = "wechat"


OUTSIDE = (Channel.EMAIL, Channel.SMS, Channel.DINGTALK, Channel.WECHAT)
"""The channels that leave the house; the inbox is always there."""

CHANNEL_WORDS: Mapping[Channel, Said] = {
    Channel.INBOX: say("站内消息"),
    Channel.EMAIL: say("电子邮件"),
    Channel.SMS: say("短信"),
    Channel.DINGTALK: say("钉钉"),
    Channel.WECHAT: say("微信"),
}


class How(StrEnum):
    """What a reader wants of a kind of message on a channel."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


HOW_WORDS: Mapping[How, Said] = {
    How.AT_ONCE: say("随时发"),
    How.DIGEST: say("每天汇总一次"),
    How.OFF: say("不发"),
}


class Delivered(StrEnum):
    """How far one message got on one channel."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


DELIVERY_WORDS: Mapping[Delivered, Said] = {
    Delivered.QUEUED: say("待发送"),
    Delivered.SENT: say("已发出"),
    Delivered.DELIVERED: say("已送达"),
    Delivered.FAILED: say("未送达"),
}


def how_of(chosen: str | None, *, channel: Channel, urgent: bool) -> How:
    """What is done on a channel: the reader's choice; without one, mail daily and the rest if urgent.

    >>> how_of(None, channel=Channel.SMS, urgent=False).value
    'off'
    """
    if chosen is not None:
        wanted = How(chosen)
        return How.AT_ONCE if urgent and wanted is How.DIGEST else wanted
    if urgent:
        return How.AT_ONCE
    return How.DIGEST if channel is Channel.EMAIL else How.OFF


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nothing but the urgent leaves the house, and the hour of the daily digest."""

    since: int
    until: int
    digest: int

    def holds(self, hour: int) -> bool:
        """Whether the hour is quiet; the quiet may pass midnight.

        >>> night = Quiet(21, 8, 9)
        >>> [hour for hour in (7, 8, 20, 21, 23) if night.holds(hour)]
        [7, 21, 23]
        """
        if self.since <= self.until:
            return self.since <= hour < self.until
        return hour >= self.since or hour < self.until


def not_before(local: datetime, *, how: How, quiet: Quiet, urgent: bool) -> datetime:
    """The first moment at which a message may go out; `local` is the union's own time."""
    if urgent:
        return local
    if how is How.DIGEST:
        return _next(local, quiet.digest)
    return _next(local, quiet.until) if quiet.holds(local.hour) else local


def _next(local: datetime, hour: int) -> datetime:
    then = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return then if then > local else then + timedelta(days=1)


def retry_after(attempts: int, *, minutes: tuple[int, ...]) -> timedelta | None:
    """How long to wait after so many attempts that failed; None when it is given up.

    >>> retry_after(1, minutes=(1, 5)), retry_after(3, minutes=(1, 5))
    (datetime.timedelta(seconds=60), None)
    """
    return timedelta(minutes=minutes[attempts - 1]) if attempts <= len(minutes) else None
