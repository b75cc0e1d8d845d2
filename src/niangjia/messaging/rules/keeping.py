"""How something said is kept in a table and told again in the reader's own language."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from niangjia.kernel.words import Said

_SEALED = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{15,19})(?!\d)")
"""Telephone numbers, identity numbers, account numbers: never in a task's title or a message."""


def kept(said: Said) -> dict[str, Any]:
    """What was said, as JSON: its sentence and its values.

    >>> kept(Said("{who} 已办结", (("who", "甲县"),)))
    {'m': '{who} 已办结', 'v': [['who', '甲县']]}
    """
    return {"m": said.msgid, "v": [[name, _kept_value(value)] for name, value in said.pairs]}


def _kept_value(value: object) -> object:
    if isinstance(value, Said):
        return kept(value)
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def told(record: Mapping[str, Any]) -> Said:
    """What was kept, said again; an empty record says nothing.

    >>> told(kept(Said("{day} 到期", (("day", date(2018, 8, 1)),)))).values
    {'day': datetime.date(2018, 8, 1)}
    """
    return Said(record.get("m", ""), tuple((name, _told_value(value)) for name, value in record.get("v", ())))


def _told_value(value: object) -> object:
    if isinstance(value, Mapping):
        return date.fromisoformat(value["d"]) if "d" in value else told(value)
    return value


def require_no_sealed(*texts: str) -> None:
    """Refuse, as the programmer's mistake that it is, words that carry a number which is kept sealed.

    >>> require_no_sealed("请在 2018-08-20 前办理")
    >>> require_no_sealed("电话 13900000001")
    Traceback (most recent call last):
    ValueError: a message never carries a telephone, identity or account number
    """
    if any(_SEALED.search(re.sub(r"(?<=\d)[ \-](?=\d{3})", "", text)) for text in texts):
        message = "a message never carries a telephone, identity or account number"
        raise ValueError(message)
