"""The town reviews, the county decides: each on what it saw."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from niangjia.establishments import forms
from niangjia.establishments.views.around import acting, page_of, row_of
from niangjia.founding import actions
from niangjia.founding.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import requires
from niangjia.kernel.forms import answer
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment


def _asked(row: "UnionEstablishment") -> tuple[Fact, ...]:
    """What is decided upon, so that nobody decides on the wrong one."""
    return (
        Fact(say("工会全称"), row.name),
        Fact(say("职工数"), say("{n} 人", n=row.workers)),
        Fact(say("会员数"), say("{n} 人", n=row.members)),
    )


@requires(Word.REVIEW)
def review(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The request is in order."""
    row = row_of(request, establishment_id, Word.REVIEW)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    words = say("通过后报上级总工会批准筹备；几分钟内可以撤回。")
    page = page_of(
        row,
        say("审核通过"),
        say("审核通过，报上级总工会"),
        said=say("已审核通过，上级总工会的工作台上已经能看到。"),
        words=words,
        known=_asked(row),
    )
    return answer(request, form, page, act=acting(request, row, actions.review_establishment))


@requires(Word.REVIEW)
def send_back(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """Something is missing: the applicant has it again."""
    row = row_of(request, establishment_id, Word.REVIEW)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    said = say("已退回，申请人会看到要补什么。")
    page = page_of(row, say("退回补正"), say("退回，请申请人补正"), said=said)
    return answer(request, form, page, act=acting(request, row, actions.send_back_establishment))


@requires(Word.REVIEW)
def reject(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The union is not founded."""
    row = row_of(request, establishment_id, Word.REVIEW)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    final = say("不予批准后这件申请就结束了，申请人会读到您写的理由。")
    page = page_of(
        row,
        say("不予批准"),
        say("不予批准，结束这件申请"),
        said=say("已办结，申请人已收到理由。"),
        final=final,
    )
    return answer(request, form, page, act=acting(request, row, actions.reject_establishment))


@requires(Word.APPROVE)
def prepare(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The founding group may prepare the congress."""
    row = row_of(request, establishment_id, Word.APPROVE)
    initial = {"version": row.version, "prepared_on": clock.today()}
    form = forms.PrepareForm(request.POST or None, initial=initial)
    page = page_of(
        row,
        say("批准筹备"),
        say("批准筹备，印发筹备组批复"),
        said=say("已批准筹备，筹备组批复已生成。"),
        words=say("批准后系统生成筹备组批复，筹备组据此召开大会选举。"),
        known=_asked(row),
    )
    return answer(request, form, page, act=acting(request, row, actions.approve_preparation))


@requires(Word.APPROVE)
def approve(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The union is founded."""
    row = row_of(request, establishment_id, Word.APPROVE)
    initial = {"version": row.version, "approved_on": clock.today()}
    form = forms.ApproveForm(request.POST or None, initial=initial)
    final = say("批复后这家工会就登记成立：覆盖所列单位，首届委员会就任，生成成立批复。不能撤回。")
    page = page_of(
        row,
        say("批复成立"),
        say("批复成立，登记这家工会"),
        said=say("工会已成立，成立批复已生成。"),
        words=say("批复后这家工会登记成立，首届委员会就任。"),
        final=final,
        known=_asked(row),
    )
    return answer(request, form, page, act=acting(request, row, actions.approve_establishment))


@requires(Word.APPROVE)
def register(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The union is registered as a legal person."""
    row = row_of(request, establishment_id, Word.APPROVE)
    initial = {"version": row.version, "registered_on": clock.today()}
    form = forms.LegalPersonForm(request.POST or None, initial=initial)
    page = page_of(
        row, say("登记工会法人"), say("登记为工会法人"), said=say("工会法人已登记，证书号和代码已写入名册。")
    )
    return answer(request, form, page, act=acting(request, row, actions.register_legal_person))
