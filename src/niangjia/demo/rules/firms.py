"""Invented employers: names and credit codes that never repeat within a world. Pure."""

from niangjia.demo.rules import names, numbers
from niangjia.demo.rules.dice import Dice
from niangjia.network.rules import EmployerKind

PREFIXES = {
    EmployerKind.ENTERPRISE: "91",
    EmployerKind.INSTITUTION: "12",
    EmployerKind.AGENCY: "11",
    EmployerKind.SOCIAL: "51",
    EmployerKind.MERCHANT: "92",
}
ENDINGS = {
    EmployerKind.ENTERPRISE: "有限公司",
    EmployerKind.INSTITUTION: "",
    EmployerKind.AGENCY: "办公室",
    EmployerKind.SOCIAL: "",
    EmployerKind.MERCHANT: "",
}
KINDS = {
    EmployerKind.ENTERPRISE: names.TRADES,
    EmployerKind.INSTITUTION: names.INSTITUTIONS,
    EmployerKind.AGENCY: names.INSTITUTIONS,
    EmployerKind.SOCIAL: names.SOCIAL,
    EmployerKind.MERCHANT: names.STALLS,
}


class Firms:
    """Names fall with the dice; credit codes are given out in order, beginning after `first`."""

    trades = names.TRADES

    def __init__(self, dice: Dice, *, first: int = 0) -> None:
        self._dice = dice
        self._serial = first

    def uscc(self, kind: EmployerKind) -> str:
        """The next credit code of a kind of employer."""
        self._serial += 1
        return numbers.credit_code(PREFIXES[kind], self._serial)

    def union_uscc(self) -> str:
        """The next credit code of a primary union that is a legal person."""
        self._serial += 1
        return numbers.credit_code("81", self._serial)

    def brand(self, *what: object) -> str:
        """Two characters for a name."""
        return names.brand(self._dice.hand("brand", *what))

    def trade(self, *what: object) -> str:
        """A trade, in words."""
        return self._dice.pick(names.TRADES, "trade", *what)[1]

    def name(self, *what: object, place: str = "", kind: EmployerKind = EmployerKind.ENTERPRISE) -> str:
        """The name of an employer; asked twice for the same thing it is the same."""
        hand = self._dice.hand("firm", *what)
        return f"{place}{names.brand(hand)}{hand.pick(KINDS[kind])[1]}{ENDINGS[kind]}"
