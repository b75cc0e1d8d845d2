"""What two records have in common, and what it is worth; by rule, so that everybody can follow (data.md §2).

Two valid, different numbers of one kind of paper are two people: twins, namesakes, relatives with one phone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from niangjia.kernel.identifiers import IdKind, check_character
from niangjia.kernel.words import Said, say

DECISIVE = (
    IdKind.RESIDENT,
    IdKind.HK_MACAO_RESIDENCE,
    IdKind.TAIWAN_RESIDENCE,
    IdKind.PERMANENT_RESIDENCE,
)
"""Papers whose number says for good who somebody is, and checks itself."""


class Feature(StrEnum):
    """Something that two records agree in, or that speaks against it."""

    NAME = "name"
    PINYIN = "pinyin"
    BORN = "born"
    MOBILE = "mobile"
    EMPLOYER = "employer"
    NUMBER = "number"
    DIFFERS = "differs"
    UNPROVED = "unproved"


WORDS: Mapping[Feature, Said] = {
    Feature.NAME: say("姓名相同"),
    Feature.PINYIN: say("姓名读音相同"),
    Feature.BORN: say("出生日期相同"),
    Feature.MOBILE: say("手机号相同"),
    Feature.EMPLOYER: say("用人单位相同"),
    Feature.NUMBER: say("证件号码只差一处，其中一个校验不过"),
    Feature.DIFFERS: say("两个证件号码都有效而不同，多半是两个人"),
    Feature.UNPROVED: say("至少一份没有有效证件"),
}
MOST_IF_TWO = 30
"""However much agrees, two valid numbers are never proposed as certain."""
_WORTH: Sequence[tuple[frozenset[Feature], int]] = (
    (frozenset({Feature.NUMBER, Feature.NAME}), 97),
    (frozenset({Feature.NAME, Feature.BORN, Feature.MOBILE}), 97),
    (frozenset({Feature.NUMBER, Feature.BORN}), 92),
    (frozenset({Feature.NAME, Feature.BORN}), 90),
    (frozenset({Feature.PINYIN, Feature.MOBILE}), 85),
    (frozenset({Feature.NUMBER}), 75),
    (frozenset({Feature.MOBILE, Feature.BORN}), 65),
    (frozenset({Feature.NAME, Feature.EMPLOYER, Feature.UNPROVED}), 60),
)


def score_of(features: Iterable[Feature]) -> int:
    """What the agreement is worth, 0 to 100; it orders the list and decides nothing.

    >>> score_of([Feature.NAME, Feature.BORN])
    90
    >>> score_of([Feature.NAME, Feature.BORN, Feature.MOBILE, Feature.DIFFERS])
    30
    """
    held = frozenset(features)
    worth = max((points for wanted, points in _WORTH if wanted <= held), default=0)
    return min(worth, MOST_IF_TWO) if Feature.DIFFERS in held else worth


def is_worth_a_look(features: Iterable[Feature]) -> bool:
    """Whether two people should look: some rule holds; two valid numbers only if everything else agrees."""
    held = frozenset(features)
    if Feature.DIFFERS in held:
        return {Feature.NAME, Feature.BORN, Feature.MOBILE} <= held
    return score_of(held) > 0


def neighbours(number: str) -> frozenset[str]:
    """The numbers one slip away: a character, or two neighbours swapped; of both one fails its check.

    >>> "990101196806120027" in neighbours("990101196806120037")
    True
    >>> neighbours("E1234567")
    frozenset()
    """
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return frozenset()
    fails = not _holds(number)
    slips = {*_altered(number), *_swapped(number)} - {number}
    return frozenset(one for one in slips if _holds(one) is fails)


def _holds(number: str) -> bool:
    return number[17] == check_character(number[:17])


def _altered(number: str) -> Iterable[str]:
    for place in range(len(number)):
        letters = "0123456789X" if place == len(number) - 1 else "0123456789"
        yield from (number[:place] + letter + number[place + 1 :] for letter in letters)


def _swapped(number: str) -> Iterable[str]:
    found = (
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
    )
    return (one for one in found if one[:17].isdecimal())
