"""How a task ends, and which kinds of tasks and messages this app has."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow


class TaskState(StrEnum):
    """A task lies open until it is done or falls away."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


TASK_WORDS: Mapping[str, Said] = {
    TaskState.OPEN: say("待办"),
    TaskState.DONE: say("已办结"),
    TaskState.CANCELLED: say("已撤销"),
}

TASK = Workflow(
    TaskState.OPEN,
    (
        Step("finish", TaskState.OPEN, TaskState.DONE, "tasks.read", label=say("办结")),
        Step("cancel", TaskState.OPEN, TaskState.CANCELLED, "tasks.supervise", label=say("撤销")),
        Step("reopen", TaskState.DONE, TaskState.OPEN, "tasks.read", label=say("撤回办结")),
    ),
    labels={str(state): words for state, words in TASK_WORDS.items()},
    ends=frozenset({TaskState.CANCELLED}),
)


TASK_KINDS: Mapping[str, Said] = {
    "tasks.escalated": say("督促下级"),
    "tasks.yearly_duty": say("年度事项"),
    "tasks.day_to_day": say("日常工作"),
}
"""The kinds of task of this app; others are told by the port `NIANGJIA_TASK_KINDS`."""

MESSAGE_KINDS: Mapping[str, Said] = {
    "tasks.reminder": say("期限提醒"),
    "tasks.escalated": say("下级超期上报"),
    "tasks.handed_over": say("转办给我的事项"),
    "tasks.changed": say("我的事项有进展"),
}
"""The kinds of message of this app (port `NIANGJIA_MESSAGE_KINDS`)."""
