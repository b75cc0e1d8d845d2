"""Which records agree in what: all pairs for the nightly job, and who is like somebody being entered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import (
    IdKind,
    KnownOfPerson,
    PersonalId,
    examine_id,
    parse_mobile,
    parse_name,
)
from niangjia.kernel.identifiers.findings import tidy
from niangjia.kernel.words import Said
from niangjia.matching.rules import WORDS, Feature, is_worth_a_look, neighbours, score_of
from niangjia.people import queries as people
from niangjia.people.rules import Alike, Paper, keys_of

if TYPE_CHECKING:
    from niangjia.people.actions import PersonDraft

FLAGS = ("name", "pinyin", "born", "mobile", "employer")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the lower number first, and in what they agree."""

    first_id: int
    second_id: int
    features: tuple[Feature, ...]

    @property
    def score(self) -> int:
        """What it is worth."""
        return score_of(self.features)


def pairs_to_look_at(*, at_most: int) -> list[Pair]:
    """Every pair of records that a rule proposes and that no case holds yet; to be asked inside `beyond`.

    `at_most` so many persons share a mobile before it tells nothing.
    """
    names = (*FLAGS, "differs", "unproved")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT first_id, second_id, {', '.join(names)} FROM matching_pairs(%s)",  # noqa: S608 - our names
            [at_most],
        )
        found = [Pair(row[0], row[1], _features(dict(zip(names, row[2:], strict=True)))) for row in cursor]
    return [pair for pair in found if is_worth_a_look(pair.features)]


def pairs_by_number() -> list[Pair]:
    """Records whose vouched number lies one slip from a valid number of somebody else (data.md §2)."""
    found: dict[tuple[int, int], Pair] = {}
    for person_id, value in people.vouched_numbers():
        for other in _holders(value):
            first, second = sorted((person_id, other))
            if first != second:
                found[first, second] = Pair(first, second, (Feature.NUMBER,))
    return list(found.values())


def look_alikes(
    *, draft: "PersonDraft", paper: Paper | None, mobile: str, actor: Actor, day: date
) -> list[Alike]:
    """Who agrees with somebody being entered (port `NIANGJIA_ALIKE`); what cannot be read is left out."""
    try:
        keys = keys_of(parse_name(draft.name))
    except BadInput:
        return []
    value, scope = _read(paper, day), actor.scope_for("people.find")
    if value is not None and people.holder_of(value=value, scope=scope):
        return []  # the same number is no likeness: the entry is refused and says where he stands
    numbers = _slips(value)
    kind = str(value.kind) if value and value.matchable else None
    index = people.number_index(value=value) if value else None
    born = draft.born or (value.born if value else None)
    asked = [keys.key, keys.pinyin, born, _mobile(mobile), numbers, kind, index]
    names = (*FLAGS, "number", "differs", "unproved")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person_id, keeper, {', '.join(names)}"  # noqa: S608 - our names
            " FROM matching_alike(%s, %s, %s, %s, %s, %s, %s)",
            asked,
        )
        rows = [(row[0], row[1], _features(dict(zip(names, row[2:], strict=True)))) for row in cursor]
    seen = set(
        people.people_in_scope(scope=scope)
        .filter(pk__in=[one[0] for one in rows])
        .values_list("pk", flat=True)
    )
    return [
        Alike(person_id, keeper, person_id in seen, words_of(features=features))
        for person_id, keeper, features in rows
        if is_worth_a_look(features)
    ]


def words_of(*, features: Sequence[Feature]) -> list[Said]:
    """What two records agree in, in words."""
    return [WORDS[one] for one in Feature if one in features]


def _features(told: Mapping[str, bool]) -> tuple[Feature, ...]:
    return tuple(one for one in Feature if told.get(one))


def _read(paper: Paper | None, day: date) -> PersonalId | None:
    """The number as far as it can be read; one that fails its check still tells where a slip may lie."""
    if paper is None or not paper.number:
        return None
    value, _ = examine_id(paper.kind, paper.number, KnownOfPerson(on=day))
    return value or PersonalId(paper.kind, tidy(paper.number), matchable=False)


def _mobile(text: str) -> bytes | None:
    try:
        return people.mobile_index(mobile=parse_mobile(text)) if text else None
    except BadInput:
        return None


def _slips(value: PersonalId | None) -> list[bytes]:
    if value is None:
        return []
    near = neighbours(value.number)
    return [people.number_index(value=PersonalId(IdKind(value.kind), number)) for number in sorted(near)]


def _holders(value: PersonalId) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM matching_near(%s)", [_slips(value)])
        yield from (row[0] for row in cursor.fetchall())
