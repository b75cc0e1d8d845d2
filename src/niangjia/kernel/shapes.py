"""The shapes of the page furniture: what a view hands to a component. Pure: no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.kernel.words import Said

Text = str | Said


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way here; the last one has no address."""

    label: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a page head or an empty state: a link, or with `post` a form of its own."""

    label: Text
    href: str
    icon: str = ""
    kind: str = "outline"
    post: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens the rows behind it; `wording` is the newspaper's way of saying it."""

    label: Text
    value: object
    href: str
    unit: Text = ""
    wording: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` is the key it sorts by in the address, `right` sets numbers flush right."""

    label: Text
    sort: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than text: a link of its own, a status shape, a second line."""

    text: object
    href: str = ""
    status: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first cell is the head and carries the link of the row."""

    cells: Sequence[object]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, or the words of an empty table with a first thing to do."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: Text = ""
    empty: Text = ""
    first: Act | None = None
    foot: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list stands: by `number` of `pages`, or by the keys `before` and `after` of long lists."""

    total: int | None = None
    first: int | None = None
    last: int | None = None
    number: int | None = None
    pages: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a case: `state` is done, now or todo."""

    label: Text
    state: str
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, who, what."""

    at: object
    who: Text
    what: Text
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A neighbour page of the same thing."""

    label: Text
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is known of it."""

    term: Text
    value: object
    href: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What an app above adds to the page of a record below it: figures, steps that may be taken, tables."""

    figures: Sequence[Figure] = ()
    acts: Sequence[Act] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the tile map: row and column 1 to 12, step 0 to 4 of the ramp, or None for "no figure".

    `href` is the level below; `rows_href` opens the rows behind the number, in the table beside the map.
    """

    name: Text
    value: object
    href: str
    row: int
    col: int
    step: int | None = None
    code: str = ""
    rows_href: str = ""


@dataclass(frozen=True, slots=True)
class DrawnUnion:
    """A union in the drawing of 1+N+X: with its one employer, or with the number of employers it joins."""

    name: Text
    href: str = ""
    employer: Text = ""
    employer_href: str = ""
    employers: int | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One federation on top, N unions of one employer, X joint unions; counts may exceed what is drawn."""

    name: Text
    singles: Sequence[DrawnUnion]
    joints: Sequence[DrawnUnion]
    n: int
    x: int
    employers: int
    href: str = ""
    rows_href: str = ""
    singles_href: str = ""
    joints_href: str = ""
