"""An officer finds a person by an exact number, sees the tails, corrects, opens a number for a purpose."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import FormPage, answer, by_at, complain
from niangjia.kernel.identifiers import IdKind, Sex
from niangjia.kernel.shapes import Act, Fact
from niangjia.kernel.words import say
from niangjia.people import actions, queries, rules
from niangjia.people.permissions import Word
from niangjia.people.queries import finding
from niangjia.registry import forms
from niangjia.registry.views import shown


@requires(Word.FIND)
def find(request: HttpRequest) -> HttpResponse:
    """One person by an exact number; asked by POST, so that the number stands in no address and no log."""
    actor, form = actor_of(request), forms.FindForm(request.POST or None)
    found = None
    if form.is_bound and form.is_valid():
        try:
            scope = actor.scope_for(Word.FIND)
            found = finding.find_person(**form.cleaned_data, scope=scope, day=clock.today())
        except Refused as error:
            complain(form, error)
    if found and len(found) == 1:
        return redirect("person", person_id=found[0].pk)
    told = {"form": form, "nobody": found == [], "acts": _register_act(request)}
    told["table"] = shown.found(found) if found else None
    return render(request, "registry/find.html", told, status=_status(form))


def _status(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _register_act(request: HttpRequest) -> list[Act]:
    if not actor_of(request).may(Word.REGISTER):
        return []
    return [Act(say("登记一个人"), reverse("register-person"), "user-plus")]


@requires(Word.READ)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person: facts, papers and mobiles by their tails, what happened."""
    actor, today = actor_of(request), clock.today()
    row = queries.person_in_scope(person_id=person_id, scope=actor.scope_for(Word.READ))
    may = actor.may(Word.REVEAL, at=row.path)
    context = {
        "row": row,
        "crumbs": shown.crumbs(row),
        "acts": shown.acts(row, actor=actor),
        "facts": shown.facts(row, day=today, actor=actor),
        "tables": [shown.documents(row, may_reveal=may), shown.contacts(row, day=today, may_reveal=may)],
        "events": shown.events(row),
    }
    return render(request, "registry/person.html", context)


@requires(Word.REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """A person enters the register of the acting post's union."""
    actor, form = actor_of(request), forms.RegisterForm(request.POST or None)

    def act(told: Mapping[str, Any]) -> str:
        paper = rules.Paper(IdKind(told["kind"]), told["number"]) if told["number"] else None
        draft = {"draft": _draft(told), "paper": paper, "mobile": told["mobile"]}
        if not told["checked"]:
            found = queries.look_alikes(**draft, actor=actor, day=clock.today())
            shown.warn_of_alike(form, found, paper=paper, day=clock.today())
        told = {**draft, "today": clock.today()}
        row = actions.register_person(keeper_id=actor.unit_id or 0, **told, **by_at(request))
        return reverse("person", args=[row.pk])

    known = [Fact(say("登记组织"), actor.unit_name)]
    page = FormPage.about(
        say("查找人员"),
        reverse("find-person"),
        say("登记一个人"),
        say("登记这个人"),
        said=say("已登记。"),
        known=known,
    )
    return answer(request, form, page, act=act)


@requires(Word.CORRECT)
def correct(request: HttpRequest, person_id: int) -> HttpResponse:
    """The facts of a person are put right, with the reason."""
    row = queries.person_in_scope(person_id=person_id, scope=actor_of(request).scope_for(Word.CORRECT))
    initial = {"born": row.birth_date, "version": row.version} | {
        name: getattr(row, name) for name in ("name", "sex", "ethnicity", "deceased_on")
    }

    def act(told: Mapping[str, Any]) -> str:
        kept = {name: told[name] for name in ("version", "reason")}
        actions.correct_person(person_id=row.pk, draft=_draft(told), **kept, **by_at(request))
        return reverse("person", args=[row.pk])

    page = FormPage.about(
        row.name,
        reverse("person", args=[row.pk]),
        say("更正人员资料"),
        say("保存更正"),
        said=say("资料已更正。"),
    )
    return answer(request, forms.CorrectForm(request.POST or None, initial=initial), page, act=act)


def _draft(told: Mapping[str, Any]) -> actions.PersonDraft:
    return actions.PersonDraft(
        name=told["name"],
        sex=Sex(told["sex"]) if told["sex"] else None,
        born=told["born"],
        ethnicity=told["ethnicity"],
        deceased_on=told.get("deceased_on"),
    )


@requires(Word.REVEAL)
def reveal_document(request: HttpRequest, person_id: int, document_id: int) -> HttpResponse:
    """The full number of one paper, for a purpose."""
    return _reveal(request, person_id, document_id, actions.What.DOCUMENT)


@requires(Word.REVEAL)
def reveal_contact(request: HttpRequest, person_id: int, contact_id: int) -> HttpResponse:
    """A full mobile number, for a purpose."""
    return _reveal(request, person_id, contact_id, actions.What.CONTACT)


def _reveal(request: HttpRequest, person_id: int, row_id: int, what: actions.What) -> HttpResponse:
    """The purpose is asked, the look is journalled, the number is shown on this one page and kept nowhere."""
    scope = actor_of(request).scope_for(Word.REVEAL)
    row = queries.person_in_scope(person_id=person_id, scope=scope)
    finding.require_number_of(person=row, row_id=row_id, is_document=what is actions.What.DOCUMENT)
    form = forms.PurposeForm(request.POST or None)
    look = partial(actions.reveal, person_id=row.pk, what=what, row_id=row_id)
    page = FormPage(
        say("查看完整号码"),
        say("记下用途并查看"),
        shown.crumbs(row, say("查看完整号码")),
        reverse("person", args=[row.pk]),
        say("谁、什么时候、为什么查看，都会记下来，本人可以看到。"),
    )
    if form.is_bound and form.is_valid():
        try:
            number = look(**form.cleaned_data, **by_at(request))
        except Refused as error:
            complain(form, error)
        else:
            return _shown_once(request, page, number)
    return render(request, page.template, {"form": form, "page": page}, status=_status(form))


def _shown_once(request: HttpRequest, page: FormPage, number: str) -> HttpResponse:
    answered = render(request, "registry/revealed.html", {"page": page, "number": number})
    answered["Cache-Control"] = "no-store"
    return answered
