"""What was told, as people read it: money in yuan, codes in words, and from where it comes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.accounts import queries as accounts
from niangjia.households.queries import Telling
from niangjia.households.rules import Fact, Shape, Value
from niangjia.kernel.clock import day_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, listed, say

SELF = "self"
FROM: Mapping[str, Said] = {"": say("工会登记"), SELF: say("本人填报"), "visit": say("入户走访")}
NONE = "—"


def shown(*, fact: Fact, value: Value | None) -> object:
    """A value as people read it; what was emptied or never told is a dash."""
    if value is None or value in ("", []):
        return NONE
    if isinstance(value, bool):
        return say("是") if value else say("否")
    if isinstance(value, list):
        return listed(value)
    if fact.shape is Shape.MONEY and isinstance(value, int):
        return Yuan(value)
    return say(fact.choices[str(value)]) if fact.choices else value


def worded(*, value: object) -> object:
    """A value inside a sentence or on paper: money says its unit."""
    return say("{sum} 元", sum=value) if isinstance(value, Yuan) else value


def written(*, fact: Fact, value: Value | None) -> object:
    """A value as a form shows it again.

    >>> written(fact=rules.BY_KEY["income_year"], value=5_400_050)
    '54000.50'
    >>> written(fact=rules.BY_KEY["migrant"], value=True)
    '1'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if fact.shape is Shape.MONEY and isinstance(value, int):
        return str(Yuan(value)).replace(",", "").removesuffix(".00")
    return value


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a telling comes, and the page of that where there is one."""

    words: Said
    href: str = ""


def origins_of(*, sources: Collection[str]) -> dict[str, Origin]:
    """Each source in words; other apps tell theirs (`NIANGJIA_FACT_SOURCES`, by the part before `:`)."""
    told: dict[str, Origin] = {}
    for prefix, path in settings.NIANGJIA_FACT_SOURCES.items():
        asked = [one for one in sources if one.partition(":")[0] == prefix]
        if asked:
            told |= {one: Origin(*words) for one, words in import_string(path)(sources=asked).items()}
    for one in sources:
        told.setdefault(one, Origin(FROM.get(one.partition(":")[0], say("其他来源"))))
    return told


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who told what: the accounts by name, the sources in words."""

    names: Mapping[int, str]
    origins: Mapping[str, Origin]

    def said(self, one: Telling) -> Said:
        """Source, teller and day in one line."""
        who = self.names.get(one.by or 0, "")
        told = self.origins[one.source].words
        if not who or one.source.partition(":")[0] == SELF:
            return say("{source}，{day}", source=told, day=day_of(one.at))
        return say("{source}，{who}，{day}", source=told, who=who, day=day_of(one.at))


def tellers_of(*, tellings: Iterable[Telling]) -> Tellers:
    """The names and sources behind some tellings, in one query."""
    found = list(tellings)
    names = accounts.account_names(user_ids={one.by for one in found if one.by})
    return Tellers(names, origins_of(sources={one.source for one in found}))
