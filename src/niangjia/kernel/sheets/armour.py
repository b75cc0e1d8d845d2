"""What a file really is, before anything opens it: everything is counted, nothing in it is believed.

Zip bombs, nested archives, macros, external links, document types, sheets wider or longer than we read:
each is refused with a code of its own, for which `trouble` has the words.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from niangjia.kernel.sheets.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
BOMS = (b"\xff\xfe", b"\xfe\xff")
NO_TABLES = (b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8", b"gif8", b"\x1f\x8b", b"7z", b"rar!")
PIECE = 1 << 18
OVERLAP = 64
SMALL = 1 << 20
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
FAR_COLUMN = re.compile(rb"""r=["'](?:G[S-Z]|[H-Z][A-Z]|[A-Z]{3,})\d""")
FAR_ROW = re.compile(rb"""r=["'][A-Z]*(?:20[1-9]\d{3}|2[1-9]\d{4}|[3-9]\d{5}|\d{7,})["']""")
"""200,000 rows, and a little room for title, head and gaps; how many hold something is counted later."""
NAMES = (
    ("macro", re.compile(r"vbaproject|vbadata|macrosheets|/activex/|dialogsheets", re.IGNORECASE)),
    ("external", re.compile(r"externallinks?/|connections\.xml|querytables?/|xl/model/", re.IGNORECASE)),
    ("nested", re.compile(r"/embeddings/|\.(?:zip|xlsx?|xlsm|jar|gz|7z|rar)$", re.IGNORECASE)),
)
ODD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f\\]")


class Unsafe(Exception):  # noqa: N818 - it reads as a sentence
    """The file is not read; the first argument is the code of the reason."""

    @property
    def code(self) -> str:
        """Why, in one word."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file that may be opened: what it is, and how large it is unpacked."""

    kind: str
    unpacked: int


def inspect(content: bytes, limits: Limits) -> Inspection:
    """The kind of a file that may be opened; raises Unsafe for every other."""
    if not content.strip():
        raise Unsafe("empty")
    if len(content) > limits.file_bytes:
        raise Unsafe("too_large")
    if content.startswith(OLE):
        raise Unsafe("encrypted" if ENCRYPTED in content else "old_excel")
    if content.startswith(b"PK"):
        return Inspection("xlsx", _workbook(content, limits))
    return Inspection(_text(content), len(content))


def _text(content: bytes) -> str:
    if content.startswith(BOMS):
        return "csv"
    if b"\0" in content:
        raise Unsafe("binary")
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(NO_TABLES):
        raise Unsafe("not_a_table")
    return "csv"


def _workbook(content: bytes, limits: Limits) -> int:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _look_over(parts, limits)
            total = 0
            for part in parts:
                total = _count(package, part, total, limits)
            return total
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise Unsafe("broken") from error
    except RuntimeError as error:  # a password, or a way of packing that is not known
        raise Unsafe("encrypted" if "encrypted" in str(error) else "broken") from error


def _look_over(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The list of parts, before any of them is unpacked."""
    _look_at_names([part.filename for part in parts])
    if any(part.flag_bits & 1 for part in parts):
        raise Unsafe("encrypted")
    total = sum(part.file_size for part in parts)
    too_many = len(parts) > limits.parts or total > limits.unpacked
    if too_many or any(_is_swollen(part, limits) for part in parts):
        raise Unsafe("bomb")


def _look_at_names(names: list[str]) -> None:
    lower = {name.lower() for name in names}
    if len(lower) != len(names) or any(ODD.search(name) for name in names):
        raise Unsafe("broken")
    for code, pattern in NAMES:
        if any(pattern.search(name) for name in names):
            raise Unsafe(code)
    if not {"[content_types].xml", "xl/workbook.xml"} <= lower:
        raise Unsafe("not_a_table")


def _is_swollen(part: zipfile.ZipInfo, limits: Limits) -> bool:
    return part.file_size > SMALL and part.file_size > limits.ratio * max(part.compress_size, 1)


def _count(package: zipfile.ZipFile, part: zipfile.ZipInfo, total: int, limits: Limits) -> int:
    """The part is unpacked once, piece by piece, counted and read for what must not be in it."""
    is_sheet, tail, first = part.filename.lower().startswith("xl/worksheets/"), b"", True
    with package.open(part) as stream:
        while piece := stream.read(PIECE):
            total += len(piece)
            if total > limits.unpacked:
                raise Unsafe("bomb")
            if first:
                _look_at_start(piece)
                first = False
            _read_over(tail + piece, is_sheet=is_sheet)
            tail = piece[-OVERLAP:]
    return total


def _look_at_start(piece: bytes) -> None:
    if piece.startswith(ZIP):
        raise Unsafe("nested")
    if piece.startswith(BOMS) or piece[:4] in {b"<\0?\0", b"\0<\0?"}:
        raise Unsafe("broken")


def _read_over(text: bytes, *, is_sheet: bool) -> None:
    if any(word in text for word in FORBIDDEN):
        raise Unsafe("doctype")
    if is_sheet and FAR_COLUMN.search(text):
        raise Unsafe("too_wide")
    if is_sheet and FAR_ROW.search(text):
        raise Unsafe("too_long")
