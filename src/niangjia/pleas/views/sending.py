"""The last pages on the phone: files, the account, everything checked once more and handed in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.aid import actions
from niangjia.aid import queries as aid
from niangjia.aid.rules import AidKind
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, person_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.payments import actions as payments
from niangjia.payments.rules import AccountDraft
from niangjia.people import queries as people
from niangjia.pleas import forms, queries
from niangjia.pleas.queries import Filling
from niangjia.pleas.rules import PAGES, Page
from niangjia.pleas.views.around import MINE, OWN_FORM
from niangjia.pleas.views.paging import OWN, StepPage, page_for, shown


@page_for(Page.FILES)
def files(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The admission notice, bills, certificates: one at a time; none is asked where none is at hand."""
    row = filling.row
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def keep(told: Mapping[str, Any]) -> None:
        actions.attach_paper(application_id=row.pk, file=told["file"], **by_at(request))

    words = (
        say("录取通知书请拍清楚编号和姓名。")
        if row.kind == AidKind.STUDY
        else say("医院单据、证明，有什么传什么。")
    )
    return shown(
        request, filling, Page.FILES, form, keep, words=words, template="pleas/files.html", stays=True,
        more={"files": queries.files_of(row=row)},
    )  # fmt: skip


@OWN
@limited("ask_for_aid", most=240, seconds=600)
def take_off(request: HttpRequest, aid_id: int, file_id: int) -> HttpResponse:
    """A file that was hung on it by mistake."""
    row = aid.own_application(application_id=aid_id, actor=actor_of(request))
    found, _body = queries.file_of(row=row, attachment_id=file_id)
    here, title = reverse("ask-aid-files", args=[row.pk]), say("撤下材料")
    page = FormPage(
        title, say("撤下这个文件"), [Crumb(MINE, reverse("my-aid")), Crumb(title)], here, words=found.name,
        said=say("已撤下。"), template=OWN_FORM,
    )  # fmt: skip

    def act(_told: Mapping[str, Any]) -> str:
        actions.take_off_paper(application_id=row.pk, attachment_id=found.pk, **by_at(request))
        return here

    return answer(request, forms.NextForm(request.POST or None), page, act=act)


def _kept(request: HttpRequest, told: Mapping[str, Any]) -> None:
    """My account is kept; the holder is I, which is known."""
    person = people.own_person(person_id=person_of(request))
    draft = AccountDraft(told["number"], told["bank"], person.name)
    payments.keep_account(person_id=person.pk, draft=draft, **by_at(request))


@page_for(Page.ACCOUNT)
def account(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Where the money goes, asked only where it is not known."""
    words = say("户名是您本人：{name}。钱只发到本人名下的账户。", name=filling.row.payee.name)
    form = forms.AccountForm(request.POST or None)
    return shown(
        request, filling, Page.ACCOUNT, form, lambda told: _kept(request, told), words=words,
    )  # fmt: skip


@page_for(Page.CHECK)
def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """What was told, with a way to change each; handed in (ui.md A4)."""
    row, today = filling.row, clock.today()
    form = forms.CheckForm(request.POST or None, initial={"version": row.version})
    lacking, at_the_door = queries.lacking_of(row=row, day=today)
    more = {
        "answers": queries.answers_of(filling=filling),
        "lacking": lacking,
        "door": at_the_door,
        "row": row,
    }
    page = StepPage(
        PAGES[Page.CHECK], say("提交，请工会上门核实"), back=filling.before(Page.CHECK),
        said=say("已提交。办到哪一步、在谁手里，这里随时能看。"), template="pleas/check.html",
        place=len(filling.pages), all=len(filling.pages), more=more,
    )  # fmt: skip

    def act(told: Mapping[str, Any]) -> str:
        _require_told(lacking, filling)
        actions.submit_application(application_id=row.pk, version=told["version"], **by_at(request))
        return reverse("my-aid-application", args=[row.pk])

    return answer(request, form, page, act=act)


def _require_told(lacking: Any, filling: Filling) -> None:
    """What only the family knows is told, and there is an account to pay into."""
    if lacking:
        raise BadInput(*lacking)
    if not filling.has_account:
        raise Refused(say("还没有登记收款账户。请先登记您本人名下的账户。"))
