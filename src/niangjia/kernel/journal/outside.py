"""What is kept of the journal outside the database: append-only files, each entry brought to the disk.

`leaves` holds one line of fixed width for each leaf (line number and leaf hash in hexadecimal), `heads` one
JSON object for each signed head, `erasures` which values were erased lawfully. The directory may lie on
another disk or be a mount that lets nothing be rewritten (`NIANGJIA_JOURNAL_DIR`).
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from niangjia.kernel.journal.heads import Head

NUMBER = 16
WIDTH = NUMBER + 1 + 64 + 1
PRIVATE = 0o700
PAGE = 1 << 16
Leaf = tuple[int, bytes]
"""A line's number and its leaf hash."""


class Outside:
    """The files of one journal; reading never writes, so that it may be done on a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.leaves, self.heads, self.erasures = (
            folder / name for name in ("leaves.txt", "heads.jsonl", "erasures.txt")
        )

    def exists(self) -> bool:
        """True once something was sealed."""
        return self.heads.exists()

    def size(self) -> int:
        """How many whole leaves the file holds."""
        return self.leaves.stat().st_size // WIDTH if self.leaves.exists() else 0

    def read(self, start: int, stop: int) -> list[Leaf | None]:
        """The leaves from `start` on; what cannot be read as one is None."""
        if not self.leaves.exists() or stop <= start:
            return []
        with self.leaves.open("rb") as file:
            file.seek(start * WIDTH)
            told = file.read((stop - start) * WIDTH)
        return [_leaf(told[at : at + WIDTH]) for at in range(0, len(told) - WIDTH + 1, WIDTH)]

    def signed(self) -> Iterator[Head | None]:
        """The heads in their order; a line that is none is None."""
        if not self.heads.exists():
            return
        with self.heads.open("r", encoding="utf-8", errors="replace") as file:
            for line in file:
                yield _head(line)

    def last(self) -> Head | None:
        """The last head, or nothing."""
        if not self.heads.exists():
            return None
        whole = _tail(self.heads).rpartition(b"\n")[0]
        return _head(whole.rpartition(b"\n")[2].decode("utf-8", "replace") + "\n") if whole else None

    def erased(self) -> Iterator[tuple[int, int]]:
        """The line of an erasure and a line whose values it erased."""
        if self.erasures.exists():
            with self.erasures.open("r", encoding="ascii") as file:
                for line in file:
                    if line.endswith("\n") and len(line.split()) == len(("erasure", "line")):
                        erasure, number = line.split()
                        yield int(erasure), int(number)

    def append_leaves(self, leaves: Iterable[Leaf]) -> None:
        """Put leaves at the end; a torn last line of a write that was cut off is cut away first."""
        whole = self.size() * WIDTH
        if self.leaves.exists() and self.leaves.stat().st_size > whole:
            os.truncate(self.leaves, whole)
        text = "".join(f"{number:0{NUMBER}x} {leaf.hex()}\n" for number, leaf in leaves)
        self._append(self.leaves, text)

    def append_heads(self, heads: Sequence[Head]) -> None:
        """Put heads at the end."""
        _cut_torn_line(self.heads)
        self._append(self.heads, "".join(head.as_line() for head in heads))

    def append_erasures(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put erasures at the end."""
        _cut_torn_line(self.erasures)
        self._append(self.erasures, "".join(f"{erasure} {number}\n" for erasure, number in pairs))

    def _append(self, path: Path, text: str) -> None:
        if not text:
            return
        self.folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        place = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _leaf(line: bytes) -> Leaf | None:
    try:
        return int(line[:NUMBER], 16), bytes.fromhex(line[NUMBER + 1 : -1].decode("ascii"))
    except ValueError:
        return None


def _head(line: str) -> Head | None:
    try:
        return Head.of_line(line)
    except ValueError:
        return None


def _cut_torn_line(path: Path) -> None:
    """Cut away what follows the last end of a line: a write that a crash cut off."""
    if path.exists():
        torn = len(_tail(path).rpartition(b"\n")[2])
        if torn:
            os.truncate(path, path.stat().st_size - torn)


def _tail(path: Path) -> bytes:
    """The last lines of a file, surely more than one."""
    with path.open("rb") as file:
        file.seek(-min(PAGE, path.stat().st_size), os.SEEK_END)
        return file.read()
