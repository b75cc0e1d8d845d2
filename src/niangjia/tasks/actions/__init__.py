"""Writes of the to-do list and of yearly duties; every one is journalled."""

from niangjia.tasks.actions.closing import cancel, finish, finish_task, reopen_finished
from niangjia.tasks.actions.duties import end_duty, lay_yearly_duties, start_duty
from niangjia.tasks.actions.following import follow, go_home
from niangjia.tasks.actions.laying import TaskDraft, hand_over, lay, lay_all, move_deadline
from niangjia.tasks.actions.passing import escalate_overdue, remind_of_deadlines
from niangjia.tasks.actions.undoing import forget_steps, offer_undo, take_back

__all__ = [
    "TaskDraft",
    "cancel",
    "end_duty",
    "escalate_overdue",
    "finish",
    "finish_task",
    "follow",
    "forget_steps",
    "go_home",
    "hand_over",
    "lay",
    "lay_all",
    "lay_yearly_duties",
    "move_deadline",
    "offer_undo",
    "remind_of_deadlines",
    "reopen_finished",
    "start_duty",
    "take_back",
]
