"""My own on the phone: what I asked for, one of them, and what I may do with it; no desk, no JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.aid import actions
from niangjia.aid import queries as aid
from niangjia.aid.rules import KINDS, State
from niangjia.casework.rules import FIT
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all, own_only, person_of
from niangjia.kernel.forms import answer
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.papers.views.serving import served
from niangjia.pleas import forms, queries
from niangjia.pleas.rules import NEEDED
from niangjia.pleas.views.around import MINE, acting, page_of

OWN = own_only("a family's own applications for aid")


@open_to_all("what help there is, whom it fits and what is needed, in plain words")
def ask(request: HttpRequest) -> HttpResponse:
    """我要求助: the kinds of help; to ask one logs in, or an officer asks on behalf."""
    kinds = [(KINDS[one], FIT[one], NEEDED[one]) for one in KINDS]
    signed_in = actor_of(request).person_id is not None
    return render(request, "pleas/ask.html", {"kinds": kinds, "signed_in": signed_in})


@OWN
def mine(request: HttpRequest) -> HttpResponse:
    """我的求助: each with where it stands, who holds it, what I must do."""
    person_of(request)
    told = queries.mine(actor=actor_of(request), day=clock.today())
    return render(request, "pleas/mine.html", {"mine": told})


@OWN
def one(request: HttpRequest, aid_id: int) -> HttpResponse:
    """One of mine on one screen: reason, what to add, appeal."""
    page = queries.own_page(application_id=aid_id, actor=actor_of(request), day=clock.today())
    crumbs = [Crumb(MINE, reverse("my-aid")), Crumb(page.title)]
    return render(request, "pleas/my_application.html", {"page": page, "crumbs": crumbs})


@OWN
def file(request: HttpRequest, aid_id: int, file_id: int) -> HttpResponse:
    """One of the files that I hung on it."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    found, body = queries.file_of(row=row, attachment_id=file_id)
    return served(body, name=found.name, media_type=found.media_type)


@OWN
def withdraw(request: HttpRequest, aid_id: int) -> HttpResponse:
    """I ask no more."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    form = forms.OwnWithdrawForm(request.POST or None, initial={"version": row.version})
    final = say("撤回后这件申请就结束了，以后需要可以再申请。填过的内容还可以看。")
    name, title, button = queries.own_title(row=row), say("撤回申请"), say("撤回这件申请")
    page = page_of(row, name, title, button, said=say("已撤回。"), final=final)
    return answer(request, form, page, act=acting(request, row, actions.withdraw_application))


@OWN
def appeal(request: HttpRequest, aid_id: int) -> HttpResponse:
    """I do not accept a refusal."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    form = forms.OwnAppealForm(request.POST or None, initial={"version": row.version})
    words = say("没有批准的理由：{reason}", reason=row.reason) if row.state == State.REFUSED else ""
    said = say("申诉已提交，由上一级工会重新看，结果会告诉您。")
    name = queries.own_title(row=row)
    page = page_of(row, name, say("申诉"), say("提交申诉"), said=said, words=words)
    return answer(request, form, page, act=acting(request, row, actions.appeal_refusal))


@OWN
def confirm(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The money has arrived."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    words = say("请先查一下账户，确实收到了再点。没有收到，请联系所在工会。")
    name, title, said = queries.own_title(row=row), say("我收到了"), say("谢谢您确认。")
    page = page_of(row, name, title, say("确认收到这笔钱"), said=said, words=words)

    def step(**told: object) -> None:
        actions.confirm_receipt(how=say("本人在手机上确认").render(), **told)  # type: ignore[arg-type]

    return answer(request, form, page, act=acting(request, row, step))


@OWN
def unlink(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The application that was first has fallen away: mine stands alone."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    name, title = queries.own_title(row=row), say("改为单独申请")
    said, words = say("已改为草稿，请核对后提交。"), say("先办的那件撤回或没有获批时，可以改为单独申请。")
    page = page_of(row, name, title, say("改为单独申请"), said=said, words=words)
    return answer(request, form, page, act=acting(request, row, actions.unlink_application))
