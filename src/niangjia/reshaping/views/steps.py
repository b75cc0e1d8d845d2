"""The steps of a restructure: consulted, approved, audited, executed, closed, or not."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import Said, say
from niangjia.reshaping.actions import issue_paper
from niangjia.reshaping.forms import (
    ApproveForm,
    AuditForm,
    CloseForm,
    ConsultForm,
    ReasonForm,
    VersionForm,
)
from niangjia.restructuring import actions, queries
from niangjia.restructuring.permissions import Word

if TYPE_CHECKING:
    from niangjia.restructuring.models import Restructure

Step = Callable[..., object]


def row_of(request: HttpRequest, restructure_id: int, word: Word) -> "Restructure":
    """The restructure in the scope of the word, or 404."""
    scope = actor_of(request).scope_for(word)
    return queries.restructure_in_scope(restructure_id=restructure_id, scope=scope)


def page_about(
    row: "Restructure", title: Said, button: Said, *, said: Said | str = "", final: Said | str = ""
) -> FormPage:
    """The page around a step, with what is proposed."""
    here = reverse("restructure", args=[row.pk])
    name = queries.title_of(row=row)
    known = [Fact(say("事项"), name), Fact(say("生效日"), row.effective_on), Fact(say("理由"), row.reason)]
    return FormPage.about(name, here, title, button, said=said, known=known, final=final)


def _answer(
    request: HttpRequest, row: "Restructure", form: forms.Form, page: FormPage, step: Step, **more: Any
) -> HttpResponse:
    def act(told: Mapping[str, Any]) -> str:
        shaped = more.get("shape", dict)(told)
        step(restructure_id=row.pk, version=told["version"], **shaped, **by_at(request))
        return reverse("restructure", args=[row.pk])

    return answer(request, form, page, act=act)


def _without_version(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "version"}


@requires(Word.CONSULT)
def consult(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """What the members' meeting said."""
    row = row_of(request, restructure_id, Word.CONSULT)
    form = ConsultForm(request.POST or None, initial={"version": row.version})
    said = say("讨论结果已登记，方案报上级审批。")
    page = page_about(row, say("登记会员讨论结果"), say("登记，报上级审批"), said=said)

    def shape(told: Mapping[str, Any]) -> dict[str, Any]:
        return {"held": actions.Consultation(**_without_version(told))}

    return _answer(request, row, form, page, actions.consult, shape=shape)


@requires(Word.DECIDE)
def approve(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """The union above agrees."""
    row = row_of(request, restructure_id, Word.DECIDE)
    form = ApproveForm(request.POST or None, initial={"version": row.version})
    said = say("已批准。下一步由经费审查委员会审查，到生效日自动执行。")
    page = page_about(row, say("批准撤并改"), say("批准，交经费审查"), said=said)
    return _answer(request, row, form, page, actions.approve, shape=_without_version)


@requires(Word.AUDIT)
def audit(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """The funds are audited."""
    row = row_of(request, restructure_id, Word.AUDIT)
    form = AuditForm(request.POST or None, initial={"version": row.version})
    said = say("经审结果已登记。到生效日自动执行；生效日已经到的，马上执行。")
    page = page_about(row, say("登记经审结果"), say("登记经审结果"), said=said)

    def shape(told: Mapping[str, Any]) -> dict[str, Any]:
        found = actions.Audit(told["audit_no"], Yuan.of(told["balance"]).fen, told["deed_no"])
        return {"found": found}

    return _answer(request, row, form, page, actions.audit, shape=shape)


@requires(Word.DECIDE)
def execute(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """Everything is carried now; where something is open the page says what."""
    row = row_of(request, restructure_id, Word.DECIDE)
    form = VersionForm(request.POST or None, initial={"version": row.version})
    final = say("执行后，下属工会、单位和阵地都归接收组织，原组织的岗位当天结束。办结之前还可以恢复原状。")
    page = page_about(row, say("执行撤并改"), say("现在执行"), final=final)
    return _answer(request, row, form, page, actions.execute, shape=_without_version)


@requires(Word.DECIDE)
def close(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """Seal, archives and balance are handed over."""
    row = row_of(request, restructure_id, Word.DECIDE)
    form = CloseForm(request.POST or None, initial={"version": row.version})
    final = say("办结后不能再恢复原状。")
    page = page_about(row, say("办结归档"), say("办结归档"), said=say("已办结。"), final=final)
    return _answer(request, row, form, page, actions.close, shape=_without_version)


def _reasoned(
    request: HttpRequest, restructure_id: int, word: Word, words: tuple[Said, Said, Said], step: Step
) -> HttpResponse:
    """A step that asks for its reason: title, button, what is said afterwards."""
    row = row_of(request, restructure_id, word)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    title, button, said = words
    return _answer(
        request, row, form, page_about(row, title, button, said=said), step, shape=_without_version
    )


@requires(Word.DECIDE)
def send_back(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """Whoever made the plan has it again."""
    words = (say("退回修改"), say("退回，请提出的组织修改"), say("已退回，对方的工作台上写明了要改什么。"))
    return _reasoned(request, restructure_id, Word.DECIDE, words, actions.send_back)


@requires(Word.DECIDE)
def reject(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """It is not approved."""
    words = (say("不批准"), say("不批准，告知理由"), say("已登记为未批准，涉及的工会都已告知。"))
    return _reasoned(request, restructure_id, Word.DECIDE, words, actions.reject)


@requires(Word.DECIDE)
def revoke(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """The approval is taken back before the day."""
    words = (say("撤销批准"), say("撤销批准，一切照旧"), say("批准已撤销，什么都没有改变。"))
    return _reasoned(request, restructure_id, Word.DECIDE, words, actions.revoke)


@requires(Word.PROPOSE)
def withdraw(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """Nobody asks for it any more."""
    words = (say("撤回方案"), say("撤回方案，一切照旧"), say("方案已撤回。"))
    return _reasoned(request, restructure_id, Word.PROPOSE, words, actions.withdraw)


@requires(Word.DECIDE)
def undo(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """Everything is as it was."""
    words = (say("恢复原状"), say("恢复原状，各项退回"), say("已恢复原状，各项和执行前一样。"))
    return _reasoned(request, restructure_id, Word.DECIDE, words, actions.undo)


@requires(Word.DECIDE)
@limited("issue_paper", most=60, seconds=600)
def paper(request: HttpRequest, restructure_id: int, paper_name: str) -> HttpResponse:
    """One of the papers is issued."""
    row = row_of(request, restructure_id, Word.DECIDE)

    def act(_told: Mapping[str, Any]) -> str:
        found = issue_paper(restructure_id=row.pk, name=paper_name, **by_at(request))
        return reverse("paper", args=[found.pk])

    page = page_about(row, say("出具文书"), say("出具文书"), said=say("文书已出具。"))
    return answer(request, forms.Form(request.POST or None), page, act=act)
