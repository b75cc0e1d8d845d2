"""A DOCX or XLSX is kept as it came, so it must be plain: a sound small archive without macros, parts that
run, parcels, document types, or parts fetched from elsewhere.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say
from niangjia.papers.rules.kinds import FileKind

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 100_000_000
_CHUNK: Final = 1 << 18
_RUNS = re.compile(
    r"vbaProject|vbaData|activeX|/embeddings/|oleObject|\.(exe|dll|js|vbs|bat|cmd|lnk|hta)$",
    re.IGNORECASE,
)
_MACRO_TYPES = (b"macroEnabled", b"ms-office.vbaProject", b"ms-word.attachedToolbars")
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.DOTALL)
_MAIN = {FileKind.DOCX: b"wordprocessingml.document.main+xml", FileKind.XLSX: b"spreadsheetml.sheet.main+xml"}
_BROKEN = say("这个文件不完整或已损坏。请用原来的软件打开，另存一份后再传。")
_TYPES = "[Content_Types].xml"


def require_plain(body: bytes, kind: FileKind) -> None:
    """Nothing, if the file is plain. Raises BadInput, field `file`, with the reason and the next step."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _require_shape(archive, body)
            _require_parts(archive, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise _no(_BROKEN) from error
    except RuntimeError as error:
        raise _no(say("这个文件加了密或用了不常见的压缩方式。请去掉密码，另存后再传。")) from error


def _require_shape(archive: zipfile.ZipFile, body: bytes) -> None:
    """One archive from the first byte to the last, with names of parts that stay inside and come once."""
    names = [entry.filename for entry in archive.infolist()]
    first = min((entry.header_offset for entry in archive.infolist()), default=1)
    end = body.rfind(b"PK\x05\x06")
    tail = end + 22 + int.from_bytes(body[end + 20 : end + 22], "little")
    if first != 0 or tail != len(body) or len(set(names)) != len(names) or _TYPES not in names:
        raise _no(_BROKEN)
    if len(names) > MOST_PARTS:
        raise _no(say("这个文件内部的部件太多。请另存为简单的文件再传。"))
    if any(".." in name.split("/") or name.startswith(("/", "\\")) or "\\" in name for name in names):
        raise _no(_BROKEN)
    if any(_RUNS.search(name) for name in names):
        raise _no(say("这个文件里带有宏、控件或夹带的文件。请另存为不含宏的文件再传。"))


def _require_parts(archive: zipfile.ZipFile, kind: FileKind) -> None:
    left = MOST_UNPACKED
    for entry in archive.infolist():
        part = _read(archive, entry, left)
        left -= len(part)
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            _require_xml(entry.filename, part, kind)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """A part, counted while it is unpacked: what the directory says of its size may be a lie."""
    parts, size = [], 0
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _no(say("这个文件展开后太大。请删去不需要的内容，另存后再传。"))
            parts.append(chunk)
    return b"".join(parts)


def _require_xml(name: str, part: bytes, kind: FileKind) -> None:
    if any(sign in part for sign in _DOCTYPE):
        raise _no(_BROKEN)
    if name == _TYPES:
        if any(sign in part for sign in _MACRO_TYPES):
            raise _no(say("这个文件里带有宏。请另存为不含宏的文件再传。"))
        if _MAIN[kind] not in part:
            text = "文件名是 .{named}，内容却不是。请用原来的软件另存后再传。"
            raise _no(say(text, named=kind.value))
    if name.endswith(".rels"):
        _require_inside(part)


def _require_inside(part: bytes) -> None:
    """Links to pages are only text; anything else that is fetched from elsewhere is refused."""
    for found in _OUTSIDE.findall(part):
        if b"External" in found and b"/hyperlink" not in found:
            raise _no(say("这个文件会从别处取内容。请把内容放进文件本身，另存后再传。"))


def _no(reason: Said) -> BadInput:
    return BadInput(reason, field="file")
