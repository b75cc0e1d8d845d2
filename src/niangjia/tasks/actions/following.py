"""Open tasks follow to another desk when their union ends, deadlines and all; undone, they lie as before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.tasks.models import Task
from niangjia.tasks.queries.one import KIND
from niangjia.tasks.rules import TaskState


@transaction.atomic
def follow(*, moves: Mapping[int, int], by: Actor, at: datetime) -> Sequence[Mapping[str, Any]]:
    """Each open task lies with another union, for whoever carries its word there; tells what undo needs.

    Called by a party of a restructure, beyond every scope.
    """
    rows = Task.objects.filter(pk__in=moves, state=TaskState.OPEN).select_for_update().order_by("pk")
    was = []
    for task in rows:
        was.append({"id": task.pk, "unit": task.unit_id, "holder": task.holder_id, "version": task.version})
        Task.objects.filter(pk=task.pk).update(unit=moves[task.pk], holder=None, version=F("version") + 1)
        after = {"unit": moves[task.pk], "before": task.unit_id}
        journal.record("follow_task", by=by, at=at, kind=KIND, object_id=task.pk, after=after)
    return was


@transaction.atomic
def go_home(*, was: Sequence[Mapping[str, Any]], by: Actor, at: datetime) -> None:
    """Each task lies where it lay. Raises Refused where one has gone on since."""
    for one in was:
        rows = Task.objects.filter(pk=one["id"], version=one["version"] + 1, state=TaskState.OPEN)
        home = {"unit": one["unit"], "holder": one["holder"], "version": one["version"]}
        if not rows.update(**home):
            raise Refused(say("有待办在撤并改之后已经办过一步，不能整体撤销。请按现在的情况办理。"))
        journal.record(
            "return_task", by=by, at=at, kind=KIND, object_id=one["id"], after={"unit": one["unit"]}
        )
