"""Campaigns: the list, a new one, the board, its steps, and the proof that nobody is left out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.campaigns import actions, rules
from niangjia.campaigns import queries as campaigns_of
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.queries import Filters
from niangjia.campaigns.rules import CampaignKind, Outcome
from niangjia.households import queries as households
from niangjia.households.permissions import Word as HouseholdsWord
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import BadInput
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say
from niangjia.outreach import forms, queries
from niangjia.outreach.queries import LIST, rows_href

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign

NUMBER = 15
LISTED = 30
"""Of those without an outcome so many are named where a campaign cannot end."""


@requires(Word.READ)
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns in which the acting post takes part."""
    page = queries.campaign_list(
        actor=actor_of(request),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "outreach/campaigns.html", {"page": page})


@requires(Word.READ)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The board: at the campaign's union, or at the one that the address names."""
    asked = request.GET.get("unit", "")
    if asked and (not asked.isdecimal() or len(asked) > NUMBER):
        raise BadInput(say("地址里的工会编号无法识别。请从行动页面点进去。"), field="unit")
    page = queries.board_page(
        campaign_id=campaign_id,
        unit_id=int(asked) if asked else None,
        actor=actor_of(request),
        today=clock.today(),
    )
    return render(request, "outreach/campaign.html", {"page": page})


@requires(Word.READ)
def completeness(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """查漏: union by union, list by list, and how many probably stand on none."""
    page = queries.proof_page(
        campaign_id=campaign_id,
        first=request.GET.get("first", ""),
        second=request.GET.get("second", ""),
        actor=actor_of(request),
    )
    offered = [(code, rules.said_roll(code).render(gettext)) for code in page.codes]
    told = {"page": page, "form": forms.RollsForm(page.compared, rolls=offered)}
    here = reverse("campaign", args=[page.row.pk])
    crumbs = [Crumb(LIST, reverse("campaigns")), Crumb(page.row.name, here), Crumb(say("查漏"))]
    return render(request, "outreach/completeness.html", told | {"crumbs": crumbs})


@requires(Word.RUN)
def arrange(request: HttpRequest) -> HttpResponse:
    """A campaign of the acting post's union and everybody beneath it."""
    actor, today = actor_of(request), clock.today()
    form = forms.CampaignForm(request.POST or None, initial={"year": today.year, "opens_on": today})

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.CampaignDraft(**{**told, "kind": CampaignKind(told["kind"])})
        row = actions.arrange_campaign(unit_id=actor.unit_id or 0, draft=draft, **by_at(request))
        return reverse("campaign", args=[row.pk])

    title = say("建立专项行动")
    page = FormPage(
        title,
        say("建立，先不公开"),
        crumbs=[Crumb(LIST, reverse("campaigns")), Crumb(title)],
        back=reverse("campaigns"),
        known=(Fact(say("开展工会"), actor.unit_name),),
        said=say("行动已建立。开始以后，各级就可以上报。"),
    )
    return answer(request, form, page, act=act)


def _row(request: HttpRequest, campaign_id: int) -> "Campaign":
    return campaigns_of.campaign_for(campaign_id=campaign_id, actor=actor_of(request), word=Word.RUN)


def _step(  # noqa: PLR0913 - a step has these parts
    request: HttpRequest,
    campaign_id: int,
    step: Callable[..., object],
    title: Text,
    button: Text,
    said: Text,
    *,
    form: type[Form] = forms.VersionForm,
    words: Text = "",
    template: str = "furniture/form_page.html",
) -> HttpResponse:
    row = _row(request, campaign_id)
    here = reverse("campaign", args=[row.pk])

    def act(told: Mapping[str, Any]) -> str:
        step(campaign_id=row.pk, **told, **by_at(request))
        return here

    crumbs = [Crumb(LIST, reverse("campaigns")), Crumb(row.name, here), Crumb(title)]
    page = FormPage(
        title, button, crumbs=crumbs, back=here, words=words or row.name, said=said, template=template
    )
    return answer(request, form(request.POST or None, initial={"version": row.version}), page, act=act)


@requires(Word.RUN)
def begin(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Everybody beneath may report and visit."""
    title, said = say("开始行动"), say("行动已开始，各级可以上报和走访。")
    return _step(request, campaign_id, actions.begin_campaign, title, title, said)


@requires(Word.RUN)
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """It ends where nobody is open; otherwise those who are open are listed (R-AID-02)."""
    row = _row(request, campaign_id)
    rows = campaigns_of.targets_for(actor=actor_of(request), word=Word.RUN).filter(campaign=row)
    left = campaigns_of.narrowed(rows=rows, filters=Filters(outcome=str(Outcome.OPEN))).order_by("pk")
    count = left.count()
    if request.method == "GET" and count:
        told = {
            "row": row,
            "count": count,
            "lines": queries.open_table(rows=list(left[:LISTED])),
            "href": rows_href(row=row, outcome=str(Outcome.OPEN)),
            "here": reverse("campaign", args=[row.pk]),
        }
        return render(request, "outreach/still_open.html", told)
    title, said = say("结束行动"), say("行动已结束：每一户都有了结果。")
    return _step(request, campaign_id, actions.close_campaign, title, title, said)


@requires(Word.RUN)
def archive(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """It is over for good."""
    title, said = say("归档"), say("已归档，内容不再改动。")
    words = say("归档后不能再开放；走访记录和结果都保留。")
    return _step(request, campaign_id, actions.archive_campaign, title, title, said, words=words)


@requires(Word.RUN)
def reopen(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """It goes on after all."""
    title, said = say("重新开放"), say("行动已重新开放。")
    return _step(request, campaign_id, actions.reopen_campaign, title, title, said, form=forms.ReasonForm)


@requires(Word.RUN)
def cancel(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """It never begins."""
    title, said = say("取消这项行动"), say("行动已取消。")
    return _step(request, campaign_id, actions.cancel_campaign, title, title, said, form=forms.ReasonForm)


@requires(Word.RUN)
def draw(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The households of the register are put on the list; whoever stands there is left as he is."""
    row, actor = _row(request, campaign_id), actor_of(request)
    here = reverse("campaign", args=[row.pk])
    rows = households.households_within(scope=actor.scope_for(HouseholdsWord.READ))
    homes = households.heads_of(rows=rows.filter(path__startswith=row.path))

    def act(_told: Mapping[str, Any]) -> str:
        actions.draw_targets(campaign_id=row.pk, households_by_unit=homes, **by_at(request))
        return here

    count = sum(len(told) for told in homes.values())
    title = say("从家庭档案列入")
    page = FormPage(
        title,
        say("把这 {n} 户列入走访", n=count),
        crumbs=[Crumb(LIST, reverse("campaigns")), Crumb(row.name, here), Crumb(title)],
        back=here,
        words=say("在册的家庭都列为走访对象，由登记的工会上门；已经上报的不会重复。"),
        known=(Fact(say("在册家庭"), say("{n} 户", n=count), reverse("households")),),
        said=say("已列入。"),
    )
    return answer(request, forms.DrawForm(request.POST or None), page, act=act)
