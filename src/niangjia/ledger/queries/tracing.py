"""Every fen from its source to its use and back, through transfers between funds and books (features 55).

What the running scope does not show is not followed: there the words of the source are the end of the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from niangjia.kernel.money import Yuan
from niangjia.ledger.models import Entry, Fund, Posting
from niangjia.ledger.rules import Allocation, Flow, Klass, Stretch, Trail, allocate

BOOKED = "ledger.entry"
"""The kind of record that an entry is about when it takes over what an entry of another book gave."""


@dataclass(frozen=True, slots=True)
class Leg:
    """So many yuan: the entry that brought or took them, in which fund, and the words of their source.

    `held` money was brought there and is still there.
    """

    entry_id: int
    number: str
    on: date
    words: str
    about: tuple[str, int] | None
    fund: str
    source: str
    amount: Yuan
    held: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """An entry's money: where what it spent came from, and where what it brought went.

    `uncovered` was spent before any money came in.
    """

    came_from: tuple[Leg, ...]
    went_to: tuple[Leg, ...]
    uncovered: Yuan

    @property
    def spent(self) -> Yuan:
        """All that the entry took out of its funds."""
        return Yuan.total(leg.amount for leg in self.came_from) + self.uncovered

    @property
    def brought(self) -> Yuan:
        """All that the entry brought into its funds."""
        return Yuan.total(leg.amount for leg in self.went_to)


@dataclass
class Shown:
    """The entries as the running scope shows them; what was read is kept."""

    read: dict[int, Allocation] = field(default_factory=dict)
    touched: dict[int, list[int]] = field(default_factory=dict)

    def allocation(self, fund: int) -> Allocation:
        """The lots of a fund."""
        if fund not in self.read:
            self.read[fund] = allocate(flows_of(fund_id=fund), fund=fund)
        return self.read[fund]

    def funds(self, entry: int) -> list[int]:
        """The funds that an entry touches."""
        if entry not in self.touched:
            rows = Posting.objects.filter(entry=entry, account__klass=Klass.ASSET)
            self.touched[entry] = sorted(set(rows.values_list("fund_id", flat=True)))
        return self.touched[entry]

    def giver(self, entry: int) -> int | None:
        """The entry of another book that this one is about, if it is shown."""
        about = Entry.objects.filter(pk=entry, about_kind=BOOKED).values_list("about_id", flat=True).first()
        return about if about is not None and self.funds(about) else None

    def receiver(self, entry: int) -> int | None:
        """The entry of another book that is about this one, if it is shown."""
        rows = Entry.objects.filter(about_kind=BOOKED, about_id=entry, contra_of__isnull=True)
        return rows.order_by("id").values_list("id", flat=True).first()


def trace_of(*, entry_id: int) -> Trace:
    """Where the money of an entry came from and went, to the fen, as far as the running scope shows it."""
    shown = Shown()
    trail = Trail(shown)
    funds = [shown.allocation(fund) for fund in shown.funds(entry_id)]
    came, went = _merged(trail.came_from(entry_id)), _merged(trail.went_to(entry_id))
    entries = Entry.objects.in_bulk({one.entry for one in (*came, *went)})
    codes = dict(Fund.objects.filter(pk__in={one.fund for one in (*came, *went)}).values_list("id", "code"))
    return Trace(
        tuple(_leg(one, entries[one.entry], codes[one.fund]) for one in came),
        tuple(_leg(one, entries[one.entry], codes[one.fund]) for one in went),
        Yuan(sum(fund.open.get(entry_id, 0) for fund in funds)),
    )


def flows_of(*, fund_id: int, using: str = "default") -> Iterator[Flow]:
    """What every entry did to the assets of a fund, in the order of posting."""
    rows = (
        Posting.objects.using(using)
        .filter(fund=fund_id, account__klass=Klass.ASSET)
        .order_by("entry_id", "line")
        .values_list("entry_id", "entry__contra_of_id", "fen", "source")
    )
    entry, contra, lines = 0, None, list[tuple[int, str]]()
    for number, of, fen, source in rows.iterator(chunk_size=10_000):
        if number != entry and lines:
            yield Flow(entry, lines, contra)
            lines = []
        entry, contra = number, of
        lines.append((fen, source))
    if lines:
        yield Flow(entry, lines, contra)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of the same entry, fund and source as one, in the order of their first fen."""
    sums: dict[Stretch, int] = {}
    for one in stretches:
        same = replace(one, fen=0)
        sums[same] = sums.get(same, 0) + one.fen
    return [replace(one, fen=fen) for one, fen in sums.items()]


def _leg(one: Stretch, entry: Entry, fund: str) -> Leg:
    about = (entry.about_kind, entry.about_id) if entry.about_id is not None else None
    return Leg(entry.pk, str(entry), entry.on, entry.words, about, fund, one.source, Yuan(one.fen), one.held)
