"""Who belongs on a roster: the members of a union that a kind of batch is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.handouts.rules import BatchKind, Whom, birthday_in, born_in, born_months
from niangjia.kernel.access import EVERYWHERE
from niangjia.members import queries as members
from niangjia.members.queries import MemberFilters
from niangjia.people import queries as people


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who belongs on the roster."""

    person_id: int
    name: str
    union_id: int
    birthday: date | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A roster as drawn, with how many members there are and of how many the day of birth is not known."""

    candidates: Sequence[Candidate]
    members: int
    unknown: int = 0


def drawn_for(*, kind: str, path: str, on: date, whom: Whom) -> Drawn:
    """The active members at or under a union, as many as the kind is for; to be asked inside `beyond`.

    A birthday batch is for those born in the month of its day (Appendix D 9), a check-up for women.
    """
    filters = MemberFilters(under=path, day=on, only_women=kind == BatchKind.WOMEN)
    rows = members.members_in_scope(scope=EVERYWHERE, filters=filters, today=on)
    told = list(rows.values_list("person_id", "name", "union_id", "born_year"))
    if kind == BatchKind.BIRTHDAY:
        return _of_month([one[:3] for one in told], on)
    if kind == BatchKind.WOMEN and whom != Whom():
        unknown = sum(one[3] is None for one in told)
        fit = [Candidate(*one[:3]) for one in told if one[3] is not None and whom.fits(on.year - one[3])]
        return Drawn(fit, len(told), unknown)
    return Drawn([Candidate(*one[:3]) for one in told], len(told))


def _of_month(told: Sequence[tuple[int, str, int]], on: date) -> Drawn:
    ids = [one[0] for one in told]
    records = people.records(person_ids=ids).order_by()
    months = records.filter(birth_date__month__in=born_months(on.month))
    born = {number: day for number, day in months.values_list("pk", "birth_date") if day is not None}
    fit = [
        Candidate(number, name, union, birthday_in(born[number], on.year))
        for number, name, union in told
        if number in born and born_in(born[number], year=on.year, month=on.month)
    ]
    unknown = records.filter(birth_date=None).count()
    return Drawn(sorted(fit, key=lambda one: (str(one.birthday), one.person_id)), len(told), unknown)
