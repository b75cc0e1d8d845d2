"""A task's own page, ticking it off, handing it over, and taking a step back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, own_only, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import Said, say
from niangjia.tasks import actions, queries
from niangjia.tasks.forms import FinishForm, HandOverForm
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tree import queries as tree


@requires(Word.READ)
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task: with whom it lies, until when, what happened to it."""
    page = queries.task_page(task_id=task_id, actor=actor_of(request), today=clock.today())
    return render(request, "tasks/task.html", {"page": page})


@requires(Word.READ)
def finish(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task that needs no other page is ticked off."""
    actor = actor_of(request)
    row = queries.task_in_scope(task_id=task_id, scope=actor.scope_for(Word.READ), actor=actor)

    def act(told: Mapping[str, Any]) -> str:
        actions.finish_task(task_id=row.pk, **told, **by_at(request))
        return reverse("desk")

    form = FinishForm(_posted(request), initial={"version": row.version})
    return answer(request, form, _page(row, say("办结"), say("办结这件事")), act=act)


@requires(Word.HAND_OVER)
def hand_over(request: HttpRequest, task_id: int) -> HttpResponse:
    """Another desk, or one person of this one, has the task."""
    actor = actor_of(request)
    scope = actor.scope_for(Word.HAND_OVER)
    row = queries.task_in_scope(task_id=task_id, scope=scope, actor=actor)
    here = queries.holders_of(task=row, day=clock.today(), whole_desk=True)
    holders = [(one.user_id, f"{one.name} {one.title}".strip()) for one in here]
    units = tree.units_in_scope(scope=scope).filter(until=None)
    form = HandOverForm(_posted(request), rows=units, holders=holders)

    def act(told: Mapping[str, Any]) -> str:
        goal, holder = told["unit"], told["holder"]
        actions.hand_over(
            task_id=row.pk,
            unit_id=goal.pk if goal else None,
            holder_id=int(holder) if holder else None,
            reason=told["reason"],
            **by_at(request),
        )
        return reverse("desk")

    return answer(request, form, _page(row, say("转办"), say("转办这件事"), said=say("已转办。")), act=act)


@own_only("everybody takes back his own step")
@require_POST
def take_back(request: HttpRequest, undo_id: int) -> HttpResponse:
    """The step is taken back, while there is time."""
    actions.take_back(undo_id=undo_id, **by_at(request))
    messages.success(request, gettext("已撤回，事情回到办理之前的样子。"))
    return redirect("desk")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(row: Task, title: Said, button: Said, *, said: Said | str = "") -> FormPage:
    known = (
        Fact(say("事项"), row.said),
        Fact(say("办理组织"), row.unit.name),
        Fact(say("期限"), row.due_on or "—"),
    )
    here = reverse("task", args=[row.pk])
    return FormPage.about(row.said, here, title, button, said=said, known=known)
