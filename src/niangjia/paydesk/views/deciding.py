"""The steps of one order: given back, put right, cancelled, paid in cash, refunded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock
from niangjia.kernel.doors import requires
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.forms import answer, by_at
from niangjia.kernel.words import say
from niangjia.paydesk import forms
from niangjia.paydesk.views.around import acting, home_of, order_of, page_of
from niangjia.payments import actions
from niangjia.payments.permissions import Word

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder


@requires(Word.CHECK)
def check(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order is checked."""
    row = order_of(request, order_id, Word.CHECK)

    def act(told: Mapping[str, Any]) -> str:
        actions.check_orders(order_ids=[row.pk], versions={row.pk: told["version"]}, **by_at(request))
        return home_of(row)

    words = say("请核对收款人、账户、金额、资金来源和附件。复核后由出纳送银行。")
    page = page_of(row, say("复核支付单"), say("复核通过，交出纳支付"), said=say("已复核。"), words=words)
    return answer(request, forms.VersionForm(request.POST or None, initial=_version(row)), page, act=act)


@requires(Word.READ)
def send_back(request: HttpRequest, order_id: int) -> HttpResponse:
    """Whoever made the order has it again."""
    row = order_of(request, order_id, Word.READ)
    page = page_of(row, say("退回更正"), say("退回，请制单人更正"), said=say("已退回，制单人会看到原因。"))
    return answer(
        request,
        forms.ReasonForm(request.POST or None, initial=_version(row)),
        page,
        act=acting(request, row, actions.send_back_order),
    )


@requires(Word.ORDER)
def correct(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order is made anew, to the account in use."""
    row = order_of(request, order_id, Word.ORDER)
    words = say("重新提交后付到收款人现在登记的账户，由另一位同志重新复核。")
    page = page_of(
        row, say("更正支付单"), say("更正后重新提交复核"), said=say("已重新提交，等待复核。"), words=words
    )
    return answer(
        request,
        forms.CorrectForm(request.POST or None, initial=_version(row)),
        page,
        act=acting(request, row, actions.correct_order),
    )


@requires(Word.ORDER)
def cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order is void."""
    row = order_of(request, order_id, Word.ORDER)
    final = say("作废后这张支付单不再付款，占用的资金放回原来的资金来源；要付须重新开单。")
    page = page_of(row, say("作废支付单"), say("作废这张支付单"), said=say("已作废。"), final=final)
    return answer(
        request,
        forms.ReasonForm(request.POST or None, initial=_version(row)),
        page,
        act=acting(request, row, actions.cancel_order),
    )


@requires(Word.ORDER)
def ask_refund(request: HttpRequest, order_id: int) -> HttpResponse:
    """The accountant notes why the money is to come back."""
    row = order_of(request, order_id, Word.ORDER)
    words = say("登记后由出纳在款项收回时确认，确认后红字冲回。")
    page = page_of(
        row, say("登记退款"), say("登记退款，等出纳确认"), said=say("已登记，等出纳确认。"), words=words
    )
    return answer(
        request,
        forms.ReasonForm(request.POST or None, initial=_version(row)),
        page,
        act=acting(request, row, actions.ask_refund),
    )


@requires(Word.PAY)
def refund(request: HttpRequest, order_id: int) -> HttpResponse:
    """The cashier confirms that the money is back."""
    row = order_of(request, order_id, Word.PAY)
    form = forms.RefundForm(request.POST or None, initial={"on": clock.today(), **_version(row)})
    final = say("确认后这笔付款红字冲回，资金回到原来的资金来源。不能撤回。")
    page = page_of(
        row, say("确认退款"), say("款已收回，确认退款"), said=say("已确认，已红字冲回。"), final=final
    )
    return answer(request, form, page, act=acting(request, row, actions.refund_order))


@requires(Word.PAY)
def pay_cash(request: HttpRequest, order_id: int) -> HttpResponse:
    """Cash is handed over before two witnesses."""
    row = order_of(request, order_id, Word.PAY)
    form = forms.CashForm(request.POST or None, initial={"on": clock.today(), **_version(row)})

    def act(told: Mapping[str, Any]) -> str:
        witnesses = [_account(told, name) for name in ("witness_one", "witness_two")]
        kept = {name: told[name] for name in ("on", "version")}
        actions.pay_cash(order_id=row.pk, witnesses=witnesses, **kept, **by_at(request))
        return home_of(row)

    words = say("先把收款人签字的收据拍照，作为附件传到支付单上；两位见证人当面见证。")
    page = page_of(row, say("当面付现金"), say("已当面付清，登记入账"), said=say("已登记入账。"), words=words)
    return answer(request, form, page, act=act)


def _account(told: Mapping[str, Any], name: str) -> int:
    """The account of a witness, by its user name."""
    try:
        return int(accounts.user_by_username(username=told[name]).pk)
    except NotVisible:
        words = say("没有这个用户名。请填写见证人登录平台用的用户名。")
        raise BadInput(words, field=name) from None


def _version(row: "PaymentOrder") -> dict[str, int]:
    return {"version": row.version}
