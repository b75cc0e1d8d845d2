"""A year of aid by union and kind, and what the books say of it (R-PG-17, feature 43)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr

from niangjia.aid.models import AidApplication
from niangjia.aid.queries.rows import GRANTS, MEASURES, Granted, granted_of
from niangjia.aid.rules import KIND
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.money import Yuan
from niangjia.kernel.paths import SEGMENT
from niangjia.kernel.reaching import beyond
from niangjia.ledger import queries as ledger
from niangjia.ledger.rules import Klass
from niangjia.payments import queries as payments
from niangjia.payments.rules import KIND as ORDER


@dataclass(frozen=True, slots=True)
class Line:
    """A union directly below the one that is looked at, with all beneath it; one kind of aid."""

    path: str
    kind: str
    told: Granted


def lines_of(*, rows: QuerySet[AidApplication], top: str) -> Sequence[Line]:
    """The four measures by union and kind; households and persons are distinct within each line only."""
    placed = rows.order_by().annotate(place=Substr("path", 1, len(top) + SEGMENT))
    told = placed.values("place", "kind").annotate(**MEASURES).order_by("place", "kind")
    return [Line(one["place"], one["kind"], granted_of(told=one)) for one in told]


COLUMNS = {"household": "household_id", "person": "payee_id"}


def recipients_of(*, rows: QuerySet[AidApplication], by: str) -> "QuerySet[AidApplication, dict[str, Any]]":
    """Each household, or each person who is paid, once: how often asked, how often and how much granted.

    `payee`, `home` and `place` are one of theirs, for the name and the address of the line.
    """
    given, column = Q(state__in=GRANTS), COLUMNS[by]
    told: QuerySet[AidApplication, dict[str, Any]] = (
        rows.order_by()
        .values(column)
        .annotate(
            asked=Count("pk"),
            grants=Count("pk", filter=given),
            total=Coalesce(Sum("amount_fen", filter=given), 0),
            payee=Max("payee_id"),
            home=Max("household_id"),
            place=Min("path"),
        )
    )
    return told.order_by(column)


def booked(*, rows: QuerySet[AidApplication], year: int) -> Yuan:
    """What the books of all unions hold as spent on these applications in a year, contra entries taken off.

    Asked past the scope: the sum of what the reader sees, found a second way.
    """
    with beyond():
        numbers = list(rows.order_by().values_list("pk", flat=True))
        orders = payments.orders_in_scope(scope=EVERYWHERE).filter(about_kind=KIND, about_id__in=numbers)
        entries = ledger.entries_in_scope(scope=EVERYWHERE, year=year).order_by()
        mine = entries.filter(about_kind=ORDER, about_id__in=list(orders.values_list("pk", flat=True)))
        spent = Sum("postings__fen", filter=Q(postings__account__klass=Klass.EXPENSE))
        return Yuan(int(mine.aggregate(fen=spent)["fen"] or 0))
