"""Who is a member where in the demo world, who pays, who applies, who is on the way elsewhere. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from niangjia.demo.rules import names, numbers
from niangjia.demo.rules.crowds import WorkerSketch
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.sketch import EmployerSketch, Sketch
from niangjia.kernel.periods import add_years

FIRST_MOBILE = 20_000
"""Mobiles below it belong to officers, log-ins and the crowds of the stories."""
FIRST_SERIAL = 50
"""Serials below it, on any birthday, belong to officers and crowds: no number is given out twice."""
YOUNGEST, SPREAD = 22, 35
"""So old is the youngest member on the day of the demo, and so many years lie between him and the oldest."""
MEN, MIGRANTS = 6, 3
"""So many of ten are men, so many came from elsewhere."""
SETTLED, LONGEST = 40, 1500
"""Nobody joined in the last 40 days or more than 1,500 days ago: who applies now stands out."""

VILLAGE, FIRM, NEIGHBOUR = "gaojia", "开山虹套工会", "业胜金属工会"
OWN = ("mem", "pri")
"""Log-ins whose person is a member of the union in which they stand."""
PAYING, MONTHS = 12, 3
"""So many members of the firm, beside the log-ins, have paid for so many months."""


@dataclass(frozen=True, slots=True)
class MemberSketch:
    """A worker who is a member of a union since a day, with the employer he works for."""

    worker: WorkerSketch
    union: str
    employer: str
    since: date


@dataclass(frozen=True, slots=True)
class ApplicantSketch:
    """Somebody who asked so many days ago to join; by the code of the drive, or as an officer wrote down."""

    worker: WorkerSketch
    union: str
    employer: str
    days_ago: int
    by_code: bool = False


@dataclass(slots=True)
class Workforce:
    """Invented workers, one after the other: each has a number and a mobile of his own."""

    dice: Dice
    today: date
    made: int = 0
    _born: Counter[date] = field(default_factory=Counter)

    def next(self) -> WorkerSketch:
        """Somebody whom the world does not know yet."""
        hand = self.dice.hand("member", self.made)
        born = add_years(self.today, -YOUNGEST) - timedelta(days=hand.number(0, SPREAD * 365))
        serial, is_male = FIRST_SERIAL + self._born[born], hand.number(0, 9) < MEN
        number = numbers.resident_number(born=born, serial=serial, is_male=is_male)
        mobile = numbers.mobile(FIRST_MOBILE + self.made)
        self.made += 1
        self._born[born] += 1
        return WorkerSketch(names.person_name(hand), number, mobile, hand.number(0, 9) < MIGRANTS)


@dataclass(frozen=True, slots=True)
class Membership:
    """The members of the page's unions, and who applies to two of them."""

    members: tuple[MemberSketch, ...]
    applicants: tuple[ApplicantSketch, ...]


APPLIED: Sequence[tuple[str, int, bool]] = (
    (FIRM, 24, False),
    (FIRM, 2, False),
    (FIRM, 0, False),
    (VILLAGE, 3, True),
    (VILLAGE, 1, True),
    (VILLAGE, 0, True),
)
"""To which union, how many days ago, by a code: the first is overdue whatever holidays lie between."""


def membership(*, dazhou: Sketch, many: Sketch, today: date, dice: Dice) -> Membership:
    """About one worker in five at Dazhou, about one in fifteen at the village federation, and applicants."""
    force = Workforce(dice, today)
    village = [row for row in many.employers if row.key.startswith(f"{VILLAGE}-")]
    members = [
        *_members(dazhou.employers, one_in=5, force=force),
        *_members(village, one_in=15, force=force),
    ]
    places = {VILLAGE: village[20].key, FIRM: dazhou.employers[0].key}
    applicants = [
        ApplicantSketch(force.next(), union, places[union], days, by_code) for union, days, by_code in APPLIED
    ]
    return Membership(tuple(members), tuple(applicants))


def _members(employers: Sequence[EmployerSketch], *, one_in: int, force: Workforce) -> Iterator[MemberSketch]:
    for row in employers:
        union, since = row.unions[0]
        for place in range(round(row.headcount / one_in)):
            days = force.dice.number("joined", row.key, place, low=SETTLED, high=LONGEST)
            day = max(since, force.today - timedelta(days=days))
            yield MemberSketch(force.next(), union, row.key, day)


def wage_base(dice: Dice, *what: object) -> int:
    """A monthly wage in fen from which dues are counted: whole hundreds of yuan."""
    return dice.number("wage", *what, low=38, high=72) * 100_00


def months_before(today: date, *, how_many: int) -> tuple[date, ...]:
    """The first days of so many months before this one, the earliest first.

    >>> months_before(date(2018, 2, 20), how_many=3)
    (datetime.date(2017, 11, 1), datetime.date(2017, 12, 1), datetime.date(2018, 1, 1))
    """
    count = today.year * 12 + today.month - 1
    return tuple(date((count - n) // 12, (count - n) % 12 + 1, 1) for n in range(how_many, 0, -1))


def neighbours(many: Sketch) -> tuple[str, str]:
    """Two grown federations of one town, the smaller first: it may be merged into the other (S-NB-09)."""
    above = {row.key: row.parent for row in many.organisations}
    sizes = Counter(above.get(row.unions[0][0], "") for row in many.employers)
    towns: dict[str, list[str]] = {}
    for row in many.organisations:
        if row.mode and row.key.startswith("fed"):
            towns.setdefault(row.parent, []).append(row.key)
    one, other = next(rows[:2] for rows in towns.values() if len(rows) > 1)
    return (one, other) if sizes[one] <= sizes[other] else (other, one)
