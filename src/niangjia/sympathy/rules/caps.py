"""How much may be given for an occasion, by the table of province, city or county (R-AID-15). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say
from niangjia.sympathy.rules.occasions import OCCASIONS


@dataclass(frozen=True, slots=True)
class Cap:
    """The greatest sum for an occasion, `verified` against its paper; none where no table names it."""

    amount: Yuan | None = None
    verified: bool = False
    paper: str = ""

    @classmethod
    def of(
        cls, rows: Iterable[Mapping[str, Any]], occasion: str, *, verified: bool = False, paper: str = ""
    ) -> "Cap":
        """The cap of an occasion in the policy's table; the lowest where it stands there twice.

        >>> Cap.of([{"occasion": "hospital", "amount": Yuan.of(1000)}], "hospital").fen
        100000
        """
        found = [row["amount"] for row in rows if row["occasion"] == occasion and row["amount"] is not None]
        return cls(min(found, default=None), verified, paper)

    @property
    def fen(self) -> int | None:
        """The sum in fen, or nothing."""
        return None if self.amount is None else self.amount.fen

    @property
    def hint(self) -> Said:
        """What is said beside the field: the cap, or that none is set, and whether it was checked."""
        if self.amount is None:
            return say("本地还没有登记这种情形的金额上限（浙江标准待核定），请按本单位的规定掌握。")
        if not self.verified:
            return say("上限 {amount} 元，这个数还没有对照文件核定。", amount=self.amount)
        return say("上限 {amount} 元。", amount=self.amount)


def require_within(amount: Yuan, cap: Cap, *, occasion: str, field: str = "amount") -> None:
    """Refused where more is to be given than the cap of the occasion (R-AID-15)."""
    if cap.amount is not None and amount > cap.amount:
        words = say(
            "“{occasion}”慰问金每人最多 {cap} 元，您填的是 {amount} 元。请改小金额，或由上级工会先调整标准。",
            occasion=OCCASIONS[occasion],
            cap=cap.amount,
            amount=amount,
        )
        raise Refused(words, field=field)
