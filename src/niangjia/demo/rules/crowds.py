"""Invented workers in any number: names of our own, numbers that no citizen bears. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.demo.rules import names, numbers
from niangjia.demo.rules.dice import Dice

FIRST_BORN = date(1960, 1, 1)
DAYS = 30 * 365
"""Even, so that each number is met once; the youngest is sixteen when the oldest unions are founded."""
MOBILES = range(1000, 9000)


@dataclass(frozen=True, slots=True)
class WorkerSketch:
    """Somebody who works: his name, the number that tells sex and birth, perhaps a mobile, whence he came."""

    name: str
    number: str
    mobile: str = ""
    is_migrant: bool = False


def crowd(*, how_many: int, dice: Dice, begin: int = 0) -> Iterator[WorkerSketch]:
    """So many different workers; each number once, for `begin` up to some millions.

    >>> [one.number for one in crowd(how_many=2, dice=Dice(1))]
    ['990101196001010015', '990101196001020002']
    """
    for i in range(begin, begin + how_many):
        hand = dice.hand("worker", i)
        place, is_male = divmod(i, 2)
        number = numbers.resident_number(
            born=FIRST_BORN + timedelta(days=i % DAYS), serial=place // (DAYS // 2), is_male=not is_male
        )
        mobile = numbers.mobile(MOBILES[i]) if i < len(MOBILES) else ""
        yield WorkerSketch(names.person_name(hand), number, mobile, hand.number(0, 9) < 3)  # noqa: PLR2004
