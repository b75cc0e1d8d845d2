"""The accountant orders money and proposes what goods cost; another person checks the voucher."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from niangjia.comfort import forms, queries
from niangjia.comfort.views import around, batches
from niangjia.handouts import actions as handouts
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.faces import Face
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.words import Said, listed, say
from niangjia.sympathy import actions as sympathy
from niangjia.sympathy.permissions import Word

if TYPE_CHECKING:
    from niangjia.ledger.models import Fund

BOOKED = say("入账后不能改，只能冲销。")


def _funds(request: HttpRequest, _row: object = None) -> "dict[str, list[Fund]]":
    """The funds from which the acting accountant may pay today."""
    return {"funds": queries.funds_for(actor=actor_of(request), today=clock.today())}


PROPOSED = say("凭证已提交，等另一位同志复核入账。")
OF_VISITS: tuple[Face, ...] = (
    Face(
        "pay-sympathy", "pay", Word.SETTLE, sympathy.order_visit_money, forms.MoneyForm,
        say("开慰问金支付单"), say("开支付单"), say("支付单已开，等另一位同志复核。"), more=_funds,
    ),
    Face(
        "sympathy-goods", "goods", Word.SETTLE, sympathy.propose_visit_goods, forms.FundForm,
        say("慰问品制单"), say("提交凭证"), PROPOSED, more=_funds,
    ),
)  # fmt: skip
OF_BATCHES: tuple[Face, ...] = (
    Face(
        "handout-goods", "goods", Word.SETTLE, handouts.propose_batch_goods, forms.FundForm,
        say("慰问品制单"), say("提交凭证"), PROPOSED, more=_funds,
    ),
)  # fmt: skip


@requires(Word.READ)
def check(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """Another person has compared the voucher of a visit."""
    row = around.row_of(request, sympathy_id, Word.READ)
    page = around.page_of(
        request, row, say("复核慰问品凭证"), say("复核无误，入账"), said=say("慰问品已入账。"), words=BOOKED
    )
    return _pressed(request, page, lambda: sympathy.check_visit_goods(visit_id=row.pk, **by_at(request)))


@requires(Word.READ)
def refuse(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """The voucher of a visit goes back."""
    row = around.row_of(request, sympathy_id, Word.READ)
    page = around.page_of(request, row, say("退回慰问品凭证"), say("退回会计"), said=say("已退回会计。"))
    return _reasoned(request, page, sympathy.refuse_visit_goods, visit_id=row.pk)


@requires(Word.SETTLE)
def pay_batch(request: HttpRequest, handout_id: int) -> HttpResponse:
    """The money of a batch is ordered, one order a person."""
    row = batches.batch_of(request, handout_id, Word.SETTLE)
    form = forms.FundForm(request.POST or None, initial={"version": row.version}, **_funds(request))

    def act(told: Mapping[str, Any]) -> str:
        done = handouts.order_batch_money(batch_id=row.pk, **told, **by_at(request))
        messages.success(request, _told(done).render(gettext))
        return batches.home_of(request, row)

    words = say("每人一张支付单，付到本人账户；还没有账户的不开，会列出姓名。")
    page = batches.page_of(request, row, say("开慰问金支付单"), say("按名册开支付单"), said="", words=words)
    return answer(request, form, page, act=act)


def _told(done: handouts.Ordered) -> Said:
    """How many were ordered, to the fen, and who was left."""
    if not done.without_account:
        return say("已开 {n} 张支付单，合计 {sum} 元。", n=done.count, sum=done.total)
    words = "已开 {n} 张支付单，合计 {sum} 元；还没有收款账户的 {left} 人：{names}。"
    names = listed(done.without_account[:20])
    return say(words, n=done.count, sum=done.total, left=len(done.without_account), names=names)


@requires(Word.READ)
def check_batch(request: HttpRequest, handout_id: int) -> HttpResponse:
    """Another person has compared the voucher of a batch."""
    row = batches.batch_of(request, handout_id, Word.READ)
    page = batches.page_of(
        request, row, say("复核慰问品凭证"), say("复核无误，入账"), said=say("慰问品已入账。"), words=BOOKED
    )
    return _pressed(request, page, lambda: handouts.check_batch_goods(batch_id=row.pk, **by_at(request)))


@requires(Word.READ)
def refuse_batch(request: HttpRequest, handout_id: int) -> HttpResponse:
    """The voucher of a batch goes back."""
    row = batches.batch_of(request, handout_id, Word.READ)
    page = batches.page_of(request, row, say("退回慰问品凭证"), say("退回会计"), said=say("已退回会计。"))
    return _reasoned(request, page, handouts.refuse_batch_goods, batch_id=row.pk)


def _pressed(request: HttpRequest, page: FormPage, step: Callable[[], object]) -> HttpResponse:
    """A step that asks for nothing but the button."""

    def act(_told: Mapping[str, Any]) -> str:
        step()
        return page.back

    return answer(request, forms.NothingForm(around.sent(request)), page, act=act)


def _reasoned(
    request: HttpRequest, page: FormPage, step: Callable[..., object], **which: int
) -> HttpResponse:
    """A step with its reason; of the voucher there is no version to be overtaken."""

    def act(told: Mapping[str, Any]) -> str:
        step(**which, reason=told["reason"], **by_at(request))
        return page.back

    return answer(request, forms.WhyForm(request.POST or None), page, act=act)
