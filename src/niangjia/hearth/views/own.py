"""我的家庭: what is known of the reader's household, his consents, what he tells himself."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niangjia.hearth import queries
from niangjia.hearth.forms.homes import ConsentForm
from niangjia.hearth.queries import Mine
from niangjia.hearth.views.telling import changes_of, form_of, say_what_differs, who
from niangjia.households import actions, rules
from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.households.queries import Inmate
from niangjia.households.rules import Section
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say
from niangjia.people import actions as people

HERE = say("我的家庭")
TEMPLATE = "hearth/form.html"


def _mine(request: HttpRequest) -> Mine:
    return queries.mine_of(actor=actor_of(request), today=clock.today())


@requires(Word.TELL)
def mine(request: HttpRequest) -> HttpResponse:
    """What the union knows of my household, from whom, and what I may still tell; without one, what to do."""
    actor = actor_of(request)
    if not households.has_household(person_id=actor.person_id):
        return render(request, "hearth/nobody.html")
    page = queries.own_page(actor=actor, today=clock.today())
    return render(request, "hearth/mine.html", {"page": page})


@requires(Word.TELL)
def consents(request: HttpRequest) -> HttpResponse:
    """Each use of sensitive data is asked by itself before anything is told (PIPL 14, 29, 31)."""
    mine = _mine(request)
    asked = [one for one in mine.purposes if one.code not in mine.given]
    form = ConsentForm(request.POST or None, purposes=asked)

    def act(told: Mapping[str, Any]) -> str:
        for one in asked:
            if told[one.code]:
                people.give_consent(person_id=mine.me.person_id, purpose=one.code, **by_at(request))
        section, whose = _mine(request).steps[0]
        return queries.address_of(section=section, one=whose, onward=True)

    known = tuple(Fact(one.label, say("已同意")) for one in mine.purposes if one.code in mine.given)
    page = FormPage(
        say("先征得您的同意"),
        say("就按这样，开始填写"),
        crumbs=[Crumb(HERE, reverse("my-household")), Crumb(say("同意"))],
        back=reverse("my-household"),
        words=say("可以只同意一部分，也可以都不同意：不同意的内容就不问您。同意以后随时可以撤回。"),
        known=known,
        template=TEMPLATE,
    )
    return answer(request, form, page, act=act)


@requires(Word.TELL)
@limited("tell_own", most=60, seconds=600)
def tell(request: HttpRequest, section_code: str) -> HttpResponse:
    """A section of my household."""
    section = rules.BY_SECTION.get(section_code)
    if section is None:
        raise NotVisible
    return _told(request, _mine(request), section, None)


@requires(Word.TELL)
@limited("tell_own", most=60, seconds=600)
def tell_member(request: HttpRequest, inmate_id: int) -> HttpResponse:
    """Myself, or somebody for whom I may speak."""
    mine = _mine(request)
    return _told(request, mine, rules.OF_MEMBER, queries.member_told(mine=mine, member_id=inmate_id))


def _told(request: HttpRequest, mine: Mine, section: Section, one: Inmate | None) -> HttpResponse:
    facts = mine.asks(section, one)
    if not facts:
        return redirect("my-household-consents")
    member = one.number if one else None
    form = form_of(request, mine.row, facts, member)
    goal = _next(mine, section, one) if request.GET.get("onward") else ""

    def act(_told: Mapping[str, Any]) -> str:
        changes = changes_of(form, mine.row, member)
        say_what_differs(request, actions.tell_own(changes=changes, **by_at(request)))
        return goal or reverse("my-household")

    return answer(request, form, _page(mine, section, one, onward=bool(goal)), act=act)


def _next(mine: Mine, section: Section, one: Inmate | None) -> str:
    """The page after this one; after the last the household as a whole, to be checked (ui.md A4)."""
    places = [(step.code, whose.number if whose else None) for step, whose in mine.steps]
    here = places.index((section.code, one.number if one else None)) + 1
    if here == len(places):
        return reverse("my-household")
    step, whose = mine.steps[here]
    return queries.address_of(section=step, one=whose, onward=True)


def _page(mine: Mine, section: Section, one: Inmate | None, *, onward: bool) -> FormPage:
    title = say("{name}的情况", name=one.name) if one else section.label
    places = [(step.code, whose.number if whose else None) for step, whose in mine.steps]
    here = places.index((section.code, one.number if one else None)) + 1
    words = say("第 {n} 步，共 {all} 步。不清楚的可以空着，以后再填。", n=here, all=len(places))
    return FormPage(
        title,
        say("保存，下一步") if onward else say("保存"),
        crumbs=[Crumb(HERE, reverse("my-household")), Crumb(title)],
        back=reverse("my-household"),
        words=words if onward else say("不清楚的可以空着，以后再填。"),
        known=who(one) if one else (),
        said=say("已保存。"),
        template=TEMPLATE,
    )
