"""One natural person once: names and their keys, papers in any writing, what a number tells (R-G-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pypinyin import Style, lazy_pinyin

from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import GenuineException, IdKind, KnownOfPerson, PersonalId, Sex, parse_id
from niangjia.kernel.identifiers.names import COMPOUND_SURNAMES, PersonName
from niangjia.kernel.words import Said, say

ID_KINDS = {
    IdKind.RESIDENT: "居民身份证",
    IdKind.HK_MACAO_RESIDENCE: "港澳居民居住证",
    IdKind.TAIWAN_RESIDENCE: "台湾居民居住证",
    IdKind.PERMANENT_RESIDENCE: "外国人永久居留身份证",
    IdKind.HK_MACAO_TRAVEL: "港澳居民来往内地通行证",
    IdKind.TAIWAN_TRAVEL: "台湾居民来往大陆通行证",
    IdKind.PASSPORT: "护照",
    IdKind.OTHER: "其他证件",
}
SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
TAIL = 4
LONG = 18
LIKE_RESIDENT = (
    IdKind.RESIDENT,
    IdKind.HK_MACAO_RESIDENCE,
    IdKind.TAIWAN_RESIDENCE,
    IdKind.PERMANENT_RESIDENCE,
)
"""Papers whose 18 characters are built like a resident's number (Appendix F)."""

_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "燕": "yan", "缪": "miao", "洗": "xian", "召": "shao", "繁": "po", "秘": "bi",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "澹台": "tan tai",
}  # fmt: skip


def said_paper(kind: str, tail: str) -> Said:
    """The kind of a paper and the last characters of its number, as pages tell of it."""
    return say("{kind}，尾号 {tail}", kind=say(ID_KINDS[IdKind(kind)]), tail=tail)


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The keys under which a name is found: matching form, full pinyin, initials."""

    key: str
    pinyin: str
    initials: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as somebody typed it, with the vouchers where its number breaks the coding rule (D-6)."""

    kind: IdKind
    number: str
    exception: GenuineException | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Where a number stands already: the person, the union that keeps him, whether the reader sees it."""

    person_id: int
    keeper: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody in the register who may be the person being entered: what agrees, never the values."""

    person_id: int
    keeper: str
    visible: bool
    agrees: Sequence[Said]


def keys_of(name: PersonName) -> NameKeys:
    """Keys for finding: dots and blanks left out, a surname read as a surname (单 is shan, not dan).

    >>> from niangjia.kernel.identifiers import parse_name
    >>> keys_of(parse_name("单小明"))
    NameKeys(key='单小明', pinyin='shanxiaoming', initials='sxm')
    """
    key = name.key
    length = next((n for n in (2, 1) if key[:n] in _SURNAMES), 0)
    if length == 1 and key[:2] in COMPOUND_SURNAMES:
        length = 0
    syllables = [
        *_SURNAMES.get(key[:length], "").split(),
        *lazy_pinyin(key[length:], style=Style.NORMAL, errors="default"),
    ]
    return NameKeys(key, "".join(syllables)[:200], "".join(part[:1] for part in syllables)[:50])


def read_paper(
    paper: Paper, *, today: date, sex: Sex | None = None, born: date | None = None, field: str = "id_no"
) -> PersonalId:
    """The number in its normal form; a disagreement with sex or birth told is a finding (D-6, D-20)."""
    known = KnownOfPerson(on=today, sex=sex, born=born, exception=paper.exception)
    return parse_id(paper.kind, paper.number, known, field=field)


def require_voucher(exception: GenuineException | None, *, acting: int | None) -> None:
    """An exception is vouched for by whoever registers it and by somebody else (D-6)."""
    if exception is not None and acting is not None and exception.seen_by != acting:
        raise Refused(
            say("“证件属实”须由经办人本人看过证件，再由第二人确认。请重新选择见证人。"), field="seen_by"
        )


def index_of(value: PersonalId) -> tuple[str, str]:
    """Purpose and value of the blind index: one number in any writing has one index (R-G-01).

    Numbers built like GB 11643 share one purpose: the residence permits of Hong Kong, Macao and Taiwan and of
    foreigners too, so that a permit entered as a resident's card is still the same person (D-18).
    """
    kind = IdKind.RESIDENT if value.kind in LIKE_RESIDENT and len(value.number) == LONG else value.kind
    return f"id:{kind}", value.number


def already_registered(holder: Holder) -> Said:
    """The gentle pointer of an exact duplicate: of another union's person only where to ask (D-1)."""
    if holder.visible:
        return say("这个证件号码已经登记过，不必再建一份。请打开已有的人员资料，在那里补充或更正。")
    return say(
        "这个证件号码已由“{keeper}”登记。一个人只建一份资料，请联系该工会办理转入或核对。",
        keeper=holder.keeper,
    )


def tail_of(number: str) -> str:
    """What lists show of a number.

    >>> tail_of("99010119880405001X")
    '001X'
    """
    return number[-TAIL:]
