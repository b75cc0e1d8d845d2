"""Counts of a batch: persons of a roster, heads at a site, goods; each adds up (R-G-05). Pure."""

from dataclasses import dataclass

from niangjia.kernel.counting import Count, Measure
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows of a roster by outcome; distinct persons. `booked` are those with an appointment."""

    open: int = 0
    received: int = 0
    missed: int = 0
    booked: int = 0
    paid: int = 0

    @property
    def persons(self) -> Count:
        """Everybody on the roster; nobody vanishes from the equation."""
        return Count(self.open + self.received + self.missed, Measure.PERSONS)

    def total(self, each: Yuan) -> Yuan:
        """What the whole roster comes to."""
        return each * self.persons.value

    def said(self, each: Yuan) -> Said:
        """The exact counts, as they stand above every button that acts on the batch.

        >>> str(Tally(open=3).said(Yuan.of(50)))
        '本批 3 人，合计 150.00 元'
        """
        return say("本批 {n} 人，合计 {sum} 元", n=self.persons.value, sum=self.total(each))


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods of a batch: bought, handed out, left."""

    bought: int
    handed: int
    left: int

    @property
    def adds_up(self) -> bool:
        """Bought is what was handed out and what is left.

        >>> Goods(50, 48, 2).adds_up, Goods(50, 48, 1).adds_up
        (True, False)
        """
        return self.bought == self.handed + self.left

    @property
    def said(self) -> Said:
        """The equation in words."""
        return say("购入 {b} 份 = 发出 {h} 份 + 结余 {n} 份", b=self.bought, h=self.handed, n=self.left)


def require_goods(goods: Goods) -> None:
    """Refused where the goods do not add up, with the figure that would."""
    if not goods.adds_up:
        words = say(
            "数量对不上：购入 {b} 份，发出 {h} 份，结余应当是 {n} 份，您填的是 {told} 份。请核对。",
            b=goods.bought,
            h=goods.handed,
            n=goods.bought - goods.handed,
            told=goods.left,
        )
        raise BadInput(words, field="left")
