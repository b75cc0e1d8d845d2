"""How the journal is told: its verbs, its kinds of records, and the words for what is no column. Pure."""

from niangjia.chronicle.rules.verbs import OF_KIND, VERBS
from niangjia.kernel.words import Said, say

KINDS = {
    "network.organisation": say("工会组织"),
    "network.employer": say("用人单位"),
    "network.bulk": say("成批登记"),
    "bodies.zone": say("商圈与园区"),
    "bodies.facility": say("阵地"),
    "bodies.bulk": say("成批登记的商圈单位"),
    "people.person": say("人员"),
    "people.bulk": say("成批登记的人员"),
    "members.bulk": say("成批登记的会员"),
    "accounts.user": say("账号"),
    "accounts.post": say("岗位"),
    "policies.local_value": say("政策值"),
    "papers.paper": say("文书"),
    "papers.attachment": say("附件"),
    "exchange.batch": say("导入批次"),
    "exchange.leaving": say("导出名单"),
    "tasks.task": say("待办"),
    "supervision.supervised_task": say("督办"),
    "restructuring.restructure": say("撤并改"),
    "tree.unit": say("隶属关系"),
    "ledger.book": say("账簿"),
    "ledger.entry": say("凭证"),
    "ledger.voucher": say("待复核凭证"),
    "kernel.journal": say("操作日志"),
    "kernel.personkey": say("密钥"),
    "joining.membership_application": say("入会申请"),
    "joining.join_qr": say("入会二维码"),
    "joining.bulk": say("成批批准的入会申请"),
    "drives.join_drive": say("集中入会行动"),
    "founding.union_establishment": say("建会申请"),
    "matching.duplicate_case": say("疑似重复"),
    "matching.search": say("查重"),
    "demo.world": say("演示数据"),
    "network.tally": say("组织与单位汇总"),
    "members.tally": say("会员汇总"),
    "bodies.term": say("委员会届次"),
    "bodies.leave_zone": say("商圈单位"),
    "messaging.preference": say("接收消息的方式"),
    "notices.notice": say("公示"),
    "people.personrequest": say("个人信息申请"),
    "people.revealalarm": say("查看异常提醒"),
    "tasks.duty_start": say("年度事项"),
    "members.membership": say("会籍"),
    "dues.duesrecord": say("会费"),
    "transfers.transfer": say("转会"),
    "visits.home_visit": say("入户走访"),
    "phones.device": say("走访手机"),
    "phones.held_upload": say("待核的走访"),
    "households.household": say("家庭档案"),
    "campaigns.campaign": say("专项行动"),
    "hardship.needy_worker_file": say("困难职工档案"),
    "means.check": say("家庭经济状况核对"),
    "means.batch": say("送核批次"),
    "campaigns.target": say("走访对象"),
    "campaigns.bulk": say("成批列入的走访对象"),
    "vitality.activity": say("活动"),
    "sympathy.visit": say("慰问"),
    "handouts.batch": say("慰问批次"),
    "aid.application": say("帮扶申请"),
    "payments.bank_account": say("收款账户"),
    "payments.payment_order": say("支付单"),
    "payments.payment_batch": say("付款批次"),
    "statements.bank_statement": say("银行对账单"),
    "vitality.sevenhaves": say("“七有”核对"),
}
TERMS = {
    "parent": say("上级组织"),
    "keeper": say("登记组织"),
    "union": say("工会"),
    "organisation": say("组织"),
    "child": say("编入的工会"),
    "since": say("起"),
    "until": say("止"),
    "paper": say("依据文件"),
    "number": say("届次"),
    "post": say("职务"),
    "counts": say("计入统计"),
}
"""Words for keys of the journal that are no columns of the record."""
UNITS = frozenset({"parent", "keeper", "union", "organisation", "child"})
"""Keys that hold the number of a unit."""


def said_of(verb: str, kind: str = "") -> Said:
    """What a verb says of a kind of record; one that is not known here stands as it is."""
    return OF_KIND.get(kind, {}).get(verb) or VERBS.get(verb) or say("办理了一步（{verb}）", verb=verb)


def kind_of(kind: str) -> Said:
    """What a record is called."""
    return KINDS.get(kind) or say("{kind}", kind=kind)
