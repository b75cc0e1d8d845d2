"""Organisations: the unified social credit code (GB 32100) and its organisation code (GB 11714)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.identifiers.findings import Code, Finding, require_sound, tidy, warning
from niangjia.kernel.words import listed, say

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class Holder(StrEnum):
    """What the first two characters tell about the holder."""

    PRIMARY_UNION = "81"
    UNION_BODY = "89"
    ENTERPRISE = "91"
    SELF_EMPLOYED = "92"
    COOPERATIVE = "93"
    AGENCY = "11"
    INSTITUTION = "12"
    SOCIAL_ORGANISATION = "51"
    NON_ENTERPRISE = "52"
    FOUNDATION = "53"
    OTHER = "other"

    @property
    def is_union(self) -> bool:
        """Whether the code belongs to a union; an employer's must not (R-ORG, domain §3)."""
        return self in {Holder.PRIMARY_UNION, Holder.UNION_BODY}


@dataclass(frozen=True, slots=True)
class UsccCode:
    """A unified social credit code in its normal form."""

    code: str
    findings: tuple[Finding, ...] = ()

    @property
    def holder(self) -> Holder:
        """What kind of body holds it."""
        prefix = self.code[:2]
        return Holder(prefix) if prefix in set(Holder) else Holder.OTHER

    @property
    def division(self) -> str:
        """The six digits of the registering authority's division."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        """The nine characters of GB 11714."""
        return self.code[8:17]

    def __str__(self) -> str:
        return self.code


def uscc_check(first17: str) -> str:
    """The eighteenth character of GB 32100.

    >>> uscc_check("91350100M000100Y4")
    '3'
    """
    total = sum(_VALUES[letter] * weight for letter, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of GB 11714.

    >>> organisation_check("M000100Y")
    '4'
    """
    total = sum(
        int(letter, 36) * weight for letter, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def examine_uscc(text: str) -> tuple[UsccCode | None, tuple[Finding, ...]]:
    """The code, if there is one, and everything found."""
    code = tidy(text)
    findings = _shape_of(code) or _checks_of(code)
    if any(finding.is_error for finding in findings):
        return None, findings
    return UsccCode(code, findings), findings


def parse_uscc(text: str, *, field: str = "uscc") -> UsccCode:
    """A unified social credit code with its warnings; what cannot be right is bad input of the field.

    >>> parse_uscc("９１３５０１００m000100y43").organisation_code
    'M000100Y4'
    """
    value, findings = examine_uscc(text)
    require_sound(findings, field)
    assert value is not None  # noqa: S101 - no value means an error finding
    return value


def _shape_of(code: str) -> tuple[Finding, ...]:
    if not code:
        return (Finding(Code.EMPTY, say("请填写统一社会信用代码。")),)
    if len(code) != LENGTH:
        said = say("统一社会信用代码应为 18 位，现在是 {n} 位。", n=len(code))
        return (Finding(Code.LENGTH, said),)
    strange = sorted(set(code) - set(ALPHABET))
    if strange:
        said = say(
            "统一社会信用代码不使用“{letters}”（没有字母 I、O、S、V、Z，它们常与 1、0、5、U、2 混淆）。",
            letters=listed(strange),
        )
        return (Finding(Code.LETTER, said),)
    if not re.fullmatch(r"\d{6}", code[2:8]):
        return (Finding(Code.SHAPE, say("统一社会信用代码第 3 至 8 位应为行政区划数字。")),)
    return ()


def _checks_of(code: str) -> tuple[Finding, ...]:
    found = []
    if code[:2] not in set(Holder):
        said = say("代码以 {prefix} 开头，这种登记类别不常见，请留意。", prefix=code[:2])
        found.append(warning(Code.PREFIX, said))
    if code[17] != uscc_check(code[:17]):
        said = say("统一社会信用代码的校验码（第 18 位）不对，请对照证书逐位核对。")
        found.append(Finding(Code.CHECK_DIGIT, said))
    if code[16] != organisation_check(code[8:16]):
        said = say("其中的组织机构代码（第 9 至 17 位）校验码不对，请对照证书核对。")
        found.append(Finding(Code.ORGANISATION_CODE, said))
    return tuple(found)
