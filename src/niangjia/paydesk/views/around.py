"""What stands around every money form."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from niangjia.kernel.doors import actor_of
from niangjia.kernel.forms import FormPage, by_at
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say
from niangjia.paydesk.queries import order
from niangjia.paydesk.queries.orders import names_of
from niangjia.payments import queries

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder

MONEY, PAYMENTS, BATCHES = say("账簿与资金"), say("支付单"), say("付款批次")
STATEMENTS = say("银行对账单")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
}
Act = Callable[[Mapping[str, Any]], str]


def order_of(request: HttpRequest, order_id: int, word: str) -> "PaymentOrder":
    """The order of the road, for the word of the road."""
    return queries.order_in_scope(order_id=order_id, scope=actor_of(request).scope_for(word))


def home_of(row: "PaymentOrder") -> str:
    """The page of an order."""
    return reverse("payment", args=[row.pk])


def page_of(
    row: "PaymentOrder",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
) -> FormPage:
    """The page around a form about one order, with what it is about."""
    here = home_of(row)
    payee = names_of(person_ids=[row.payee_id]).get(row.payee_id, "—")
    known = (
        Fact(say("收款人"), payee),
        Fact(say("金额"), say("{sum} 元", sum=Yuan(row.amount_fen))),
        Fact(say("用途"), row.purpose),
    )
    crumbs = [Crumb(PAYMENTS, reverse("payments")), Crumb(order.title_of(row=row), here), Crumb(title)]
    return FormPage(title, button, crumbs=crumbs, back=here, words=words, final=final, known=known, said=said)


def acting(request: HttpRequest, row: "PaymentOrder", step: Callable[..., object]) -> Act:
    """The step with what the form holds, then back to the order."""

    def act(told: Mapping[str, Any]) -> str:
        step(order_id=row.pk, **told, **by_at(request))
        return home_of(row)

    return act


def attached(content: bytes, name: str) -> StreamingHttpResponse:
    """A file to be saved; streamed, so that no copy of it is kept with the answers of forms."""
    response = StreamingHttpResponse(iter([content]), content_type=TYPES[name.rpartition(".")[2]])
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
