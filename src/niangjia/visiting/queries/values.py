"""A told value as a person reads it."""

from niangjia.households.rules import Fact, Shape, Value
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, listed, say


def said_value(*, fact: Fact, value: Value | None) -> Said | str:
    """Fen as yuan, codes as words, yes and no; a stroke for nothing."""
    if value is None or value in ("", []):
        return "—"
    if fact.shape is Shape.MONEY and isinstance(value, int):
        return say("{amount} 元", amount=Yuan(value))
    if fact.shape is Shape.YES_NO:
        return say("是") if value else say("否")
    if fact.shape is Shape.CHOICE:
        return Said((fact.choices or {}).get(str(value), str(value)))
    return listed(value) if isinstance(value, list) else str(value)
