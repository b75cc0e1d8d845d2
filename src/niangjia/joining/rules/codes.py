"""Codes for joining: what a signed token stands for, whether it is still good; receipts of applicants."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say

CODE = "joining.join_qr"
_NUMBER, _MAC = 4, 10
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 4, 5


class CodeState(StrEnum):
    """Whether a code still opens the door."""

    GOOD = "good"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REVOKED = "revoked"


CODE_STATES: Mapping[CodeState, Said] = {
    CodeState.GOOD: say("可用"),
    CodeState.EXPIRED: say("已过期"),
    CodeState.USED_UP: say("次数已用完"),
    CodeState.REVOKED: say("已停用"),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What is signed: change any of it and the printed code is no longer ours."""

    number: int
    unit_id: int
    zone_id: int | None
    employer_id: int | None
    expires_on: date
    max_uses: int

    @property
    def text(self) -> bytes:
        """The bytes under the signature."""
        parts = (getattr(self, name) for name in self.__dataclass_fields__)
        return "\x00".join(("join code", *map(str, parts))).encode()


def token_of(content: Content, *, key: bytes) -> str:
    """The token: the number of the code and an 80-bit HMAC over all it stands for, in base 32.

    >>> len(token_of(Content(7, 1, None, None, date(2018, 12, 31), 500), key=b"k"))
    23
    """
    mac = hmac.digest(key, content.text, "sha256")[:_MAC]
    body = content.number.to_bytes(_NUMBER, "big") + mac
    return base64.b32encode(body).decode().rstrip("=")


def content_of(token: str) -> int | None:
    """The number that a token claims; whether it is signed is asked once its row is known.

    >>> content_of("AAAAAAA"), content_of("不是码")
    (None, None)
    """
    plain = token.upper()
    try:
        body = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        return None
    return int.from_bytes(body[:_NUMBER], "big") if len(body) == _NUMBER + _MAC else None


def state_of(*, day: date, expires_on: date, uses: int, max_uses: int, is_revoked: bool) -> CodeState:
    """Whether a code is good on a day; the last day counts.

    >>> state_of(day=date(2018, 8, 20), expires_on=date(2018, 8, 20), uses=0, max_uses=1, is_revoked=False)
    <CodeState.GOOD: 'good'>
    """
    if is_revoked:
        return CodeState.REVOKED
    if day > expires_on:
        return CodeState.EXPIRED
    return CodeState.USED_UP if uses >= max_uses else CodeState.GOOD


def require_term(expires_on: date, *, today: date, days_at_most: int) -> None:
    """A code ends within the time that policy allows: lost posters must not open doors for ever."""
    if expires_on < today:
        raise BadInput(say("有效期不能早于今天。"), field="expires_on")
    if (expires_on - today).days > days_at_most:
        raise BadInput(
            say("入会码最长有效 {days} 天。请改近一些，到期再换一张。", days=days_at_most), field="expires_on"
        )


def receipt_from(number: int) -> str:
    """A receipt code of twenty signs from a random number below 2**97, none of them easily confused.

    >>> receipt_from(0)
    '22222-22222-22222-22222'
    """
    signs = []
    for _ in range(_GROUPS * _GROUP):
        number, place = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[place])
    text = "".join(signs)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def receipt_plain(told: str) -> str:
    """A receipt code as it was typed, without blanks and strokes."""
    return "".join(sign for sign in told.upper() if sign.isalnum())
