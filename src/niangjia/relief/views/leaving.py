"""The register of grants as files: as seen, and in the national columns (exchange's port)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from niangjia.aid.permissions import Word
from niangjia.exchange.rules.kinds import ExportKind
from niangjia.kernel.access import Actor
from niangjia.kernel.words import say
from niangjia.people.permissions import Word as PeopleWord
from niangjia.relief.queries import leaving
from niangjia.relief.rules import register

Rows = tuple[int, Iterator[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class AsSeen:
    """The rows and columns of the list of applications."""

    def rows(self, asked: Mapping[str, str], *, by: Actor, today: date) -> Rows:
        """How many, and the cells as the page shows them."""
        rows = leaving.rows_to_leave(asked=asked, by=by)
        return rows.count(), leaving.cells_as_seen(rows=rows, by=by)


@dataclass(frozen=True, slots=True)
class National:
    """The grants of a year that lack nothing, with full numbers."""

    def rows(self, asked: Mapping[str, str], *, by: Actor, today: date) -> Rows:
        """How many, and the cells in the order of the columns."""
        rows = leaving.lacking_rows(asked=asked, lack="", by=by, today=today)
        return rows.count(), leaving.national_cells(rows=rows)


APPLICATIONS = ExportKind(
    key="aid-applications",
    title=say("帮扶申请名单"),
    word=Word.READ,
    columns=leaving.AS_SEEN,
    listing=AsSeen(),
    page="aid-applications",
)
NATIONAL = ExportKind(
    key="aid-register",
    title=say("救助台账（全国系统列名未核对）"),
    word=PeopleWord.REVEAL,
    columns=register.COLUMNS,
    listing=National(),
    page="aid-register",
    always_second=True,
)
