"""How a supervised task goes from unit to unit (domain.md §2.2 `Task`, R-LEAD-07). Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow

KIND = "supervision.supervised_task"


class Supervised(StrEnum):
    """A supervised task is given, replied to, accepted or sent back, or withdrawn by whoever gave it."""

    GIVEN = "given"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


SUPERVISION_WORDS: Mapping[str, Said] = {
    Supervised.GIVEN: say("已交办，待回复"),
    Supervised.REPLIED: say("已回复，待核"),
    Supervised.ACCEPTED: say("已办结"),
    Supervised.WITHDRAWN: say("已撤回"),
}

SUPERVISION = Workflow(
    Supervised.GIVEN,
    (
        Step("reply", Supervised.GIVEN, Supervised.REPLIED, "supervision.reply", label=say("回复")),
        Step("accept", Supervised.REPLIED, Supervised.ACCEPTED, "supervision.give", label=say("同意办结")),
        Step("send_back", Supervised.REPLIED, Supervised.GIVEN, "supervision.give", label=say("退回补充")),
        Step("take_back", Supervised.REPLIED, Supervised.GIVEN, "supervision.reply", label=say("撤回回复")),
        Step("withdraw", Supervised.GIVEN, Supervised.WITHDRAWN, "supervision.give", label=say("撤回交办")),
    ),
    labels={str(state): words for state, words in SUPERVISION_WORDS.items()},
    ends=frozenset({Supervised.ACCEPTED, Supervised.WITHDRAWN}),
)

TASK_KINDS: Mapping[str, Said] = {
    "supervision.task": say("督办"),
    "supervision.reply": say("核对督办回复"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"supervision.changed": say("督办往来")}
