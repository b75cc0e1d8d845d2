"""The way of an economic check, what may be answered, and what an answer means beside what was told. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

CHECK, BATCH = "means.check", "means.batch"
ADULT = 18
MONTHS = 12
ASK, ANSWER = "means.ask", "means.answer"


class State(StrEnum):
    """Where a check stands."""

    ASKED = "asked"
    SENT = "sent"
    ANSWERED = "answered"
    VOID = "void"


STATES: Mapping[str, Said] = {
    State.ASKED: say("待送核"),
    State.SENT: say("已送核，待反馈"),
    State.ANSWERED: say("已反馈"),
    State.VOID: say("已作废"),
}
_ALL = needs("everybody", say("还有家庭成员没有核对结果，不能办结。请补齐反馈。"))

CHECKING = Workflow(
    State.ASKED,
    (
        Step("send", State.ASKED, State.SENT, ASK, label=say("送民政核对")),
        Step("answer", State.SENT, State.ANSWERED, ANSWER, (_ALL,), say("反馈核对结果")),
        *from_each((State.ASKED, State.SENT), Step("void", "", State.VOID, ASK, label=say("作废核对"))),
    ),
    labels={str(state): words for state, words in STATES.items()},
    ends=frozenset({State.ANSWERED, State.VOID}),
)


class Outcome(StrEnum):
    """What civil affairs says of one person."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOTHING = "nothing"


OUTCOMES: Mapping[str, Said] = {
    Outcome.AGREES: say("相符"),
    Outcome.DIFFERS: say("不符"),
    Outcome.NOTHING: say("查无记录"),
}


class Way(StrEnum):
    """How somebody agreed to the check."""

    PAPER = "paper"
    DEVICE = "device"
    OWN = "own"


WAYS: Mapping[str, str] = {Way.PAPER: "纸质签字", Way.DEVICE: "当面在设备上签字", Way.OWN: "本人登录确认"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one person: the verdict, the yearly income found, and from which day it is."""

    outcome: Outcome
    amount: Yuan
    on: date


@dataclass(frozen=True, slots=True)
class Beside:
    """A member's told income beside what was found."""

    person_id: int
    name: str
    told: Yuan | None
    answer: Answer | None

    @property
    def gap(self) -> Yuan | None:
        """What was found more than told in a year; None while one of both is missing."""
        if self.told is None or self.answer is None or self.answer.outcome is Outcome.NOTHING:
            return None
        return self.answer.amount - self.told

    @property
    def differs(self) -> bool:
        """Whether a person must look: the verdict says so, or the sums are not the same."""
        return self.answer is not None and (self.answer.outcome is Outcome.DIFFERS or bool(self.gap))


def is_adult(born: date | None, day: date) -> bool:
    """Whether somebody signs for himself; of whom the birth is not known, he does.

    >>> is_adult(date(2000, 8, 21), date(2018, 8, 20)), is_adult(None, date(2018, 8, 20))
    (False, True)
    """
    return born is None or age_on(born, day) >= ADULT


def differing(rows: Sequence[Beside]) -> list[Beside]:
    """Those that somebody must explain before the file goes on."""
    return [row for row in rows if row.differs]


TASK_KINDS: Mapping[str, Said] = {"means.answer": say("反馈家庭经济状况核对")}

VERBS: Mapping[str, Said] = {
    "authorise_check": say("登记了核对授权"),
    "take_back_authorisation": say("撤回了核对授权"),
    "ask_check": say("提请了经济状况核对"),
    "send_check_batch": say("送出了核对批次"),
    "answer_check": say("反馈了核对结果"),
    "take_back_answer": say("撤回了核对结果"),
    "void_check": say("作废了经济状况核对"),
}
