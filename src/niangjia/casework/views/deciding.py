"""The desk decides on what it saw: reviewed, sent back, refused, approved, an appeal answered."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.aid import actions
from niangjia.aid.permissions import Word
from niangjia.casework import forms, queries
from niangjia.casework.views.around import acting, page_of, row_of
from niangjia.casework.views.shown import case_context
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import answer, by_at, complain
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import Said, say

ONE = "aid-application"
SAID: Mapping[str, Said] = {
    "review": say("已审核通过。下一步安排公示。"),
    "send_back": say("已退回，申请人会看到要补什么。"),
    "refuse": say("已办结，申请人会看到理由，可以申诉。"),
}


@requires(Word.REVIEW)
def decide(request: HttpRequest, aid_id: int) -> HttpResponse:
    """One of the decisions in the rail; what cannot be is told on the same page, nothing typed is lost."""
    row, status = row_of(request, aid_id, Word.REVIEW), HTTPStatus.OK
    form = forms.DecisionForm(request.POST, steps=SAID) if request.method == "POST" else None
    if form is not None:
        if form.is_valid() and _decided(request, aid_id, form):
            messages.success(request, SAID[form.cleaned_data["step"]].render(gettext))
            return redirect(ONE, aid_id=row.pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = case_context(request, aid_id, form)
    return render(request, "casework/application.html", context, status=status)


def _decided(request: HttpRequest, aid_id: int, form: forms.DecisionForm) -> bool:
    """Whether the step was taken; a refusal stands on the form, and the database as it was."""
    told = form.cleaned_data
    steps: dict[str, Callable[..., object]] = {
        "review": actions.review_application,
        "send_back": actions.send_back_application,
        "refuse": actions.refuse_application,
    }
    more = {} if told["step"] == "review" else {"reason": told["reason"]}
    try:
        with transaction.atomic():
            steps[told["step"]](application_id=aid_id, version=told["version"], **more, **by_at(request))
    except Refused as error:
        complain(form, error)
        return False
    return True


@requires(Word.APPROVE)
def approve(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The aid is granted: how much, out of which fund."""
    row, actor, today = row_of(request, aid_id, Word.APPROVE), actor_of(request), clock.today()
    funds = queries.funds_for(actor=actor, day=today, wanted=Yuan(row.asked_fen or 0))
    form = forms.ApproveForm(request.POST or None, funds=funds, initial={"version": row.version})
    known = (
        Fact(say("收款人"), row.payee.name),
        Fact(say("申请金额"), say("{n} 元", n=Yuan(row.asked_fen or 0))),
    )
    said = say("已审批同意，会计的工作台上已经能看到。")
    page = page_of(
        request, row, say("审批"), say("审批同意，交会计开支付单"), said=said, known=known,
        words=say("批准金额不超过公示的金额；同一件的申请、审核、审批由不同的人办理。"),
    )  # fmt: skip
    return answer(request, form, page, act=acting(request, row, actions.approve_application, ONE))


@requires(Word.APPROVE)
def revoke(request: HttpRequest, aid_id: int) -> HttpResponse:
    """An approval that was wrong falls before anything is ordered."""
    final = say("撤销后这件申请不予帮扶，申请人会读到理由，可以申诉。")
    title, button = say("撤销审批"), say("撤销审批，不予帮扶")
    return _reasoned(request, aid_id, title, button, actions.revoke_approval, final=final)


@requires(Word.APPROVE)
def take_out(request: HttpRequest, aid_id: int) -> HttpResponse:
    """An objection against one of a round was upheld: it goes back, the others may be approved."""
    row = row_of(request, aid_id, Word.APPROVE)
    form = forms.OutForm(request.POST or None)
    title, words = say("公示异议成立"), say("这一件退回核实，同批其余的期满后可以审批。")
    page = page_of(request, row, title, say("挑出这一件，退回核实"), said=say("已挑出退回。"), words=words)
    return answer(request, form, page, act=acting(request, row, actions.take_out, ONE))


@requires(Word.APPROVE)
def appeal(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The appeal is heard: it begins anew, or it ends."""
    row = row_of(request, aid_id, Word.APPROVE)
    form = forms.AppealForm(request.POST or None, initial={"version": row.version})
    known = (Fact(say("当时的理由"), row.reason or "—"), Fact(say("申诉理由"), row.appeal or "—"))
    title, button = say("答复申诉"), say("把答复告诉申请人")
    page = page_of(request, row, title, button, said=say("已答复。"), known=known)
    return answer(request, form, page, act=acting(request, row, actions.decide_appeal, ONE))


def _reasoned(
    request: HttpRequest, aid_id: int, title: Said, button: Said, step: Callable[..., object], *, final: Said
) -> HttpResponse:
    row = row_of(request, aid_id, Word.APPROVE)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    page = page_of(request, row, title, button, said=say("已办：{title}。", title=title), final=final)
    return answer(request, form, page, act=acting(request, row, step, ONE))


@requires(Word.PAY)
def order(request: HttpRequest, aid_id: int) -> HttpResponse:
    """A payment order is made for what was granted."""
    row = row_of(request, aid_id, Word.PAY)
    known = (
        Fact(say("收款人"), row.payee.name),
        Fact(say("批准金额"), say("{n} 元", n=Yuan(row.amount_fen or 0))),
        Fact(say("资金来源"), queries.fund_name(fund_id=row.fund_id)),
    )
    title, button = say("开具支付单"), say("开具支付单，付到本人账户")
    words = say("由另一位同志复核、出纳支付；付成后申请自动转到“待家庭确认”。")
    page = page_of(request, row, title, button, said=say("支付单已开，等复核。"), known=known, words=words)

    def act(_told: Mapping[str, Any]) -> str:
        actions.order_aid(application_ids=[row.pk], **by_at(request))
        return reverse(ONE, args=[row.pk])

    return answer(request, forms.NoFieldsForm(request.POST or None), page, act=act)


@requires(Word.ASK)
def confirm(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The family has confirmed on paper, which the officer keeps."""
    row = row_of(request, aid_id, Word.ASK)
    form = forms.PaperForm(request.POST or None, initial={"version": row.version})
    title, button = say("登记家庭确认"), say("登记家庭已确认收到")
    said, words = say("已登记。请接着上传签字单。"), say("家庭自己在手机上点过“我收到了”的，不用再登记。")
    page = page_of(request, row, title, button, said=said, words=words)
    return answer(request, form, page, act=acting(request, row, actions.confirm_receipt, ONE))


@requires(Word.REVIEW)
def close(request: HttpRequest, aid_id: int) -> HttpResponse:
    """Everything is done."""
    row = row_of(request, aid_id, Word.REVIEW)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    title, said = say("办结归档"), say("已办结。")
    page = page_of(request, row, title, say("办结这件申请"), said=said, words=say("办结后只能查看。"))
    return answer(request, form, page, act=acting(request, row, actions.close_application, ONE))
