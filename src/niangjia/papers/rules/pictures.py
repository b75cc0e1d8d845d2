"""Pictures are decoded and written anew: only the drawn points survive, no place, no camera."""

import io
import struct
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say
from niangjia.papers.rules.kinds import FileKind

THUMB_SIDE: Final = 320
_QUALITY: Final = 85
_MILLION: Final = 1_000_000
_BROKEN = (OSError, ValueError, SyntaxError, struct.error, EOFError, IndexError, KeyError, OverflowError)
_BROKEN_TOO = (
    ZeroDivisionError,
    TypeError,
    MemoryError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
)
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture written anew, with a small one beside it."""

    kind: FileKind
    body: bytes
    thumb: bytes
    width: int
    height: int


def drawn_anew(body: bytes, kind: FileKind, *, megapixels: int, longest: int) -> Drawn:
    """The picture as we keep it, upright and without its surroundings. Raises BadInput, field `file`.

    The size that the head tells is asked before anything is decoded. WebP is kept as JPEG or PNG.
    """
    try:
        with Image.open(io.BytesIO(body), formats=[_FORMATS[kind]]) as picture:
            _require_size(picture.size, megapixels)
            picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((longest, longest))
            return _written(upright, kind)
    except BadInput:
        raise
    except (*_BROKEN, *_BROKEN_TOO) as error:
        words = say("这张图片不完整或已损坏，打不开。请重新拍照或重新导出后再传。")
        raise BadInput(words, field="file") from error


def _require_size(size: tuple[int, int], megapixels: int) -> None:
    width, height = size
    if width * height > megapixels * _MILLION or max(size) > megapixels * 1_000:
        text = "这张图片有 {width}×{height} 个像素，超过 {most} 百万像素。请缩小后再传。"
        raise BadInput(say(text, width=width, height=height, most=megapixels), field="file")


def _written(picture: Image.Image, kind: FileKind) -> Drawn:
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    kept = FileKind.PNG if kind is FileKind.PNG or clear else FileKind.JPEG
    plain = picture.convert("RGBA" if clear else "RGB")
    small = plain.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Drawn(kept, _bytes(plain, kept), _bytes(small, kept), *plain.size)


def _bytes(picture: Image.Image, kind: FileKind) -> bytes:
    """Only the points: a fresh picture carries no EXIF, no colour profile, no comment."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    if kind is FileKind.PNG:
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
