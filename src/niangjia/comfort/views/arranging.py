"""A batch is drafted, its roster changed, handed in, approved, closed, cancelled, printed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.rules import STUDY
from niangjia.comfort import forms
from niangjia.comfort.views.around import sent
from niangjia.comfort.views.batches import LIST, batch_of, home_of, page_of
from niangjia.handouts import actions
from niangjia.handouts import queries as handouts
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.faces import Face
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy.permissions import Word


@requires(Word.VISIT)
def new(request: HttpRequest) -> HttpResponse:
    """A batch is drafted; its roster is drawn from the register."""
    actor = actor_of(request)
    running = campaigns.running_for(actor=actor, today=clock.today()).exclude(kind__in=STUDY)
    offered = [(one.pk, one.name) for one in running[:50]]
    form = forms.NewForm(request.POST or None, campaigns=offered)

    def act(_told: Mapping[str, Any]) -> str:
        row = actions.arrange_batch(unit_id=actor.unit_id or 0, draft=form.told, **by_at(request))
        return home_of(request, row)

    title = say("新建一批")
    page = FormPage(
        title,
        say("生成名册，看人数和金额"),
        crumbs=[Crumb(LIST, reverse("handouts")), Crumb(title)],
        back=reverse("handouts"),
        words=say("名册从会员名册自动生成，下一步可以增减，再提交批准。"),
        said=say("名册已生成。请核对人数和金额，再提交批准。"),
    )
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def edit(request: HttpRequest, handout_id: int) -> HttpResponse:
    """What is said of a draft is said anew."""
    row = batch_of(request, handout_id, Word.VISIT)
    initial = {
        name: getattr(row, name) for name in ("version", "name", "on", "site", "goods", "bought", "words")
    }
    sums = {"each": Yuan(row.each_fen).decimal, "amount": Yuan(row.amount_fen).decimal}
    form = forms.EditForm(request.POST or None, initial=initial | sums)

    def act(told: Mapping[str, Any]) -> str:
        draft = form.draft(kind=row.kind)
        actions.amend_batch(batch_id=row.pk, version=told["version"], draft=draft, **by_at(request))
        return home_of(request, row)

    page = page_of(request, row, say("修改内容"), say("保存内容"), said=say("已保存。"))
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def add(request: HttpRequest, handout_id: int) -> HttpResponse:
    """Somebody stands on the roster too."""
    row, actor = batch_of(request, handout_id, Word.VISIT), actor_of(request)
    form = forms.AddForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        whom = sympathy.member_named(words=told["who"], actor=actor, word=Word.VISIT, today=clock.today())
        actions.add_to_roster(batch_id=row.pk, version=told["version"], person_id=whom, **by_at(request))
        return home_of(request, row)

    page = page_of(request, row, say("添加一位"), say("添加到名册"), said=say("已添加。"))
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def drop(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """Somebody is taken off the roster."""
    row = batch_of(request, handout_id, Word.VISIT)
    one = handouts.row_of(batch=row, row_id=handout_row_id)

    def act(_told: Mapping[str, Any]) -> str:
        actions.drop_row(batch_id=row.pk, row_id=one.pk, **by_at(request))
        return home_of(request, row)

    title = say("移出名册：{name}", name=one.name)
    page = page_of(request, row, title, say("移出名册"), said=say("已移出。"))
    return answer(request, forms.NothingForm(sent(request)), page, act=act)


FACES: tuple[Face, ...] = (
    Face(
        "draw-handout", "draw", Word.VISIT, actions.draw_again, forms.VersionForm,
        say("重新生成名册"), say("重新生成"), say("名册已重新生成。"),
        final=say("重新生成后，手工添加和移出的都不算了，名册回到会员名册现在的样子。"),
    ),
    Face(
        "submit-handout", "submit", Word.VISIT, actions.submit_batch, forms.VersionForm,
        say("提交批准"), say("提交批准"), say("已提交，等待批准。"),
        words=say("提交后不能再改；由主席或上级工会的另一位同志批准。"),
    ),
    Face(
        "approve-handout", "approve", Word.APPROVE, actions.approve_batch, forms.VersionForm,
        say("批准发放"), say("批准发放"), say("已批准，可以发放。"),
        words=say("批准的就是这份名册、这个金额；名册有变动会要求重新核对。"),
    ),
    Face(
        "send-back-handout", "return", Word.APPROVE, actions.send_back_batch, forms.ReasonForm,
        say("退回修改"), say("退回，请拟定人修改"), say("已退回。"),
    ),
    Face(
        "count-handout", "heads", Word.VISIT, actions.count_heads, forms.HeadsForm,
        say("登记实发人次"), say("登记人次"), say("已登记。"),
        initial=lambda _request, row: {"heads": row.heads},
    ),
    Face(
        "close-handout", "close", Word.VISIT, actions.close_batch, forms.CloseForm,
        say("结束发放"), say("结束发放"), say("已结束，交会计结算。"),
        words=say("每个人都有结果、数量对得上，才能结束。"),
        initial=lambda _request, row: {"bought": row.bought},
        more=lambda _request, row: {"goods": bool(row.goods)},
    ),
    Face(
        "reopen-handout", "reopen", Word.VISIT, actions.reopen_batch, forms.ReasonForm,
        say("重新打开"), say("重新打开，继续发放"), say("已重新打开。"),
    ),
    Face(
        "cancel-handout", "cancel", Word.VISIT, actions.cancel_batch, forms.ReasonForm,
        say("取消这一批"), say("取消这一批"), say("已取消。"),
        final=say("取消后这一批就结束了；要发放须重新建一批。"),
    ),
    Face(
        "handout-paper", "paper", Word.VISIT, actions.issue_roster, forms.NothingForm,
        say("打印发放花名册"), say("生成花名册"), say("花名册已生成，在“附件与文书”里。"),
    ),
)  # fmt: skip
"""The steps of a batch of which the form is all: each names what its button does."""
