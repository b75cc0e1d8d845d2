"""A lead is reported; a household applies, anew or again; what is asked of the worker is put right."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.dossiers import forms
from niangjia.dossiers.views.around import LIST, TEMPLATE, gently, home_of, page_of, row_of
from niangjia.hardship import actions
from niangjia.hardship.actions import Lead
from niangjia.hardship.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Reach
from niangjia.kernel.doors import actor_of, person_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Crumb, Text
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.people import queries as people
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile


@requires(Word.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Somebody in need is reported in three fields; a worker reports himself (domain.md §2.4)."""
    actor = actor_of(request)
    form = _lead_form(request, actor)

    def act(told: Mapping[str, Any]) -> str:
        unit_id, lead = _lead_of(request, actor, told)
        row = actions.report_lead(unit_id=unit_id, lead=lead, **by_at(request))
        return home_of(request, row)

    title = say("上报困难线索")
    page = _alone(
        title, say("上报，请工会联系"), said=say("已上报。工会会按期联系，办到哪一步这里都能看到。")
    )
    return answer(request, form, page, act=act)


def _lead_form(request: HttpRequest, actor: Actor) -> forms.LeadForm:
    reach = actor.words.get(Word.REPORT)
    if reach is Reach.OWN:
        return forms.OwnLeadForm(request.POST or None)
    if reach is Reach.UNIT:
        return forms.LeadForm(request.POST or None)
    form = forms.LeadForForm(request.POST or None)
    form.fields["unit"].rows = tree.units_in_scope(scope=actor.scope_for(Word.REPORT))  # type: ignore[attr-defined]
    return form


def _lead_of(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> tuple[int, Lead]:
    if actor.words.get(Word.REPORT) is not Reach.OWN:
        unit = told.get("unit")
        return unit.pk if unit else actor.unit_id or 0, Lead(told["name"], told["place"], told["words"])
    person_id = person_of(request)
    with beyond():
        person = people.records(person_ids=[person_id]).get()
        member = members.counting_now(person_id=person_id, day=clock.today())
    unit_id = member.union_id if member else person.keeper_id
    return unit_id, Lead(person.name, told["place"], told["words"], person_id=person_id)


def _alone(title: Text, button: Text, *, said: Text, words: Text = "") -> FormPage:
    """The page around a form before there is a file."""
    back = reverse("hardship-files")
    crumbs = [Crumb(LIST, back), Crumb(title)]
    return FormPage(title, button, crumbs=crumbs, back=back, words=words, said=said, template=TEMPLATE)


@requires(Word.APPLY)
def new(request: HttpRequest) -> HttpResponse:
    """A household applies without a lead: an officer on behalf, or the worker for his own."""
    household = request.GET.get("household", "")
    initial = {"household": household} if household.isdecimal() else {}
    form = forms.NewFileForm(request.POST or None, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        def step() -> object:
            return actions.apply_for_file(
                file_id=None, household_id=told["household"], asked=form.asked, **by_at(request)
            )

        row: Any = gently(step)
        return home_of(request, row)

    words = say("家庭成员、收入和支出都从家庭档案带来，不用再填。")
    title = say("为一户家庭建档")
    page = _alone(title, say("提交建档申请"), said=say("申请已提交，请把编号告诉家庭。"), words=words)
    return answer(request, form, page, act=act)


@requires(Word.APPLY)
def apply(request: HttpRequest, file_id: int) -> HttpResponse:
    """A lead becomes an application."""
    row = row_of(request, file_id, Word.APPLY)
    initial = {"version": row.version, "household": row.household_id}
    form = forms.ApplyForm(request.POST or None, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        def step() -> object:
            return actions.apply_for_file(
                file_id=row.pk,
                household_id=told["household"],
                asked=form.asked,
                version=told["version"],
                **by_at(request),
            )

        gently(step)
        return home_of(request, row)

    page = page_of(
        request, row, say("填报建档申请"), say("提交建档申请"), said=say("申请已提交，请把编号告诉家庭。")
    )
    return answer(request, form, page, act=act)


@requires(Word.REVIEW)
def temporary(request: HttpRequest, file_id: int) -> HttpResponse:
    """A household that cannot wait has a temporary file."""
    row = row_of(request, file_id, Word.REVIEW)
    initial = {"version": row.version, "household": row.household_id}
    form = forms.TemporaryForm(request.POST or None, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        def step() -> object:
            return actions.open_temporary(
                file_id=row.pk,
                household_id=told["household"],
                version=told["version"],
                reason=told["reason"],
                **by_at(request),
            )

        gently(step)
        return home_of(request, row)

    page = page_of(request, row, say("建临时档案"), say("先建临时档案"), said=say("临时档案已建立。"))
    return answer(request, form, page, act=act)


def _again(
    request: HttpRequest,
    row: "NeedyWorkerFile",
    step: Callable[..., object],
    page: FormPage,
) -> HttpResponse:
    initial = {
        "version": row.version,
        "level": row.level,
        "labour_since": row.labour_since,
        "lives_here": {True: forms.YES, False: forms.NO}.get(row.lives_here, ""),  # type: ignore[arg-type]
    }
    form = forms.AskedForm(request.POST or None, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        step(file_id=row.pk, asked=form.asked, version=told["version"], **by_at(request))
        return home_of(request, row)

    return answer(request, form, page, act=act)


@requires(Word.APPLY)
def answer_return(request: HttpRequest, file_id: int) -> HttpResponse:
    """What was missing is there now."""
    row = row_of(request, file_id, Word.APPLY)
    page = page_of(request, row, say("补正后再报"), say("补正好了，再次提交"), said=say("已再次提交。"))
    return _again(request, row, actions.answer_return, page)


@requires(Word.APPLY)
def reopen(request: HttpRequest, file_id: int) -> HttpResponse:
    """The family is in need again."""
    row = row_of(request, file_id, Word.APPLY)
    words = say("用原编号重新申请，从初审开始；以前的走访、核对和公示不再算数。")
    page = page_of(
        request, row, say("重新申请"), say("用原编号重新申请"), said=say("已重新申请。"), words=words
    )
    return _again(request, row, actions.reopen_file, page)


@requires(Word.APPLY)
def amend(request: HttpRequest, file_id: int) -> HttpResponse:
    """Labour relation, residence and standard are put right."""
    row = row_of(request, file_id, Word.APPLY)
    if row.household_id is None:
        raise Refused(say("这条线索还没有登记家庭。请先填报建档申请。"))
    page = page_of(
        request,
        row,
        say("更正劳动关系和建档标准"),
        say("保存更正"),
        said=say("已保存，认定结果按新的内容计算。"),
    )
    return _again(request, row, actions.amend_asked, page)
