"""What the journal and the history of a file say of each verb. Pure."""

from collections.abc import Mapping

from niangjia.kernel.words import Said, say

VERBS: Mapping[str, Said] = {
    "report_hardship": say("上报了困难线索"),
    "apply_for_file": say("提交了建档申请"),
    "amend_file": say("更正了建档申请"),
    "withdraw_file": say("撤回了建档申请"),
    "appeal_refusal": say("提出了申诉"),
    "first_review_file": say("初审通过了档案"),
    "take_up_visit": say("确认了上门走访"),
    "ask_check_of_file": say("提请了家庭经济状况核对"),
    "town_review_file": say("审核通过了档案（镇街）"),
    "send_back_file": say("退回了档案，要求补正"),
    "reject_file": say("作出了不予建档的决定"),
    "decide_appeal": say("答复了申诉"),
    "drop_lead": say("结束了困难线索"),
    "open_temporary_file": say("建了临时档案"),
    "promote_file": say("把临时档案转正"),
    "cancel_temporary_file": say("注销了临时档案"),
    "declare_relative": say("声明回避"),
    "open_file_notice": say("安排了建档公示"),
    "review_file_again": say("因异议重新审核"),
    "send_file_down": say("把档案退回镇街重审"),
    "approve_file": say("批准了建档"),
    "enter_file": say("把档案入了库"),
    "start_file_review": say("开始复核档案"),
    "say_file_review": say("提出了复核意见"),
    "renew_file": say("复核后继续在档"),
    "change_file_category": say("复核后变更了困难类别"),
    "propose_end_of_file": say("提出了脱困或注销"),
    "lift_file": say("确认了脱困"),
    "cancel_file": say("确认了注销"),
    "refuse_end_of_file": say("没有同意脱困或注销"),
}
