"""A file as it arrives: named, measured, looked into; refused with what to do, or made what is kept."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, listed, say
from niangjia.papers.rules import office, pdf, pictures
from niangjia.papers.rules.kinds import FACES, SAY_NOTHING, FileKind, kind_of_bytes, kind_of_name

NAME_LENGTH = 120
MEGABYTE = 1_000_000
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_IN_NAMES = frozenset('\\/:*?"<>|')


@dataclass(frozen=True, slots=True)
class Limits:
    """What policy allows: how large, which kinds, how many pixels, how long a picture's side is kept."""

    megabytes: int
    kinds: frozenset[str]
    megapixels: int
    longest_side: int

    @property
    def too_large(self) -> Said:
        """What is said of a larger file."""
        return say("这个文件超过 {most} MB。请压缩后，或分成几个文件再传。", most=self.megabytes)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that may be kept: its clean name, its kind, the bytes to keep, and a small picture of it."""

    name: str
    kind: FileKind
    body: bytes
    thumb: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def media_type(self) -> str:
        """The type it is served with."""
        return FACES[self.kind].media_type


def clean_name(told: str) -> str:
    """A file's name without folders, hidden signs and signs that turn the writing; at most 120 signs.

    >>> clean_name("C:\\\\照片\\\\走访\\u202egpj.exe")
    '走访gpj.exe'
    """
    last = told.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFC", last)
    kept = "".join(sign for sign in plain if not _is_hidden(sign)).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending[:10]) - 1].strip()}.{ending[:10]}"


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN or sign in _NOT_IN_NAMES


def looked_at(*, name: str, declared: str, body: bytes, limits: Limits) -> Seen:
    """The file as it is kept. Raises BadInput, field `file`, with the reason and the next step."""
    if len(body) > limits.megabytes * MEGABYTE:
        raise _no(limits.too_large)
    if not body:
        raise _no(say("这个文件是空的。请重新选择文件。"))
    shown = clean_name(name)
    kind = _kind(shown, declared, body, limits)
    if kind.is_picture:
        return _picture(shown, kind, body, limits)
    if kind is FileKind.PDF:
        pdf.require_plain(body)
    else:
        office.require_plain(body, kind)
    return Seen(shown, kind, body)


def _kind(name: str, declared: str, body: bytes, limits: Limits) -> FileKind:
    """The one kind that name, type told by the browser and content agree on."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    named, found = kind_of_name(extension), kind_of_bytes(body)
    allowed = listed(sorted(limits.kinds))
    if named is None or named.value not in limits.kinds:
        raise _no(say("这里只收 {kinds} 文件。请转成其中一种再传。", kinds=allowed))
    if found is not named:
        text = "文件名是 .{named}，内容却{found}。请用原来的软件另存为一种能收的格式再传。"
        raise _no(say(text, named=extension, found=_found_said(found, body)))
    told = declared.split(";", maxsplit=1)[0].strip().lower()
    if told not in SAY_NOTHING | {FACES[named].media_type} and not _near(told, named):
        raise _no(say("浏览器说这是“{told}”，与文件名不符。请重新选择文件。", told=told[:60]))
    return named


def _near(told: str, kind: FileKind) -> bool:
    """Older names of the same types."""
    return (told, kind) in {("image/pjpeg", FileKind.JPEG), ("image/jpg", FileKind.JPEG)} or (
        told == "application/zip" and kind in {FileKind.DOCX, FileKind.XLSX}
    )


def _found_said(found: FileKind | None, body: bytes) -> Said:
    if found is not None:
        return say("是 {kind}", kind=found.value)
    try:
        guess = puremagic.from_string(body[:4096]).strip(".")
    except (puremagic.PureError, ValueError):
        guess = ""
    return say("像是 {kind}", kind=guess[:12]) if guess.isascii() and guess else say("无法识别")


def _picture(name: str, kind: FileKind, body: bytes, limits: Limits) -> Seen:
    drawn = pictures.drawn_anew(body, kind, megapixels=limits.megapixels, longest=limits.longest_side)
    stem = name.rpartition(".")[0] or name
    return Seen(f"{stem}.{drawn.kind.value}", drawn.kind, drawn.body, drawn.thumb, drawn.width, drawn.height)


def _no(reason: Said) -> BadInput:
    return BadInput(reason, field="file")
