"""On whose desk since when: what the applicant or originator of a matter may know (R-G-08, ui.md A5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said
from niangjia.messaging.rules import told
from niangjia.tasks.models import Task
from niangjia.tasks.queries.deadlines import terms_for
from niangjia.tasks.rules import TaskState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter lies: the unit, the posts that hold it (never a telephone), since, until, then what."""

    title: Said
    unit_name: str
    posts: Sequence[Said | str]
    since: date
    due_on: date | None
    next_step: Said | None
    workdays_left: int | None
    is_overdue: bool


def standing_of(*, about_kind: str, about_id: int, today: date) -> list[Standing]:
    """The desks on which a matter lies today; whoever may see the matter may ask, whatever his scope."""
    with beyond():
        rows = Task.objects.filter(
            about_kind=about_kind, about_id=about_id, state=TaskState.OPEN, raised_from=None
        )
        tasks = list(rows.select_related("unit").order_by("standing_at", "id"))
        holders = accounts.holders_at(unit_ids={task.unit_id for task in tasks}, day=today) if tasks else ()
        return [_standing(task, holders, today) for task in tasks]


def _standing(task: Task, holders: Sequence[accounts.Holder], today: date) -> Standing:
    left = None
    if task.due_on is not None and task.due_on >= today:
        left = terms_for(path=task.path, day=today).calendar.between(today, task.due_on)
    return Standing(
        title=task.said,
        unit_name=task.unit.name,
        posts=tuple(dict.fromkeys(holder.post for holder in holding(task=task, holders=holders))),
        since=clock.day_of(task.standing_at),
        due_on=task.due_on,
        next_step=told(task.next_step) if task.next_step else None,
        workdays_left=left,
        is_overdue=task.due_on is not None and task.due_on < today,
    )


def holding(
    *, task: Task, holders: Sequence[accounts.Holder], whole_desk: bool = False
) -> list[accounts.Holder]:
    """With whom a task lies: one person, or every post of the unit with the word; nobody recused."""
    here = [h for h in holders if h.unit_id == task.unit_id and h.person_id not in task.recused]
    if task.holder_id is not None and not whole_desk:
        return [holder for holder in here if holder.user_id == task.holder_id]
    return [holder for holder in here if holder.carries(task.word)]
