"""The officer's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.portal import queries
from niangjia.portal.forms import ToDoForm
from niangjia.portal.permissions import Word


@requires(Word.DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the acting post."""
    actor = actor_of(request)
    asked = ToDoForm(request.GET)
    page = queries.desk(
        actor=actor,
        today=clock.today(),
        filters=queries.Filters(**asked.answers()),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    if page.todo is not None:
        asked.offer(kinds=page.todo.kinds, below=page.todo.may_look_below)
    return render(request, "portal/desk.html", {"page": page, "filters": asked})
