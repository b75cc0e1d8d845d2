"""What a card's QR code says, and how it is read without the network: signed text, nothing secret in it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say

HEAD = "NJ1"
Sign = Callable[[bytes], bytes]
Holds = Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Card:
    """A membership as its card tells it: number, masked name, union, state, until when the code holds."""

    number: str
    name: str
    union: str
    state: str
    until: date


def written(card: Card, *, sign: Sign) -> str:
    """The text of the QR code: head, content, signature, each in base64url."""
    told = {"c": card.number, "n": card.name, "u": card.union, "s": card.state, "x": card.until.isoformat()}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return ".".join((HEAD, _base64(body), _base64(sign(b"niangjia card 1\n" + body))))


def read(text: str, *, holds: Holds) -> Card:
    """The card that a code tells of. Raises BadInput for a text that is none of ours or was changed."""
    parts = text.strip().split(".")
    try:
        head, body, signature = parts[0], _plain(parts[1]), _plain(parts[2])
        told: Mapping[str, str] = json.loads(body)
        card = Card(told["c"], told["n"], told["u"], told["s"], date.fromisoformat(told["x"]))
    except (IndexError, Error, ValueError, KeyError, TypeError) as error:
        raise BadInput(say("这不是会员卡的二维码。请重新扫描卡片页上的二维码。"), field="text") from error
    if head != HEAD or not holds(b"niangjia card 1\n" + body, signature):
        raise BadInput(say("二维码的签名不对：不是本平台出具的，或者内容被改过。"), field="text")
    return card


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
