"""A plan is made and changed: proposed, its shares named, proposed again."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.reshaping import queries
from niangjia.reshaping.forms import ProposeForm, ResubmitForm, ShareForm, VersionForm
from niangjia.reshaping.views.pages import LIST
from niangjia.reshaping.views.steps import page_about, row_of
from niangjia.restructuring import actions
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Kind


@requires(Word.PROPOSE)
def propose(request: HttpRequest) -> HttpResponse:
    """A plan is proposed; from an organisation's page its name is already there."""
    actor = actor_of(request)
    choices = queries.choices(actor=actor, today=clock.today())
    first = queries.named_source(asked=request.GET.get("source", ""), actor=actor, today=clock.today())
    form = ProposeForm(request.POST or None, initial={"sources": first}, **choices)

    def act(told: Mapping[str, Any]) -> str:
        row = actions.propose(draft=_draft(told), **by_at(request))
        return reverse("restructure", args=[row.pk])

    title = say("提出撤并改方案")
    crumbs = [Crumb(LIST, reverse("restructures")), Crumb(title)]
    said = say("方案已提出。下一步由原组织召开会员大会讨论。")
    known = queries.sizes_of(name=first, actor=actor, today=clock.today())
    page = FormPage(
        title, say("提出方案，交会员讨论"), crumbs, reverse("restructures"), known=known, said=said
    )
    return answer(request, form, page, act=act)


def _draft(told: Mapping[str, Any]) -> actions.RestructureDraft:
    plans = ("effective_on", "reason", "member_plan", "asset_plan", "debt_plan", "dossier_plan")
    news = ("new_kind", "new_mode", "new_name") if told["kind"] == Kind.CONVERT else ()
    return actions.RestructureDraft(
        kind=Kind(told["kind"]),
        source_ids=told["sources"],
        heir_id=told["heir"].pk if told["heir"] else None,
        source_ends=not (told["kind"] == Kind.SPLIT and told["source_goes_on"]),
        **{name: told[name] for name in (*plans, *news)},
    )


@requires(Word.PROPOSE)
def add_share(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """An heir is named with what goes to it."""
    row = row_of(request, restructure_id, Word.PROPOSE)
    choices = queries.share_choices(row=row, today=clock.today())
    form = ShareForm(request.POST or None, initial={"version": row.version}, rows=choices)

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.ShareDraft(
            heir_id=told["heir"].pk if told["heir"] else None,
            unit_ids=told["units"],
            employer_ids=told["employers"],
            **{name: told[name] for name in ("new_name", "new_kind", "new_mode", "takes_rest")},
        )
        actions.add_share(restructure_id=row.pk, version=told["version"], draft=draft, **by_at(request))
        return reverse("restructure", args=[row.pk])

    page = page_about(row, say("指定去向"), say("记下这个去向"), said=say("去向已记下。"))
    return answer(request, form, page, act=act)


@requires(Word.PROPOSE)
def remove_share(request: HttpRequest, restructure_id: int, share_id: int) -> HttpResponse:
    """An heir takes nothing by name any more."""
    row = row_of(request, restructure_id, Word.PROPOSE)
    form = VersionForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.remove_share(restructure_id=row.pk, share_id=share_id, **told, **by_at(request))
        return reverse("restructure", args=[row.pk])

    page = page_about(row, say("取消去向"), say("取消这个去向"), said=say("去向已取消。"))
    return answer(request, form, page, act=act)


@requires(Word.PROPOSE)
def resubmit(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """The plan that was sent back is proposed again."""
    row = row_of(request, restructure_id, Word.PROPOSE)
    names = ("version", "effective_on", "reason", "member_plan", "asset_plan", "debt_plan", "dossier_plan")
    form = ResubmitForm(request.POST or None, initial={name: getattr(row, name) for name in names})

    def act(told: Mapping[str, Any]) -> str:
        actions.resubmit(restructure_id=row.pk, **told, **by_at(request))
        return reverse("restructure", args=[row.pk])

    page = page_about(row, say("修改后重新提出"), say("重新提出，再交会员讨论"), said=say("方案已重新提出。"))
    return answer(request, form, page, act=act)
