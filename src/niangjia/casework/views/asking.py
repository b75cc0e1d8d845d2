"""An officer asks on a family's behalf: written, corrected, handed in, withdrawn (R-AID-03)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.aid import actions
from niangjia.aid.actions import Draft
from niangjia.aid.permissions import Word
from niangjia.aid.rules import AidKind
from niangjia.casework import forms, queries
from niangjia.casework.views.around import LIST, acting, page_of, row_of
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

ONE = "aid-application"


@requires(Word.ASK)
def new(request: HttpRequest) -> HttpResponse:
    """An application is begun for a household, or for whom a campaign is to reach."""
    known = queries.begun_for(actor=actor_of(request), asked=request.GET, day=clock.today())
    if known.household is None:
        return _which(request, known)
    choices = queries.draft_choices(household=known.household, actor=actor_of(request), day=clock.today())
    form = forms.DraftForm(request.POST or None, initial=known.initial, **choices)

    def act(told: Mapping[str, Any]) -> str:
        draft = Draft(**forms.of_form(told, year=clock.today().year))
        draft = queries.standard_draft(household=known.household, draft=draft, day=clock.today())
        row = actions.draft_application(
            household_id=known.household.pk,  # type: ignore[union-attr]
            draft=draft,
            campaign_id=told["campaign"],
            **by_at(request),
        )
        return reverse(ONE, args=[row.pk])

    title, words = say("代为申请"), say("家庭已经登记的都已带出；先存为草稿，补齐后再提交。")
    page = FormPage(
        title, say("存为草稿，接着核对"), [Crumb(LIST, reverse("aid-applications")), Crumb(title)],
        reverse("aid-applications"), words=words, known=known.facts, said=say("草稿已存好，核对后请提交。"),
    )  # fmt: skip
    return answer(request, form, page, act=act)


def _which(request: HttpRequest, known: queries.Begun) -> HttpResponse:
    """First, for which household."""
    form = forms.HouseholdForm(request.POST or None, rows=queries.households_for(actor=actor_of(request)))

    def act(told: Mapping[str, Any]) -> str:
        kept = {"household": told["household"], "campaign": known.initial.get("campaign")}
        return queries.address(name="new-aid-application", told=kept)

    title, words = say("代为申请"), say("先选是哪一户。还没有家庭档案的，先到“家庭”里登记。")
    page = FormPage(
        title, say("选这一户"), [Crumb(LIST, reverse("aid-applications")), Crumb(title)],
        reverse("aid-applications"), words=words,
    )  # fmt: skip
    return answer(request, form, page, act=act)


@requires(Word.ASK)
def edit(request: HttpRequest, aid_id: int) -> HttpResponse:
    """What is said of it is said again."""
    row = row_of(request, aid_id, Word.ASK)
    choices = queries.draft_choices(household=row.household, actor=actor_of(request), day=clock.today())
    initial = queries.initial_of(row=row) | {"version": row.version}
    form = forms.DraftForm(request.POST or None, initial=initial, **{**choices, "campaigns": None})

    def act(told: Mapping[str, Any]) -> str:
        draft = Draft(**forms.of_form(told, year=row.year))
        draft = queries.standard_draft(household=row.household, draft=draft, day=clock.today())
        actions.edit_application(
            application_id=row.pk, version=told["version"], draft=draft, **by_at(request)
        )
        return reverse(ONE, args=[row.pk])

    page = page_of(request, row, say("修改申请内容"), say("保存申请内容"), said=say("已保存。"))
    return answer(request, form, page, act=act)


@requires(Word.ASK)
def submit(request: HttpRequest, aid_id: int) -> HttpResponse:
    """It is handed in: the town visits; who was visited already goes straight to the review."""
    row = row_of(request, aid_id, Word.ASK)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    words = say("提交后内容不能再改。已经上门走访过的，直接进入审核。")
    title, button = say("提交申请"), say("提交，请镇街上门走访")
    said = say("已提交，结果见本页的状态。请把申请编号告诉家庭。")
    page = page_of(request, row, title, button, said=said, words=words, known=_told(row))
    return answer(request, form, page, act=acting(request, row, actions.submit_application, ONE))


def _told(row: "AidApplication") -> tuple[Fact, ...]:
    student = row.student.name if row.student else ""
    told = (Fact(say("收款人"), row.payee.name), Fact(say("申请编号"), str(row.pk)))
    return (*told, Fact(say("学生"), student)) if row.kind == AidKind.STUDY else told


@requires(Word.ASK)
def withdraw(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The family asks no more."""
    row = row_of(request, aid_id, Word.ASK)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    final = say("撤回后这件申请就结束了，要帮扶须重新申请；已填的内容仍可查看。")
    page = page_of(
        request, row, say("替家庭撤回申请"), say("撤回这件申请"), said=say("已撤回。"), final=final
    )
    return answer(request, form, page, act=acting(request, row, actions.withdraw_application, ONE))


@requires(Word.ASK)
def unlink(request: HttpRequest, aid_id: int) -> HttpResponse:
    """The application that was first has fallen away: this one stands alone."""
    row = row_of(request, aid_id, Word.ASK)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    words = say("先办的那件撤回或没有获批时，可以改为单独申请。")
    title = say("改为单独申请")
    page = page_of(request, row, title, title, said=say("已改为草稿，请核对后提交。"), words=words)
    return answer(request, form, page, act=acting(request, row, actions.unlink_application, ONE))
