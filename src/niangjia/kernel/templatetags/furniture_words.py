"""Filters that set words, numbers, days and money for people."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from niangjia.kernel import identifiers
from niangjia.kernel.counting import in_english, wording
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said

register = template.Library()
HIDDEN = "＊＊＊＊"
SHORTEST = 6
"""Shorter words are not looked through for days and numbers."""
# 年 月 日 and 元: escaped, lest they are taken for messages.
_WHOLE = re.compile(
    r"\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5(?: \d{2}:\d{2})?|\d{1,2} [A-Z][a-z]{2} \d{4}"
    r"|(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})(?: (?:\u5143|yuan))?"
)


@register.filter
def render(said: object) -> str:
    """What was said, in the reader's language; anything else as it is shown in a table."""
    if isinstance(said, SafeString):
        return said
    if isinstance(said, Said):
        return said.render(gettext)
    setter = next((setter for kind, setter in _SETTERS if isinstance(said, kind)), str)
    return "" if said is None else setter(said)


@register.filter
def unbroken(words: object) -> SafeString:
    """Words in whose lines no day and no number is ever broken.

    >>> unbroken("自2023年5月1日起")
    '自<span class="whole">2023年5月1日</span>起'
    """
    told = words if isinstance(words, SafeString) else conditional_escape(str(words))
    if len(told) < SHORTEST or "&" in told or "<" in told:
        return told
    return SafeString(_WHOLE.sub(r'<span class="whole">\g<0></span>', told))


@register.filter
def thousands(n: object) -> str:
    """A number with thousands separators: 80214 -> 80,214; text passes."""
    if n is None or n == "":
        return "—"
    return f"{n:,}" if isinstance(n, int | float) and not isinstance(n, bool) else str(n)


@register.filter
def han_date(day: date | None) -> str:
    """2026年11月22日; in English 22 Nov 2026; nothing is a dash."""
    if day is None or day == "":
        return "—"
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    if (get_language() or "").startswith("en"):
        return f"{day.day} {day:%b %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def han_moment(moment: datetime | None) -> str:
    """2026年11月22日 14:05, in Asia/Shanghai."""
    if moment is None or moment == "":
        return "—"
    local = timezone.localtime(moment)
    return f"{han_date(local.date())} {local:%H:%M}"


@register.filter
def money(amount: Yuan | None) -> str:
    """1,963,500.00 元: with separators and its unit."""
    if not isinstance(amount, Yuan):
        return "—"
    return gettext("{amount} 元").format(amount=amount)


@register.filter
def beside(value: object, unit: object) -> str:
    """A number before its unit: money says 元 by itself only where no unit follows."""
    return str(value) if unit and isinstance(value, Yuan) else render(value)


@register.filter
def about(n: int | Yuan, unit: str = "") -> str:
    """The newspaper's way: 2513 with 家 -> 2500余家."""
    english = (get_language() or "").startswith("en")
    return in_english(n) if english else wording(n, unit)


@register.filter
def masked(value: Any) -> str:
    """A name, number or telephone as others may see it; what cannot mask itself is hidden altogether."""
    if value is None or value == "":
        return "—"
    if isinstance(value, str):
        return HIDDEN
    return str(getattr(value, "masked", HIDDEN))


@register.filter
def masked_name(name: str) -> str:
    """张三丰 -> 张某."""
    return identifiers.mask_name(name) if name else "—"


@register.filter
def html_lang(code: str | None) -> str:
    """The language tag of a page: zh-hans -> zh-Hans."""
    head, _, tail = (code or "zh-hans").partition("-")
    return f"{head}-{tail.title() if len(tail) > 2 else tail.upper()}" if tail else head  # noqa: PLR2004 - ISO 15924


@register.filter
def joined(values: object) -> str:
    """Several words as one line, parted by a middle dot."""
    parts = values if isinstance(values, list | tuple) else [values]
    return " · ".join(render(part) for part in parts if part)


def _yes_or_no(value: object) -> str:
    return gettext("是") if value else gettext("否")


_SETTERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, _yes_or_no),
    (int, thousands),
    (Yuan, money),
    (datetime, han_moment),
    (date, han_date),
)
