"""One membership: its page, and every form about it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.dues import queries as paid
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.identifiers import IdKind, Sex
from niangjia.kernel.shapes import Act, Crumb, Fact, Table
from niangjia.kernel.words import Said, say
from niangjia.members import actions, queries
from niangjia.members.permissions import Word
from niangjia.members.rules import Ended, Form, State
from niangjia.network import queries as network
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Paper
from niangjia.roll import forms
from niangjia.roll.views import shown
from niangjia.transfers import queries as transfers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.members.models import Membership

LIST = say("会员名册")
WORK = ("employer", "workplace", "group", "form", "platform", "migrant", "fee_base")


@requires(Word.READ)
def membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A membership: what is known, where the member was before, dues, what happened, what may be done."""
    actor, today = actor_of(request), clock.today()
    row = queries.membership_in_scope(membership_id=membership_id, scope=actor.scope_for(Word.READ))
    name = shown.name_of(row, actor=actor)
    context = {
        "row": row,
        "name": name,
        "crumbs": [Crumb(LIST, reverse("members")), Crumb(name)],
        "status": shown.status_of(row, today=today),
        "facts": shown.facts_of(row, actor=actor, today=today),
        "tables": _tables(row, actor, today),
        "acts": _acts(row, actor),
        "events": shown.events_of(row),
    }
    return render(request, "roll/membership.html", context)


def _tables(row: "Membership", actor: Actor, today: date) -> list[Table]:
    """Where the member was within the reach of the post, the dues paid, the transfers."""
    rows = queries.memberships_in_scope(scope=actor.scope_for(Word.READ)).filter(person_id=row.person_id)
    tables = [shown.history(rows.order_by("-since", "-id"), today=today)]
    if actor.may(Word.DUES, at=row.path):
        tables += [paid.dues_table(rows=paid.dues_of_person(person_id=row.person_id)[:24], may_void=True)]
    moves = transfers.transfers_of(person_id=row.person_id)
    return tables + ([transfers.transfers_table(rows=moves)] if moves else [])


def _acts(row: "Membership", actor: Actor) -> list[Act]:
    """What the post may do with this stretch; one that has ended is only read."""
    if row.until is not None:
        return []
    active = row.counts and row.state == State.ACTIVE
    offers = [
        (Word.EDIT, True, say("修改登记"), "edit-membership", "pencil"),
        (Word.TRANSFER, row.counts, say("办理转会"), "ask-transfer", "arrow-right"),
        (Word.END, active, say("保留会籍"), "retain-membership", "clock"),
        (Word.END, row.counts and not active, say("恢复会籍"), "resume-membership", "check"),
        (Word.DUES, active, say("登记会费"), "record-dues", "plus"),
        (Word.END, True, say("终止会籍") if row.counts else say("结束挂靠"), "end-membership", "x"),
    ]
    return [
        Act(words, reverse(name, args=[row.pk]), icon=icon)
        for word, fits, words, name, icon in offers
        if fits and actor.may(word, at=row.path)
    ]


@requires(Word.ENROL)
def enrol(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An officer enters a worker as a member, or attaches one who counts elsewhere."""
    scope = actor_of(request).scope_for(Word.ENROL)
    union = network.organisation_in_scope(unit_id=unit_id, scope=scope)
    form = forms.EnrolForm(
        request.POST or None, initial={"since": clock.today()}, **_choices(request, Word.ENROL)
    )

    def act(told: Mapping[str, Any]) -> str:
        row = actions.enrol_worker(
            worker=_worker(told),
            union_id=union.pk,
            since=told["since"],
            draft=actions.MembershipDraft(**_columns(told), basis=told["basis"]),
            beside=bool(told["beside"]),
            **by_at(request),
        )
        return reverse("membership", args=[row.pk])

    title = say("登记会员")
    page = FormPage.about(
        union.name, reverse("organisation", args=[union.pk]), title, say("登记入会"), said=say("已登记入会。")
    )
    return answer(request, form, page, act=act)


def _worker(told: Mapping[str, Any]) -> actions.Worker:
    sex = Sex(told["sex"]) if told["sex"] else None
    paper = Paper(IdKind(told["kind"] or IdKind.RESIDENT), told["number"]) if told["number"] else None
    return actions.Worker(PersonDraft(told["name"], sex, told["born"]), paper, told["mobile"])


def _columns(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the form tells of work, by column."""
    numbers = {
        f"{name}_id": told[name].pk if told[name] else None for name in ("employer", "workplace", "group")
    }
    return {
        **numbers,
        "form": Form(told["form"]),
        "platform": told["platform"],
        "migrant": told["migrant"],
        "fee_base_fen": told["fee_base"],
    }


def _choices(request: HttpRequest, word: Word) -> dict[str, "QuerySet[Any]"]:
    """The employers and groups that may be named: those of the post's scope."""
    scope = actor_of(request).scope_for(word)
    return {
        "employers": network.employers_of(scope=scope),
        "groups": queries.groups_in_scope(scope=scope, today=clock.today()),
    }


@requires(Word.EDIT)
def edit(request: HttpRequest, membership_id: int) -> HttpResponse:
    """What is told of the work of a member is set right."""
    row = _row(request, membership_id, Word.EDIT)
    names = {name: getattr(row, name).name if getattr(row, name) else "" for name in WORK[:3]}
    base = queries.fee_base_of(membership=row)
    initial = {**names, "form": row.form, "platform": row.platform, "migrant": row.migrant}
    initial |= {"fee_base": base / 100 if base is not None else None, "version": row.version}
    form = forms.WorkEditForm(request.POST or None, initial=initial, **_choices(request, Word.EDIT))

    def act(told: Mapping[str, Any]) -> str:
        actions.edit_membership(
            membership_id=row.pk, version=told["version"], **_columns(told), **by_at(request)
        )
        return reverse("membership", args=[row.pk])

    return answer(request, form, _page(request, row, say("修改登记"), say("保存登记")), act=act)


@requires(Word.END)
def retain(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The membership is kept without dues and vote."""
    row = _row(request, membership_id, Word.END)
    page = _page(request, row, say("保留会籍"), say("办理保留会籍"), said=say("会籍已保留，期间不缴会费。"))
    return answer(request, _turn(request, row), page, act=_acting(request, row, actions.retain_membership))


@requires(Word.END)
def resume(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A kept membership is active again."""
    row = _row(request, membership_id, Word.END)
    page = _page(request, row, say("恢复会籍"), say("恢复会籍"), said=say("会籍已恢复。"))
    return answer(request, _turn(request, row), page, act=_acting(request, row, actions.resume_membership))


def _turn(request: HttpRequest, row: "Membership") -> forms.TurnForm:
    return forms.TurnForm(request.POST or None, initial={"since": clock.today(), "version": row.version})


@requires(Word.END)
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The membership ends, for one of the reasons of the statutes."""
    row = _row(request, membership_id, Word.END)
    form = forms.EndForm(request.POST or None, initial={"until": clock.today(), "version": row.version})
    if not row.counts:
        del form.fields["ended"]

    def act(told: Mapping[str, Any]) -> str:
        ended = Ended(told.get("ended") or Ended.AFFILIATION)
        actions.end_membership(membership_id=row.pk, **{**told, "ended": ended}, **by_at(request))
        return reverse("membership", args=[row.pk])

    title = say("终止会籍") if row.counts else say("结束挂靠")
    final = say("从这一天起他不再计入这家工会。以前的记录都保留，他可以重新入会。")
    return answer(request, form, _page(request, row, title, title, final=final), act=act)


def _row(request: HttpRequest, membership_id: int, word: Word) -> "Membership":
    return queries.membership_in_scope(membership_id=membership_id, scope=actor_of(request).scope_for(word))


def _acting(
    request: HttpRequest, row: "Membership", step: "Callable[..., Membership]"
) -> Callable[[Mapping[str, Any]], str]:
    def act(told: Mapping[str, Any]) -> str:
        made = step(membership_id=row.pk, **told, **by_at(request))
        return reverse("membership", args=[made.pk])

    return act


def _page(
    request: HttpRequest,
    row: "Membership",
    title: Said,
    button: Said,
    *,
    said: Said | str = "",
    final: Said | str = "",
) -> FormPage:
    name = shown.name_of(row, actor=actor_of(request))
    known = [
        Fact(say("姓名"), name), Fact(say("工会"), row.union.name), Fact(say("本段会籍"), shown.period(row))
    ]  # fmt: skip
    here = reverse("membership", args=[row.pk])
    return FormPage.about(name, here, title, button, said=said or say("已保存。"), known=known, final=final)
