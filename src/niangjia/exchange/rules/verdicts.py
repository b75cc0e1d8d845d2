"""What is said of each row before anything is entered, and what becomes of a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from niangjia.kernel.words import Said, say


class Verdict(StrEnum):
    """What would become of a row."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    ERROR = "error"


class Fate(StrEnum):
    """What has become of a row."""

    WAITING = "waiting"
    ENTERED = "entered"
    REFUSED = "refused"
    UNDONE = "undone"
    KEPT = "kept"


class State(StrEnum):
    """The life of a batch of rows that come in."""

    CHECKING = "checking"
    UNREADABLE = "unreadable"
    CHECKED = "checked"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDOING = "undoing"
    UNDONE = "undone"
    HALTED = "halted"


class Leave(StrEnum):
    """The life of a list that goes out."""

    ASKED = "asked"
    RUNNING = "running"
    READY = "ready"
    REFUSED = "refused"
    GONE = "gone"


ENTERS = (Verdict.NEW, Verdict.UPDATE)
RUNNING = (State.CHECKING, State.COMMITTING, State.UNDOING)

VERDICT_LABELS: Mapping[Verdict, Said] = {
    Verdict.NEW: say("新增"),
    Verdict.UPDATE: say("更新"),
    Verdict.UNCHANGED: say("没有变化"),
    Verdict.DUPLICATE: say("文件内重复"),
    Verdict.CONFLICT: say("冲突"),
    Verdict.ERROR: say("有误"),
}
VERDICT_SHAPES: Mapping[Verdict, str] = {
    Verdict.NEW: "now", Verdict.UPDATE: "now", Verdict.UNCHANGED: "done",
    Verdict.DUPLICATE: "todo", Verdict.CONFLICT: "warn", Verdict.ERROR: "stop",
}  # fmt: skip
FATE_LABELS: Mapping[Fate, Said] = {
    Fate.WAITING: say("未入册"),
    Fate.ENTERED: say("已入册"),
    Fate.REFUSED: say("入册时未通过"),
    Fate.UNDONE: say("已撤回"),
    Fate.KEPT: say("之后有改动，未撤回"),
}
STATE_LABELS: Mapping[State, Said] = {
    State.CHECKING: say("正在检查"),
    State.UNREADABLE: say("读不出来"),
    State.CHECKED: say("已检查，等您确认"),
    State.COMMITTING: say("正在入册"),
    State.COMMITTED: say("已入册"),
    State.UNDOING: say("正在撤回"),
    State.UNDONE: say("已撤回"),
    State.HALTED: say("已停下"),
}
STATE_SHAPES: Mapping[State, str] = {
    State.CHECKING: "now", State.UNREADABLE: "stop", State.CHECKED: "now", State.COMMITTING: "now",
    State.COMMITTED: "done", State.UNDOING: "now", State.UNDONE: "stop", State.HALTED: "warn",
}  # fmt: skip
LEAVE_LABELS: Mapping[Leave, Said] = {
    Leave.ASKED: say("等第二人批准"),
    Leave.RUNNING: say("正在生成"),
    Leave.READY: say("可以下载"),
    Leave.REFUSED: say("未批准"),
    Leave.GONE: say("已过期"),
}
LEAVE_SHAPES: Mapping[Leave, str] = {
    Leave.ASKED: "todo", Leave.RUNNING: "now", Leave.READY: "done",
    Leave.REFUSED: "stop", Leave.GONE: "stop",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which column of the kind; without one it is about the whole row."""

    words: Said
    column: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file that was understood: its number there, its values by column."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a kind says of a row: its verdict with reasons, and the record it would change.

    `changes` holds, for an update, the columns that differ as (before, after) in words.
    """

    verdict: Verdict
    problems: Sequence[Problem] = ()
    target: int | None = None
    version: int = 0
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a row at commit: the record, its version now, what it was; or why it was refused."""

    target: int | None = None
    version: int = 0
    before: Mapping[str, Any] | None = None
    refused: Said | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that was entered, as undo finds it: the record, the version then, what it was before."""

    number: int
    target: int
    version: int
    before: Mapping[str, Any] | None
