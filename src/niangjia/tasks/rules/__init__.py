"""What is true of tasks, deadlines and yearly duties. Pure."""

from niangjia.tasks.rules.deadlines import Bucket, Terms, bucket_of, next_reminder
from niangjia.tasks.rules.states import MESSAGE_KINDS, TASK, TASK_KINDS, TASK_WORDS, TaskState
from niangjia.tasks.rules.todo import TodoItem, TodoSource
from niangjia.tasks.rules.yearly import Duty, due_in, duties_of

__all__ = [
    "MESSAGE_KINDS",
    "TASK",
    "TASK_KINDS",
    "TASK_WORDS",
    "Bucket",
    "Duty",
    "TaskState",
    "Terms",
    "TodoItem",
    "TodoSource",
    "bucket_of",
    "due_in",
    "duties_of",
    "next_reminder",
]
