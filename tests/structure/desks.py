"""What lies on the desks of the two cities: tasks, supervised tasks, duties, messages, steps to take back."""

import uuid

from tests.conftest import AT, TODAY

from niangjia.kernel.words import say
from niangjia.messaging.models import Delivery, Message, Preference, Reader
from niangjia.messaging.rules import kept
from niangjia.supervision.models import SupervisedTask
from niangjia.tasks.models import DutyStart, Task, Undo


def lay(world, mark, town, union, user):
    """A task on the desk of the town and one at the firm, each with all that hangs on it."""
    for unit in (town, union):
        title = f"{mark}{unit.kind[0]}待办"
        task = Task.objects.create(
            key=title, kind="tasks.yearly_duty", title=kept(say("{title}", title=title)), unit=unit.unit,
            word="tasks.read", laid_at=AT, standing_at=AT, due_on=TODAY, by_hand=True,
        )  # fmt: skip
        world.add("task_id", task.pk, unit.path, title)
    asked = SupervisedTask.objects.create(
        from_unit_id=town.unit.parent_id, to_unit=town.unit, title=f"{mark}督办", due_on=TODAY, given_at=AT
    )
    world.add("supervised_id", asked.pk, town.path, asked.title)
    start = DutyStart.objects.create(unit=town.unit, code="statistics-town", since=TODAY, set_at=AT)
    world.add("duty_id", start.pk, town.path)
    _told(world, mark, town, union, user)


def _told(world, mark, town, union, user):
    message = Message.objects.create(
        key=mark,
        user=user,
        kind="tasks.reminder",
        title=kept(say("{mark}来信", mark=mark)),
        unit=town.unit,
        at=AT,
    )
    Delivery.objects.create(message=message, unit=town.unit, channel="sms", number=uuid.uuid4(), due_at=AT)
    Preference.objects.create(user=user, kind="tasks.reminder", channel="sms", how="off")
    Reader.objects.create(user=user, language="en")
    undo = Undo.objects.create(
        verb="tasks.finish", said=kept(say("办结")), about_kind="tasks.task", about_id=1,
        user_id=user.pk, at=AT, expires_at=AT.replace(year=2099),
    )  # fmt: skip
    world.add("message_id", message.pk, union.path, f"{mark}来信")
    world.add("undo_id", undo.pk, union.path)
