"""Names of persons: printed as on the card, matched in one form, masked in public (D-7, R-G-02)."""

import re
import unicodedata
from dataclasses import dataclass

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers.findings import Code, Finding, warning
from niangjia.kernel.words import say

DOT = "\u00b7"
SHORTEST, LONGEST = 2, 50
_DOTS = re.compile("[\u00b7\u0387\u1427\u2022\u2027\u2219\u22c5\u2e31\u30fb\uff65\u25cf\u25aa.\uff0e\u3002]")
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}{DOT}])\s+(?=[{_HAN}{DOT}])")
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_ALSO_ALLOWED = set(" '’-.") | {DOT}
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
    "漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 西门 第五 即墨 "
    "达奚 褚师 南荣 东里 仲长 完颜 纳兰"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name. `printed` is what the card says; `matching` is the form in which two spellings are compared."""

    printed: str
    findings: tuple[Finding, ...] = ()

    @property
    def matching(self) -> str:
        """Compatible characters unified, every dot U+00B7, no blanks inside a Chinese name."""
        return normal_name(self.printed)

    @property
    def key(self) -> str:
        """The matching form without dots and blanks, because many people leave them out (D-7)."""
        matching = self.matching
        return matching if _PLAIN.fullmatch(matching) else re.sub(rf"[{DOT} ]", "", matching).casefold()

    @property
    def masked(self) -> str:
        """For publication: 张某 (R-G-02)."""
        return mask_name(self.printed)

    def __str__(self) -> str:
        return self.printed


def normal_name(text: str) -> str:
    """One form for every way to type a name.

    >>> normal_name("买买提．吐尔逊") == normal_name("买买提 • 吐尔逊") == "买买提·吐尔逊"
    True
    """
    if _PLAIN.fullmatch(text):
        return text
    flat = " ".join(unicodedata.normalize("NFKC", text).split())
    if _IS_HAN.search(flat):
        flat = _DOTS.sub(DOT, flat)
    return _BETWEEN_HAN.sub("", flat).strip(DOT)


def mask_name(name: str, *, sign: str = "某") -> str:
    """The first segment only: the surname of a Chinese name, what stands before the first dot or blank (D-7).

    >>> mask_name("张三"), mask_name("欧阳小明"), mask_name("买买提•吐尔逊"), mask_name("张三丰", sign="*")
    ('张某', '欧阳某', '买买提·某', '张*')
    """
    normal = normal_name(name)
    if DOT in normal or " " in normal:
        first = re.split(rf"[{DOT} ]", normal)[0]
        return f"{first}{DOT if DOT in normal else ' '}{sign}"
    surname = 2 if len(normal) > 2 and normal[:2] in COMPOUND_SURNAMES else 1  # noqa: PLR2004 - characters
    return f"{normal[:surname]}{sign}"


def parse_name(text: str, *, field: str = "name") -> PersonName:
    """A person's name as on the card, 2 to 50 characters, rare ones beyond the basic plane included.

    >>> parse_name(" 陈𬱖 ").printed
    '陈𬱖'
    """
    if _PLAIN.fullmatch(text) and SHORTEST <= len(text) <= LONGEST:
        return PersonName(text)
    printed = " ".join(text.split())
    normal = normal_name(printed)
    if not printed:
        raise BadInput(say("请填写姓名。"), field=field)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise BadInput(say("姓名应为 2 至 50 个字，现在是 {n} 个。", n=len(normal)), field=field)
    strange = "".join(sorted({letter for letter in normal if not _is_letter(letter)}))
    if strange:
        said = say(
            "姓名里不能有“{letters}”；打不出的字请从证件复制或用造字登记，不要用符号代替。", letters=strange
        )
        raise BadInput(said, field=field)
    return PersonName(printed, _private(printed))


def _is_letter(letter: str) -> bool:
    return (
        letter in _ALSO_ALLOWED
        or _IS_HAN.match(letter) is not None
        or unicodedata.category(letter)[0] in {"L", "M"}
    )


def _private(printed: str) -> tuple[Finding, ...]:
    if not _PRIVATE.search(printed):
        return ()
    said = say("姓名里有自造字，别的系统可能显示不出来；请尽量改用国家标准字。")
    return (warning(Code.PRIVATE_CHARACTER, said),)
