"""Words for people: a sentence is said once in Chinese, with named values, and translated at the edge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from string import Formatter

Translate = Callable[[str], str]
CONTEXT = "\x04"


@lru_cache(maxsize=2048)
def _names_in(msgid: str) -> frozenset[str]:
    """The value names a sentence asks for."""
    found = (name for _, name, _, _ in Formatter().parse(msgid) if name is not None)
    return frozenset(name.split(".")[0].split("[")[0] for name in found)


def _as_it_stands(msgid: str) -> str:
    return msgid


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its values: hashable, comparable, translatable at the edge by `render(gettext)`.

    A value may itself be something said (a label inside a sentence); it is translated with it. A day is set
    as people write it (2018年8月20日); where its digits are meant, `isoformat()` is given instead. A sentence
    that another language says in two ways carries gettext's context before a `\x04`; it is never shown.
    """

    msgid: str
    pairs: tuple[tuple[str, object], ...] = ()

    @property
    def values(self) -> dict[str, object]:
        """The values by name, as they were given."""
        return dict(self.pairs)

    def render(self, translate: Translate = _as_it_stands) -> str:
        """The sentence in the reader's language; `translate` is gettext at the edge."""
        values = {name: _shown(value, translate) for name, value in self.pairs}
        return translate(self.msgid).rpartition(CONTEXT)[2].format(**values)

    def __str__(self) -> str:
        return self.render()


_MONTHS = tuple(
    Said(month)
    for month in ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
)


def said_day(day: date) -> Said:
    """A day as people write it; its parts stand in the order of the reader's language.

    >>> str(said_day(date(2018, 8, 20)))
    '2018年8月20日'
    """
    parts = (("year", day.year), ("month", _MONTHS[day.month - 1]), ("day", day.day))
    return Said("{year}年{month}{day}日", parts)


def _shown(value: object, translate: Translate) -> object:
    """A value inside a sentence: what is said and days in the reader's language, the rest as it is."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = said_day(value)
    return value.render(translate) if isinstance(value, Said) else value


def say(text: str, /, **values: object) -> Said:
    """What is said to a person: a Chinese sentence with `{named}` places and exactly the values they need.

    A missing or a superfluous value is a mistake of the programmer and is told at once, not at the edge.

    >>> str(say("公示还剩 {days} 个工作日。", days=3))
    '公示还剩 3 个工作日。'
    >>> say("{who} 已离任。", whom="李某")
    Traceback (most recent call last):
    TypeError: say('{who} 已离任。') needs the values who, got whom
    """
    needed = _names_in(text)
    if needed != values.keys():
        wanted, got = ", ".join(sorted(needed)) or "none", ", ".join(sorted(values)) or "none"
        message = f"say({text!r}) needs the values {wanted}, got {got}"
        raise TypeError(message)
    return Said(text, tuple(values.items()))


def listed(parts: Iterable[object], *, joint: str = "{first}、{rest}") -> Said:
    """Several things as one list; the mark between them is that of the reader's language.

    >>> str(listed(["甲", "乙", "丙"])), str(listed([]))
    ('甲、乙、丙', '—')
    """
    first, *rest = tuple(parts) or ("—",)
    if not rest:
        return say("{first}", first=first)
    return Said(joint, (("first", first), ("rest", listed(rest, joint=joint))))
