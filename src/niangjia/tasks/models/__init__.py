"""Tables of tasks, steps that may be taken back, yearly duties."""

from niangjia.tasks.models.duties import DutyStart
from niangjia.tasks.models.tasks import Task, Undo

__all__ = ["DutyStart", "Task", "Undo"]
