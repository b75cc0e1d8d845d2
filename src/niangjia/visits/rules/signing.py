"""A signature: strokes drawn on the screen, or the name typed and ticked for whoever cannot draw. Pure."""

import re
from dataclasses import dataclass

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say

WIDTH, HEIGHT = 600, 200
"""The sheet on which strokes are drawn, in the units of their numbers."""
LONGEST = 12_000
_STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and how: `strokes` is the path of the pen; without strokes the name was typed and ticked."""

    name: str
    strokes: str = ""
    ticked: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is one."""
        return bool(self.name) and (bool(self.strokes) or self.ticked)


def strokes_of(told: object, *, field: str) -> str:
    """The path of a pen, each number inside the sheet; nothing is drawn from anything else.

    >>> strokes_of("M10 20L30 40", field="family")
    'M10 20L30 40'
    """
    text = str(told or "")
    if not text:
        return ""
    if len(text) > LONGEST or not _STROKES.fullmatch(text):
        raise BadInput(say("签名没有收好。请清除后重签，或者改为键入姓名。"), field=field)
    return text


def require_signature(one: Signature, *, field: str, who: Said) -> None:
    """Somebody who has to sign has signed."""
    if not one.holds:
        raise BadInput(say("{who}还没有签名。请在屏幕上签名，或者键入姓名并勾选。", who=who), field=field)
