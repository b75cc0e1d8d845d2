"""How a transfer goes: the old union gives its letter, the new one accepts, on one day (R-MEM-02)."""

from collections.abc import Mapping

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each

KIND = "transfers.transfer"
GIVES, TAKES, ASKS = "members.transfer", "members.transfer", "members.own"

TRANSFER = Workflow(
    start="asked",
    steps=(
        Step("introduce", "asked", "introduced", GIVES, label=say("开具介绍信，同意转出")),
        Step("decline", "asked", "declined", GIVES, label=say("不同意转出")),
        Step("accept", "introduced", "done", TAKES, label=say("接收会籍")),
        Step("send_back", "introduced", "asked", TAKES, label=say("退回原工会补充")),
        Step("refuse", "introduced", "refused", TAKES, label=say("不接收")),
        *from_each(("asked", "introduced"), Step("withdraw", "", "withdrawn", ASKS, label=say("撤回转会"))),
    ),
    labels={
        "asked": say("待转出工会办理"),
        "introduced": say("待转入工会接收"),
        "done": say("已接转"),
        "declined": say("转出工会未同意"),
        "refused": say("转入工会未接收"),
        "withdrawn": say("已撤回"),
    },
    ends=frozenset({"done", "declined", "refused", "withdrawn"}),
)

TASK_KINDS: Mapping[str, Said] = {"transfers.transfer": say("会籍接转")}
MESSAGE_KINDS: Mapping[str, Said] = {"transfers.changed": say("我的会籍有变化")}
