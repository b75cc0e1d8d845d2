"""A visit is reported, planned, recorded at the bed, signed for, recorded anew, cancelled, printed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.comfort import forms
from niangjia.comfort.views.around import LIST, home_of, page_of, row_of
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.faces import Face
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.sympathy import actions, queries
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import Occasion

if TYPE_CHECKING:
    from niangjia.sympathy.models import SympathyVisit


@requires(Word.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Somebody is to be visited: who, what, since when."""
    actor = actor_of(request)
    form = forms.ReportForm(request.POST or None, initial={"who": request.GET.get("who", "")[:50]})

    def act(told: Mapping[str, Any]) -> str:
        whom = queries.member_named(words=told["who"], actor=actor, word=Word.REPORT, today=clock.today())
        draft = actions.Report(told["occasion"], told["since"])
        row = actions.report_visit(person_id=whom, report=draft, **by_at(request))
        return home_of(request, row) if actor.may(Word.READ, at=row.path) else reverse("reported-visits")

    title = say("上报慰问")
    page = FormPage(
        title,
        say("上报，请工会去慰问"),
        crumbs=[Crumb(LIST), Crumb(title)],
        back=reverse("sympathy-visits" if actor.may(Word.READ) else "reported-visits"),
        words=say("报了就进了工会的待办；同一件事别人报过的，不会重复。"),
        said=say("已上报，工会的待办里已经有了。"),
    )
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def record(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """The visit as it was made; a form for the phone."""
    row, today = row_of(request, sympathy_id, Word.VISIT), clock.today()
    actor = actor_of(request)
    form = forms.RecordForm(
        request.POST or None,
        initial={"version": row.version, "visited_on": today, "officers": [str(actor.user_id)]},
        colleagues=queries.colleagues_of(path=row.path, actor=actor, day=today),
        died=row.occasion == Occasion.DEATH,
        hint=queries.cap_at(unit_id=row.unit_id, occasion=row.occasion, day=today).hint,
    )

    def act(told: Mapping[str, Any]) -> str:
        actions.record_visit(visit_id=row.pk, version=told["version"], visited=form.visited, **by_at(request))
        return home_of(request, row)

    title = say("登记慰问")
    page = page_of(request, row, title, title, said=say("已登记。"), template="comfort/record.html")
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def take(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """Receipt is taken after the visit."""
    row = row_of(request, sympathy_id, Word.VISIT)
    form = forms.ReceiptForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.take_receipt(
            visit_id=row.pk, version=told["version"], signed=form.signed, on_paper=told["on_paper"],
            **by_at(request),
        )  # fmt: skip
        return home_of(request, row)

    page = page_of(
        request, row, say("补办签收"), say("登记签收"), said=say("已签收。"), template="comfort/receipt.html"
    )
    return answer(request, form, page, act=act)


def _planned(_request: HttpRequest, row: "SympathyVisit") -> dict[str, Any]:
    """What is planned already: who goes, when, where."""
    return {
        "holder_id": row.holder_id,
        "planned_on": row.planned_on or row.due_on or clock.today(),
        "place": queries.words_of(visit=row, field="place"),
    }


def _colleagues(request: HttpRequest, row: "SympathyVisit") -> dict[str, Any]:
    """Who may be sent."""
    actor = actor_of(request)
    return {"colleagues": queries.colleagues_of(path=row.path, actor=actor, day=clock.today())}


FACES: tuple[Face, ...] = (
    Face(
        "plan-sympathy", "plan", Word.VISIT, actions.plan_visit, forms.PlanForm,
        say("安排慰问"), say("安排这次慰问"), say("已安排，负责人的待办里已经有了。"),
        initial=_planned, more=_colleagues,
    ),
    Face(
        "take-back-sympathy", "again", Word.VISIT, actions.take_back_visit, forms.ReasonForm,
        say("退回重登"), say("退回，重新登记"), say("已退回，请重新登记。"),
        final=say("退回后，登记的人员、金额和签收都作废，要重新登记。"),
    ),
    Face(
        "cancel-sympathy", "cancel", Word.VISIT, actions.cancel_visit, forms.ReasonForm,
        say("取消慰问"), say("取消这次慰问"), say("已取消。"),
        final=say("取消后这件慰问就结束了；以后需要，可以重新上报。"),
    ),
    Face(
        "sympathy-paper", "paper", Word.VISIT, actions.issue_registration, forms.NothingForm,
        say("打印慰问登记表"), say("生成登记表"), say("登记表已生成，在“附件与文书”里。"),
    ),
)  # fmt: skip
"""The steps of a visit of which the form is all: each names what its button does."""
