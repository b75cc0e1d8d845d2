"""A PDF is kept as it came, so it must be plain: whole, open, without scripts, launchers and parcels inside.

This reads no page; it looks at the names of every dictionary, also those packed into object streams.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say

MOST_UNPACKED: Final = 64_000_000
_TAIL: Final = 2_048
_STREAM = re.compile(rb">>\s*stream(\r\n|\n|\r)", re.DOTALL)
_END = re.compile(rb"endstream")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"\b\d{1,10}\s+\d{1,5}\s+obj\b")
_FILTER = re.compile(rb"/Filter\s*\[?\s*((?:/[A-Za-z0-9]+\s*)+)")
_NAME_END = rb"(?=[\s/<>\[\]()%]|$)"
_REFUSED: tuple[tuple[re.Pattern[bytes], Said], ...] = tuple(
    (re.compile(rb"/(?:" + names + rb")" + _NAME_END), words)
    for names, words in (
        (b"Encrypt", say("这个 PDF 加了密。请去掉密码后再传。")),
        (b"JavaScript|JS", say("这个 PDF 里带有脚本。请打印成新的 PDF 再传。")),
        (b"Launch|ImportData|SubmitForm|GoToE", say("这个 PDF 里带有自动动作。请打印成新的 PDF 再传。")),
        (
            b"EmbeddedFiles?|RichMedia|XFA|Movie|Sound|3D",
            say("这个 PDF 里夹带了别的文件或媒体。请打印成新的 PDF 再传。"),
        ),
    )
)
_HIDDEN = re.compile(
    rb"/(?:JavaScript|Launch|ImportData|SubmitForm|EmbeddedFile|RichMedia|Encrypt)" + _NAME_END
)
"""Names too long to come about by chance in packed bytes: a string may pretend to begin a stream."""
_BROKEN = say("这个 PDF 不完整或已损坏。请重新导出后再传。")


def require_plain(body: bytes) -> None:
    """Nothing, if the PDF is plain. Raises BadInput, field `file`, with the reason and the next step."""
    if b"%%EOF" not in body[-_TAIL:] or b"startxref" not in body:
        raise BadInput(_BROKEN, field="file")
    for part in _dictionaries(body):
        for pattern, words in _REFUSED:
            if pattern.search(part):
                raise BadInput(words, field="file")


def _dictionaries(body: bytes) -> Iterator[bytes]:
    """The text outside streams, then what object streams hold; names written with #xx are spelled out."""
    place, left = 0, MOST_UNPACKED
    while found := _STREAM.search(body, place):
        outside = body[place : found.start() + 2]
        yield _spelled(outside)
        end = _END.search(body, found.end())
        if end is None:
            raise BadInput(_BROKEN, field="file")
        packed = body[found.end() : end.start()]
        head = _spelled(outside[outside.rfind(b"obj") :])
        if b"/ObjStm" in head:
            unpacked = _unpacked(head, packed, left)
            left -= len(unpacked)
            yield _spelled(unpacked)
        elif _OBJECT.search(packed) or _HIDDEN.search(_spelled(packed)):
            raise BadInput(_BROKEN, field="file")
        place = end.end()
    yield _spelled(body[place:])


def _spelled(part: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(head: bytes, packed: bytes, most: int) -> bytes:
    """What an object stream holds; only the one usual packing is read, everything else is refused."""
    filters = _FILTER.search(head)
    if filters is None and b"/Filter" not in head:
        return packed
    if filters is None or filters[1].split() != [b"/FlateDecode"] or b"/Predictor" in head:
        raise BadInput(_BROKEN, field="file")
    try:
        reader = zlib.decompressobj()
        found = reader.decompress(packed, max(1, most))
    except zlib.error as error:
        raise BadInput(_BROKEN, field="file") from error
    if reader.unconsumed_tail or not reader.eof:
        raise BadInput(_BROKEN, field="file")
    return found
