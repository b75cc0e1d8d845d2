"""What the family does next, in plain words, wherever its application stands (ui.md A5). Pure."""

from collections.abc import Mapping

from niangjia.aid.rules import State
from niangjia.kernel.words import Said, say

NEXT_THING: Mapping[str, Said] = {
    State.DRAFT: say("接着填完，再提交。没有提交以前，工会看不到。"),
    State.LINKED: say("这名学生今年已有一件申请，钱只发一次。不用您再办；那件撤了，可以改为单独申请。"),
    State.SUBMITTED: say("请等工会干部上门。上门时请准备好户口簿、身份证和上传过的材料原件。"),
    State.RETURNED: say("请按下面写的补好，再提交一次。"),
    State.VISITED: say("现在不用您办。工会正在审核。"),
    State.REVIEWED: say("现在不用您办。审核已通过，就要公示。"),
    State.NOTICED: say("现在不用您办。公示只写“张某”和金额段，不写困难原因。"),
    State.APPROVED: say("已经批准。现在不用您办，钱会发到您登记的账户。"),
    State.PAYING: say("正在付款。到账会有消息告诉您。"),
    State.PAID: say("钱已付出。请查一下账户，收到了就点“我收到了”。"),
    State.CONFIRMED: say("您已确认收到。不用再办什么。"),
    State.CLOSED: say("已经办完。以后有困难，随时再来。"),
    State.REFUSED: say("看一看下面的理由。不同意，可以申诉，由上一级工会重新看。"),
    State.APPEALED: say("现在不用您办。上一级工会正在看您的申诉。"),
    State.DISMISSED: say("申诉已有结论。情况有变化，可以重新申请。"),
    State.WITHDRAWN: say("您已撤回。以后需要，可以再申请。"),
    State.REFUNDED: say("款已退回工会。有疑问，请问所在工会。"),
}
