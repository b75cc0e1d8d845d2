"""Words that wait in the database: kept as said, translated when they are read."""

from collections.abc import Sequence
from typing import Any

from niangjia.kernel.words import Said


def said_as_json(said: Said) -> list[Any]:
    """Words for the database: the sentence and its values, translated when they are read."""
    values = {
        name: {"said": said_as_json(value)}
        if isinstance(value, Said)
        else value
        if isinstance(value, int | str)
        else str(value)
        for name, value in said.pairs
    }
    return [said.msgid, values]


def said_from_json(told: Sequence[Any]) -> Said:
    """The words again."""
    msgid, values = told
    pairs = (
        (name, said_from_json(value["said"]) if isinstance(value, dict) else value)
        for name, value in values.items()
    )
    return Said(msgid, tuple(pairs))
