"""What was given and how it is shown that it was received: drawn, by card, by phone, on paper. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

NOTHING = Yuan(0)
SIGNATURE_AT_MOST = 60_000
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")


class Receipt(StrEnum):
    """How receipt is shown; none yet while it is awaited."""

    AWAITED = ""
    SIGNED = "signed"
    CARD = "card"
    PHONE = "phone"
    PAPER = "paper"


RECEIPTS: Mapping[str, Said] = {
    Receipt.AWAITED: say("还没有签收"),
    Receipt.SIGNED: say("当面签名"),
    Receipt.CARD: say("出示会员卡"),
    Receipt.PHONE: say("本人在手机上确认"),
    Receipt.PAPER: say("纸质签收"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: goods with their value, money and how it is paid; to whom, where he is dead."""

    gift: str = ""
    gift_value: Yuan = NOTHING
    amount: Yuan = NOTHING

    @property
    def spent(self) -> bool:
        """Whether union money was spent, so that there is something to settle."""
        return bool(self.gift_value or self.amount)

    @property
    def anything(self) -> bool:
        """Whether there is something to sign for."""
        return bool(self.gift or self.spent)


@dataclass(frozen=True, slots=True)
class Signed:
    """A receipt as it comes in: a drawn signature, or the text of a member's card; and who signed for him."""

    signature: str = ""
    card: str = ""
    signer: str = ""

    @property
    def how(self) -> Receipt:
        """Which of them it is; a signature goes before a card."""
        return Receipt.SIGNED if self.signature else Receipt.CARD if self.card else Receipt.AWAITED


@dataclass(frozen=True, slots=True)
class Kin:
    """The next of kin who receives for somebody who died."""

    name: str = ""
    relation: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit as it is recorded: when, by whom, what was given, what was said, how it was received."""

    on: date
    officers: Sequence[int] = ()
    others: Sequence[str] = ()
    given: Given = field(default_factory=Given)
    words: str = ""
    signed: Signed = field(default_factory=Signed)
    kin: Kin = field(default_factory=Kin)


def require_signature(told: str) -> str:
    """A drawn signature as a small PNG data address, or nothing."""
    if told and (len(told) > SIGNATURE_AT_MOST or not _PICTURE.fullmatch(told)):
        raise BadInput(say("签名没有收好。请清除后重签一次。"), field="signature")
    return told


def names_of(text: str) -> list[str]:
    """Names that were typed in one line, parted by any of the usual marks.

    >>> names_of("王三、李四， 赵五")
    ['王三', '李四', '赵五']
    """
    return [one for one in re.split(r"[、，,；;\s]+", text.strip()) if one]
