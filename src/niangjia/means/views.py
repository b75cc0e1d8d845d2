"""What is sent to civil affairs, and what comes back."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.means import actions, forms, queries
from niangjia.means.permissions import Word

CHECKS = say("家庭经济状况核对")


@requires(Word.ANSWER)
def batches(request: HttpRequest) -> HttpResponse:
    """What was sent to civil affairs, with how many answers are still out; what waits to be sent."""
    page = queries.batch_list(
        actor=actor_of(request), before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    return render(request, "means/batches.html", {"page": page, "title": CHECKS})


@requires(Word.ANSWER)
def batch(request: HttpRequest, check_batch_id: int) -> HttpResponse:
    """One batch: whose answers are in, and the two files."""
    page = queries.batch_page(batch_id=check_batch_id, actor=actor_of(request))
    crumbs = [Crumb(CHECKS, reverse("means")), Crumb(str(page.batch))]
    return render(request, "means/batch.html", {"page": page, "crumbs": crumbs})


@requires(Word.ASK)
def send(request: HttpRequest) -> HttpResponse:
    """Everything that waits goes to civil affairs as one batch."""
    actor = actor_of(request)

    def act(told: Mapping[str, Any]) -> str:
        row = actions.send_batch(unit_id=actor.unit_id or 0, purpose=told["purpose"], **by_at(request))
        return reverse("means-batch", args=[row.pk])

    title = say("送民政核对")
    page = FormPage(
        title,
        say("生成送核批次"),
        crumbs=[Crumb(CHECKS, reverse("means")), Crumb(title)],
        back=reverse("means"),
        words=say("把等待送核的家庭列成一批；名单含完整证件号码，导出须由第二人批准。"),
        said=say("批次已生成，请导出名单送民政部门。"),
    )
    return answer(request, forms.BatchForm(request.POST or None), page, act=act)
