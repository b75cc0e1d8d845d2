"""Papers are set by typst with fonts of our own; one compiler a template is kept: a sheet takes 20 ms."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, cast

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import listed, say

SHIPPED = Path(__file__).resolve().parents[1] / "fonts"
STANDARD: Final = "a-2b"
_ENDINGS = {".ttf", ".otf"}


class _Press:
    """The compiler of one template; one sheet at a time."""

    def __init__(self, file: str) -> None:
        self._compiler = typst.Compiler(
            str(settings.PACKAGE / file), root=str(settings.PACKAGE), font_paths=_fonts()
        )
        self._lock = Lock()

    def print(self, told: Mapping[str, object]) -> bytes:
        """The PDF/A-2b of what is told; the data go in as JSON, never as markup."""
        inputs = {"data": json.dumps(told, ensure_ascii=False)}
        with self._lock:
            pdf, warnings = self._compiler.compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=STANDARD
            )
        if warnings:
            raise RuntimeError("; ".join(warning.message for warning in warnings))
        return cast("bytes", pdf)


@cache
def _press(file: str) -> _Press:
    return _Press(file)


def _folders() -> list[Path]:
    """Where fonts lie: ours, and those that the operator laid beside them."""
    return [folder for folder in (SHIPPED, settings.HOME / "fonts") if folder.is_dir()]


def font_files() -> list[Path]:
    """The fonts of this installation."""
    found = (file for folder in _folders() for file in folder.iterdir())
    return sorted(file for file in found if file.suffix.lower() in _ENDINGS)


@cache
def _fonts() -> typst.Fonts:
    if not font_files():
        words = say("服务器上没有打印用的字体，暂时不能出具文书。请管理员运行 node assets/build.js 后再试。")
        raise Refused(words)
    folders = [str(folder) for folder in _folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _drawn() -> frozenset[int]:
    """The code points that our fonts can draw."""
    return frozenset(point for file in font_files() for point in TTFont(file, lazy=True).getBestCmap())


def require_drawable(texts: Iterable[str], /) -> None:
    """Every sign can be drawn. Raises BadInput naming those that cannot, instead of printing empty boxes."""
    drawn = _drawn()
    missing = sorted({sign for text in texts for sign in text if sign != "\n" and ord(sign) not in drawn})
    if missing:
        signs = listed([f"{sign}（U+{ord(sign):04X}）" for sign in missing[:10]])
        text = "打印用的字体里没有这几个字：{signs}。请管理员把有这些字的字体放进实例的 fonts 文件夹。"
        raise BadInput(say(text, signs=signs))


def printed(*, file: str, told: Mapping[str, object]) -> bytes:
    """The PDF of a template file filled with what is told."""
    require_drawable(texts_in(told=told))
    try:
        return _press(file).print(told)
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            words = say(
                "有的字打印不出来：{what}。请换一个字，或请管理员加装字体。", what=error.message[:120]
            )
            raise BadInput(words) from error
        raise


def texts_in(*, told: object) -> Iterable[str]:
    """Every text of what is told; the drawing of the QR code is none."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for key, value in told.items():
            if key != "qr":
                yield from texts_in(told=value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_in(told=value)
