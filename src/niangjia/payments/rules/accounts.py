"""Where a person is paid: his own account, or that of his registered guardian (R-AID-13). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import normal_name, parse_bank_card
from niangjia.kernel.periods import add_years
from niangjia.kernel.words import say

TAIL = 4
OF_AGE = 18
"""Years from which a person acts for himself (民法典 第十七条)."""


class Relation(StrEnum):
    """Whose account it is."""

    SELF = "self"
    GUARDIAN = "guardian"


RELATION_LABELS: Mapping[Relation, str] = {Relation.SELF: "本人", Relation.GUARDIAN: "监护人"}


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account as it was told: its number, bank and holder.

    `guardian_id` is the guardian's person where the account is his; `basis` the paper that makes him one.
    `compared`: whoever entered it held the passbook beside the number, for those that no check digit guards.
    """

    number: str
    bank: str
    holder: str
    guardian_id: int | None = None
    basis: str = ""
    compared: bool = False


def account_number(draft: AccountDraft) -> str:
    """The digits; a number whose check digit is wrong is taken only by comparison with the passbook.

    >>> account_number(AccountDraft("6228 4800 0000 0000 018", "农业银行", "林晓梅"))
    '6228480000000000018'
    """
    card = parse_bank_card(draft.number, field="number")
    if card.findings and not draft.compared:
        words = say(
            "卡号的校验没有通过，多半录错了一位。请对照银行卡再录；是存折账号的，请勾选“已对照存折”。"
        )
        raise BadInput(words, field="number")
    return card.number


def require_holder(draft: AccountDraft, *, name: str) -> None:
    """The holder is the person himself, or his guardian: by name, in any writing of the dot (R-AID-13)."""
    if not draft.bank.strip():
        raise BadInput(say("请填写开户银行，写到支行最好。"), field="bank")
    if normal_name(draft.holder) != normal_name(name):
        whose = say("监护人") if draft.guardian_id else say("收款人")
        words = say("户名和{whose}的姓名不一致。款项只能付到{whose}本人的账户，请核对。", whose=whose)
        raise BadInput(words, field="holder")


def require_guardian(draft: AccountDraft, *, born: date | None, day: date) -> None:
    """A guardian is paid for a minor, or for a person who by a court's paper does not act for himself."""
    if draft.guardian_id is None:
        return
    if not draft.basis.strip():
        words = say("请写明监护依据：未成年人写户口簿或出生证明，成年人写法院判决书的文号。")
        raise BadInput(words, field="basis")
    adult = born is None or day >= add_years(born, OF_AGE)
    if adult and not any(mark in draft.basis for mark in ("判", "裁", "法院", "公证")):
        words = say("收款人已成年，应付到他本人账户；确实不能自理的，请写明法院判决书或公证书的文号。")
        raise BadInput(words, field="basis")


def tail_of(number: str) -> str:
    """What lists show of an account."""
    return number[-TAIL:]


def masked(tail: str) -> str:
    """An account as pages show it.

    >>> masked("0018")
    '**** 0018'
    """
    return f"**** {tail}"
