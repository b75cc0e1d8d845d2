from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of message channels; one's own inbox needs none."""

    CHANNELS = "messaging.channels"


LABELS = {Word.CHANNELS: "查看消息通道"}

GRANTS = (Grant(Word.CHANNELS, {Role.SYS: Reach.SUBTREE}),)
