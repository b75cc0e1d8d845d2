"""Text as it should stand in a register: widths folded, invisible characters gone, tricks told apart."""

import re
import unicodedata

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say

INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BREAKS = re.compile("[\t\n\r\v\f\x85\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
LETTERS_SHAPED_AS_LATIN = re.compile(r"CYRILLIC|GREEK|ARMENIAN|CHEROKEE|GEORGIAN|COPTIC|LISU|MATHEMATICAL")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FORBIDDEN = {"Cc", "Cs", "Cn"}
PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z()\uff08\uff09\u00b7,./-]*")
LEADING = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


def folded(text: str) -> str:
    """Full-width letters, digits and marks as plain ones: ９１３３ -> 9133."""
    return text.translate(FULL_WIDTH)


def tidy(text: str) -> str:
    """One line without invisible characters or doubled blanks; raises BadInput for what hides or deceives.

    >>> tidy("  衢江区\u200b东磁 公司\\n")
    '衢江区东磁 公司'
    """
    if PLAIN.fullmatch(text):
        return text
    if DIRECTION.search(text):
        raise BadInput(say("有改变文字方向的隐藏字符。请删去后重新输入这一格。"))
    if text in ERRORS:
        raise BadInput(say("这一格是公式错误（{error}）。请改成数值。", error=text))
    text = BREAKS.sub(" ", INVISIBLE.sub("", text)).strip()
    for character in text:
        if character >= "\u0370" or character < " ":
            _require_honest(character)
    return text


def _require_honest(character: str) -> None:
    category = unicodedata.category(character)
    if category in FORBIDDEN:
        raise BadInput(say("有无法识别的字符。请删去后重新输入这一格。"))
    if category.startswith("L") and LETTERS_SHAPED_AS_LATIN.search(unicodedata.name(character, "")):
        words = "“{character}”不是汉字，也不是英文字母，只是看起来像。请重新输入。"
        raise BadInput(say(words, character=character))


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading = + - @ is put behind an apostrophe.

    >>> harmless("=1+1"), harmless("衢江")
    ("'=1+1", '衢江')
    """
    text = visible(text)
    return f"'{text}" if text.startswith(LEADING) else text


def visible(text: str) -> str:
    """Text without control characters and halves of characters, which no workbook can hold."""
    return "".join(character for character in text if unicodedata.category(character) not in FORBIDDEN)
