"""The way of a notice (domain.md §2.2): it runs its working days; every objection is answered."""

from enum import StrEnum

from niangjia.kernel.words import say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs


class State(StrEnum):
    """Where a notice stands."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED_CLEAR = "closed_clear"
    CLOSED_WITH_OBJECTION = "closed_with_objection"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


OUTCOMES = {Outcome.UPHELD: "异议成立", Outcome.DISMISSED: "异议不成立"}


class Place(StrEnum):
    """Where a notice is posted."""

    ONLINE = "online"
    BOARD = "board"
    BOTH = "both"


PLACES = {Place.ONLINE: "平台", Place.BOARD: "公示栏", Place.BOTH: "平台和公示栏"}

OPENS, ANSWERS = "notices.open", "notices.answer"

_BEGUN = needs("begun", say("还没有到公示开始的日子。"))
_RUN = needs("run", say("公示还没有满规定的工作日，不能提前结束。"))
_NO_OBJECTION = needs("no_objection", say("公示期间收到了异议，要先答复。"))
_OBJECTION = needs("objection", say("公示期间没有收到异议。"))
_ANSWERED = needs("answered", say("还有异议没有答复。请先逐条答复。"))
_REASON = needs("reason", say("请写明为什么撤下。"))

_WITHDRAW = Step("withdraw", "", State.WITHDRAWN, OPENS, (_REASON,), say("撤下公示"))

NOTICE = Workflow(
    State.SCHEDULED,
    (
        Step("begin", State.SCHEDULED, State.OPEN, OPENS, (_BEGUN,), say("开始公示")),
        Step("close", State.OPEN, State.CLOSED_CLEAR, OPENS, (_RUN, _NO_OBJECTION), say("结束公示")),
        Step(
            "close_objected",
            State.OPEN,
            State.CLOSED_WITH_OBJECTION,
            OPENS,
            (_RUN, _OBJECTION),
            say("结束有异议的公示"),
        ),
        Step(
            "resolve",
            State.CLOSED_WITH_OBJECTION,
            State.RESOLVED,
            ANSWERS,
            (_ANSWERED,),
            say("办结异议"),
        ),
        *from_each((State.SCHEDULED, State.OPEN), _WITHDRAW),
    ),
    labels={
        State.SCHEDULED: say("待公示"),
        State.OPEN: say("公示中"),
        State.CLOSED_CLEAR: say("期满无异议"),
        State.CLOSED_WITH_OBJECTION: say("期满，异议待办结"),
        State.RESOLVED: say("异议已办结"),
        State.WITHDRAWN: say("已撤下"),
    },
    ends=frozenset({State.CLOSED_CLEAR, State.RESOLVED, State.WITHDRAWN}),
)
"""公示 as a table: the CHECK constraint, the buttons and the refusals come from it."""
