"""Members of a scope: narrowed by the address of the list, or found by a few letters of a name (ui.md B2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import normal_name, parse_mobile
from niangjia.kernel.paths import CEILING
from niangjia.members.models import Membership
from niangjia.members.queries.standing import memberships_in_scope
from niangjia.members.rules import Form, State, person_of_card
from niangjia.people import queries as people

FOUND_AT_MOST = 300
TAIL = 4
STATES = ("active", "retained", "affiliated", "ended")


@dataclass(frozen=True, slots=True)
class MemberFilters:
    """What the list of members is narrowed to; every field comes from the URL and goes back into it.

    `found` are the numbers that `words` lead to; `more` tells that there are others.
    """

    words: str = ""
    under: str = ""
    union_id: int | None = None
    employer_id: int | None = None
    state: str = "active"
    sex: str = ""
    form: str = ""
    migrant: bool | None = None
    lacks: str = ""
    only_women: bool = False
    day: date | None = None
    found: Sequence[int] | None = None
    more: bool = False


def members_in_scope(*, scope: Scope, filters: MemberFilters, today: date) -> QuerySet[Membership]:
    """The stretches of the list, each person once in a state, in the order of place and name."""
    rows = memberships_in_scope(scope=scope)
    day = filters.day or today
    rows = rows.filter(_in_state(filters.state, day))
    if filters.under:
        rows = rows.filter(path__gte=filters.under, path__lt=filters.under + CEILING)
    if filters.words:
        filters = with_words_found(filters=filters, scope=scope)
        rows = rows.filter(pk__in=filters.found or ())
    return _narrowed(rows, filters).order_by("path", "name_key", "id")


def _in_state(state: str, day: date) -> Q:
    if state == "ended":
        return Q(until__lte=day)
    if state == "affiliated":
        return holds_on(day) & Q(counts=False)
    kept = State.RETAINED if state == "retained" else State.ACTIVE
    return holds_on(day) & Q(counts=True, state=kept)


def _narrowed(rows: QuerySet[Membership], filters: MemberFilters) -> QuerySet[Membership]:
    exact = {
        "union": filters.union_id,
        "employer": filters.employer_id,
        "sex": "female" if filters.only_women else filters.sex or None,
        "form": filters.form or None,
        "migrant": filters.migrant,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if filters.lacks == "any":
        rows = rows.filter(Q(has_id=False) | Q(has_mobile=False) | Q(employer=None, form=Form.NONE))
    elif filters.lacks == "id":
        rows = rows.filter(has_id=False)
    elif filters.lacks == "mobile":
        rows = rows.filter(has_mobile=False)
    elif filters.lacks == "employer":
        rows = rows.filter(employer=None, form=Form.NONE)
    return rows


def with_words_found(*, filters: MemberFilters, scope: Scope) -> MemberFilters:
    """The filters with the numbers of the stretches that the words lead to, looked up once.

    A name or a part of it, pinyin or initials, the last four digits of a mobile, a whole mobile, a card.
    """
    if not filters.words or filters.found is not None:
        return filters
    found = _found(filters.words, filters.under, scope)
    return replace(filters, found=found[:FOUND_AT_MOST], more=len(found) > FOUND_AT_MOST)


def _found(words: str, under: str, scope: Scope) -> list[int]:
    words = normal_name(words).replace("·", "").replace(" ", "").casefold()
    if not words:
        return []
    if words.isascii() and words.isdecimal():
        if len(words) == TAIL:
            return _asked("tail", words, under)
        return _of_persons(_persons(words), scope)
    return _asked("letters" if words.isascii() else "name", words, under)


def _persons(digits: str) -> list[int]:
    try:
        return [person_of_card(digits)]
    except BadInput:
        pass
    try:
        return people.ids_with_mobile(mobile=parse_mobile(digits), day=date.max)
    except BadInput:
        return []


def _of_persons(person_ids: Sequence[int], scope: Scope) -> list[int]:
    rows = memberships_in_scope(scope=scope).filter(person_id__in=list(person_ids))
    return list(rows.values_list("pk", flat=True)[: FOUND_AT_MOST + 1])


def _asked(way: str, needle: str, under: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_find(%s, %s, %s, %s)", [way, needle, FOUND_AT_MOST + 1, under])
        return [row[0] for row in cursor.fetchall()]
