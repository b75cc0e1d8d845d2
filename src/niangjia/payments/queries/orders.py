"""Payment orders as a scope shows them, narrowed and summed; what of a fund is free."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from niangjia.kernel.access import Scope
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import the_one, within
from niangjia.ledger import queries as ledger
from niangjia.papers.rules import Subject
from niangjia.payments.models import PaymentOrder
from niangjia.payments.rules import KIND, OPEN, State
from niangjia.people import queries as people


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of orders is narrowed to; every field stands in the address."""

    state: str = ""
    fund: int | None = None
    unit: int | None = None
    batch: int | None = None


def orders_in_scope(*, scope: Scope, filters: Filters | None = None) -> QuerySet[PaymentOrder]:
    """The orders of the unions of a scope, newest first."""
    rows = within(PaymentOrder.objects.all(), scope=scope)
    asked = filters or Filters()
    if asked.state == "open":
        rows = rows.filter(state__in=[str(one) for one in OPEN])
    elif asked.state in set(State):
        rows = rows.filter(state=asked.state)
    wanted = {"fund": asked.fund, "unit": asked.unit, "transfers__batch": asked.batch}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows.order_by("-id")


def order_in_scope(*, order_id: int, scope: Scope) -> PaymentOrder:
    """One order, or 404."""
    return the_one(orders_in_scope(scope=scope).select_related("fund__book", "unit").filter(pk=order_id))


def paid_to(*, person_id: int) -> QuerySet[PaymentOrder]:
    """What is paid, or was, to a person; he may always know it."""
    records = people.records_of(person_id=person_id)
    return PaymentOrder.objects.filter(payee__in=records).exclude(state=State.CANCELLED).order_by("-id")


def order_of(*, about: tuple[str, int], scope: Scope) -> PaymentOrder | None:
    """The order that stands for a matter, the newest first: one that was cancelled or refunded is past."""
    rows = orders_in_scope(scope=scope).filter(about_kind=about[0], about_id=about[1])
    standing = rows.exclude(state__in=[State.REFUNDED, State.CANCELLED]).first()
    return standing or rows.first()


def counts_of_states(*, rows: QuerySet[PaymentOrder]) -> Mapping[str, tuple[int, Yuan]]:
    """How many orders of each state, and their sum."""
    found = rows.order_by().values_list("state").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    return {state: (n, Yuan(int(fen))) for state, n, fen in found}


def sum_of(*, rows: QuerySet[PaymentOrder]) -> Yuan:
    """The sum of orders."""
    return Yuan(int(rows.order_by().aggregate(fen=Sum("amount_fen"))["fen"] or 0))


def reserved(*, fund_id: int) -> Yuan:
    """What open orders of a fund have set aside."""
    return sum_of(rows=PaymentOrder.objects.filter(fund=fund_id, state__in=[str(one) for one in OPEN]))


def fund_free(*, fund_id: int) -> Yuan:
    """What a fund holds and no open order has set aside; read past the scope by whoever may order from it."""
    return ledger.fund_available(fund_id=fund_id) - reserved(fund_id=fund_id)


def order_subject(*, about_id: int, scope: Scope) -> Subject:
    """The order that receipts hang on, or 404 (the port of papers)."""
    row = order_in_scope(order_id=about_id, scope=scope)
    href = reverse("payment", args=[row.pk])
    name = f"支付单 {row.pk}"
    return Subject(KIND, row.pk, unit_id=row.unit_id, path=row.path, name=name, href=href)
