"""Numbers on the papers people show, each kind with its reader (Appendix F, D-6, D-18).

Check character and date decide; the area code only warns, because abolished codes live on in old numbers.
"""

import re
from collections.abc import Callable
from datetime import date

from niangjia.kernel.identifiers.findings import Code, Finding, require_sound, tidy, warning
from niangjia.kernel.identifiers.persons import (
    LONG,
    IdKind,
    KnownOfPerson,
    PersonalId,
    Sex,
    birth_in,
    check_character,
    to_18,
)
from niangjia.kernel.words import listed, say

OLD = 15


def examine_id(
    kind: IdKind, text: str, known: KnownOfPerson
) -> tuple[PersonalId | None, tuple[Finding, ...]]:
    """The value, if there is one, and everything found; nothing is raised, as imports need it."""
    number = tidy(text)
    if not number:
        return None, (Finding(Code.EMPTY, say("请填写证件号码。")),)
    found = _READERS[kind](number, kind, known)
    if any(finding.is_error for finding in found.findings):
        return None, found.findings
    return found, found.findings


def parse_id(kind: IdKind, text: str, known: KnownOfPerson, *, field: str = "id_no") -> PersonalId:
    """The number of a paper with its warnings; what cannot be right is bad input of the field."""
    value, findings = examine_id(kind, text, known)
    require_sound(findings, field)
    assert value is not None  # noqa: S101 - no value means an error finding
    return value


def parse_resident_id(text: str, *, on: date, field: str = "id_no") -> PersonalId:
    """A resident identity number as on the day (GB 11643).

    >>> parse_resident_id("１１０１０５１９４９１２３１００２ｘ", on=date(2018, 8, 1)).number
    '11010519491231002X'
    """
    return parse_id(IdKind.RESIDENT, text, KnownOfPerson(on), field=field)


def _read_18(number: str, kind: IdKind, known: KnownOfPerson, extra: tuple[Finding, ...]) -> PersonalId:
    """A number built like GB 11643: date, sex digit and check character."""
    born = birth_in(number[6:14], known.on)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    findings = list(extra)
    if isinstance(born, Finding):
        findings.append(born)
    if number[17] != check_character(number[:17]):
        findings.append(_wrong_check())
    findings += _differences(born, sex, known)
    day = born if isinstance(born, date) else None
    return _excepted(PersonalId(kind, number, day, sex, findings=tuple(findings)), known)


def _wrong_check() -> Finding:
    said = say(
        "最后一位校验码不对，多半是录错了一位，请对照证件逐位核对；若证件确实如此，请按“证件属实”登记。"
    )
    return Finding(Code.CHECK_DIGIT, said)


def _differences(born: date | Finding, sex: Sex, known: KnownOfPerson) -> list[Finding]:
    found = []
    if known.sex is not None and known.sex is not sex:
        found.append(warning(Code.SEX, say("填写的性别与号码第 17 位不一致，请核对。")))
    if known.born is not None and isinstance(born, date) and known.born != born:
        said = say("填写的出生日期与号码里的 {day} 不一致，请核对。", day=born)
        found.append(warning(Code.BIRTH, said))
    return found


def _excepted(value: PersonalId, known: KnownOfPerson) -> PersonalId:
    """A number that fails its date or check is let in when card and second person vouch for it (D-6)."""
    forgivable = {Code.CHECK_DIGIT, Code.NO_SUCH_DAY}
    errors = {finding.code for finding in value.findings if finding.is_error}
    if known.exception is None or not errors or not errors <= forgivable:
        return value
    said = say("证件属实但号码不合编码规则，已凭证件扫描件并由第二人确认登记；不参加自动比对。")
    warnings = tuple(finding for finding in value.findings if not finding.is_error)
    genuine = warning(Code.GENUINE_BUT_INVALID, said)
    return PersonalId(
        value.kind, value.number, value.born, value.sex, value.alias, (*warnings, genuine), matchable=False
    )


def _bad(number: str, kind: IdKind, code: Code, text: str) -> PersonalId:
    return PersonalId(kind, number, findings=(Finding(code, say(text)),))


def _resident(number: str, kind: IdKind, known: KnownOfPerson) -> PersonalId:
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        value = _read_18(to_18(number), kind, known, _area(number[:6], known))
        return PersonalId(kind, value.number, value.born, value.sex, number, value.findings, value.matchable)
    if re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return _read_18(number, kind, known, _area(number[:6], known))
    if len(number) not in {OLD, LONG}:
        said = say("居民身份证号码应为 18 位（旧证 15 位），现在是 {n} 位。", n=len(number))
        return PersonalId(kind, number, findings=(Finding(Code.LENGTH, said),))
    return _bad(number, kind, Code.SHAPE, "居民身份证号码只含数字，最后一位可以是 X，请核对。")


def _area(area: str, known: KnownOfPerson) -> tuple[Finding, ...]:
    if known.areas is None or area in known.areas:
        return ()
    said = say("没有查到行政区划代码 {area}，请留意；旧号码里会有已撤销的代码。", area=area)
    return (warning(Code.AREA, said),)


def _residence_permit(number: str, kind: IdKind, known: KnownOfPerson) -> PersonalId:
    places = ("830000",) if kind is IdKind.TAIWAN_RESIDENCE else ("810000", "820000")
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return _bad(number, kind, Code.SHAPE, "居住证号码应为 18 位，只含数字，最后一位可以是 X。")
    if not number.startswith(places):
        said = say("这种居住证的号码以 {places} 开头，请核对证件种类。", places=listed(places))
        return PersonalId(kind, number, findings=(Finding(Code.PREFIX, said),))
    return _read_18(number, kind, known, ())


def _permanent_residence(number: str, kind: IdKind, known: KnownOfPerson) -> PersonalId:
    if re.fullmatch(r"[A-Z]{3}\d{12}", number, re.ASCII):
        return _old_permanent_residence(number, kind, known)
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return _bad(
            number,
            kind,
            Code.SHAPE,
            "永久居留身份证号码应为 18 位数字（末位可为 X），旧证为 3 个字母加 12 位数字。",
        )
    if not number.startswith("9"):
        return _bad(number, kind, Code.PREFIX, "外国人永久居留身份证的 18 位号码以 9 开头，请核对证件种类。")
    return _read_18(number, kind, known, ())


def _old_permanent_residence(number: str, kind: IdKind, known: KnownOfPerson) -> PersonalId:
    """Country, place, birth as yymmdd, order, check; the rule of that check is not known here: unchecked."""
    century = "19" if f"20{number[7:9]}" > str(known.on.year) else "20"
    born = birth_in(century + number[7:13], known.on)
    if isinstance(born, Finding):
        return PersonalId(kind, number, findings=(born,))
    return PersonalId(kind, number, born)


def _shape(pattern: str, text: str) -> "Reader":
    """A reader of numbers that tell nothing but their shape."""
    compiled = re.compile(pattern, re.ASCII)

    def read(number: str, kind: IdKind, known: KnownOfPerson) -> PersonalId:
        if compiled.fullmatch(number):
            return PersonalId(kind, number)
        return _bad(number, kind, Code.SHAPE, text)

    return read


Reader = Callable[[str, IdKind, KnownOfPerson], PersonalId]
_READERS: dict[IdKind, Reader] = {
    IdKind.RESIDENT: _resident,
    IdKind.HK_MACAO_RESIDENCE: _residence_permit,
    IdKind.TAIWAN_RESIDENCE: _residence_permit,
    IdKind.PERMANENT_RESIDENCE: _permanent_residence,
    IdKind.HK_MACAO_TRAVEL: _shape(
        r"[HM]\d{8}(\d{2})?", "港澳居民来往内地通行证号码为 H 或 M 加 8 位数字（旧证另加 2 位换证次数）。"
    ),
    IdKind.TAIWAN_TRAVEL: _shape(
        r"\d{8}(\d{2}[A-Z]?)?", "台湾居民来往大陆通行证号码为 8 位数字（旧证为 10 位数字，可带一个字母）。"
    ),
    IdKind.PASSPORT: _shape(r"(?=.*\d)[A-Z0-9]{5,12}", "护照号码为 5 至 12 位字母和数字，请对照护照核对。"),
    IdKind.OTHER: _shape(r"[^\s]{2,40}", "证件号码应为 2 至 40 个字符。"),
}
