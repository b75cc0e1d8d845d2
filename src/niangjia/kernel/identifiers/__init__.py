"""Identifiers: read in any spelling, checked, kept in one form (Appendix F)."""

from niangjia.kernel.identifiers.contacts import (
    BankCard,
    Mobile,
    Region,
    luhn_holds,
    parse_bank_card,
    parse_mobile,
)
from niangjia.kernel.identifiers.divisions import (
    DivisionCode,
    DivisionLevel,
    parse_division,
    parse_industry,
    parse_people,
)
from niangjia.kernel.identifiers.findings import Code, Finding, Level, tidy
from niangjia.kernel.identifiers.names import PersonName, mask_name, normal_name, parse_name
from niangjia.kernel.identifiers.organisations import (
    Holder,
    UsccCode,
    examine_uscc,
    organisation_check,
    parse_uscc,
    uscc_check,
)
from niangjia.kernel.identifiers.papers import examine_id, parse_id, parse_resident_id
from niangjia.kernel.identifiers.persons import (
    GenuineException,
    IdKind,
    KnownOfPerson,
    PersonalId,
    ResidentId,
    Sex,
    check_character,
    is_sound_resident_number,
    to_18,
)

__all__ = [
    "BankCard",
    "Code",
    "DivisionCode",
    "DivisionLevel",
    "Finding",
    "GenuineException",
    "Holder",
    "IdKind",
    "KnownOfPerson",
    "Level",
    "Mobile",
    "PersonName",
    "PersonalId",
    "Region",
    "ResidentId",
    "Sex",
    "UsccCode",
    "check_character",
    "examine_id",
    "examine_uscc",
    "is_sound_resident_number",
    "luhn_holds",
    "mask_name",
    "normal_name",
    "organisation_check",
    "parse_bank_card",
    "parse_division",
    "parse_id",
    "parse_industry",
    "parse_mobile",
    "parse_name",
    "parse_people",
    "parse_resident_id",
    "parse_uscc",
    "tidy",
    "to_18",
    "uscc_check",
]
