"""The port: what an app above declares so that its rows come in by file and go out as one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from niangjia.exchange.rules.verdicts import Entered, FileRow, Judged, Standing
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets.columns import Column
from niangjia.kernel.words import Said


class Intake(Protocol):
    """How rows come in; every call gets some thousand rows, in the scope of the officer who acts."""

    def key(self, values: Mapping[str, Any]) -> str:
        """What tells a row from every other in the same file; nothing if it has no key."""

    def judge(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Judged]:
        """What would become of each row; nothing is written."""

    def commit(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Entered]:
        """Each row is entered or refused by itself; called inside the transaction of its chunk."""

    def undo(self, rows: Sequence[Standing], *, by: Actor, at: datetime, reason: str) -> list[Said | None]:
        """Each row is taken back, or the reason why it stays: somebody has worked with it since."""


class Listing(Protocol):
    """How a list goes out: exactly the rows and columns of its page."""

    def rows(
        self, asked: Mapping[str, str], *, by: Actor, today: date
    ) -> tuple[int, Iterator[Sequence[Any]]]:
        """How many rows the list of this address has, and each as cells in the order of the columns."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of file that comes in; `word` is the permission that entering the rows one by one needs."""

    key: str
    title: Said
    word: str
    columns: tuple[Column, ...]
    intake: Intake
    back: str
    note: Said | None = None


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A list that goes out; `page` is its own road with the filters; `always_second`: full numbers leave."""

    key: str
    title: Said
    word: str
    columns: tuple[Column, ...]
    listing: Listing
    page: str
    always_second: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether the list tells of persons: then a purpose and perhaps a second person are needed."""
        return any(column.personal for column in self.columns)
