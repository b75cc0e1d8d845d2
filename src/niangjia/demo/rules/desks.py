"""What lies on the desk of each role in the demo world: overdue, for today, for later. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.kernel.access import Role

LATE, NOW, SOON = -2, 0, 5


@dataclass(frozen=True, slots=True)
class SupervisedSketch:
    """Something asked of a union below; `reply` is empty while it waits."""

    giver: str
    to_unit: str
    title: str
    words: str
    days: int
    reply: str = ""


TO_DO: Mapping[Role, tuple[tuple[str, int], ...]] = {
    Role.GRP: (
        ("通知本组职工女职工体检时间", LATE),
        ("了解本组职工家庭困难情况", NOW),
        ("收集合理化建议", SOON),
    ),
    Role.PRI: (("核对本单位职工人数", LATE), ("公布本季度厂务公开内容", NOW), ("推荐年度先进职工", SOON)),
    Role.WOM: (("登记女职工专项体检名单", LATE), ("答复女职工保险咨询", NOW), ("准备女职工委员会会议", SOON)),
    Role.FED: (("走访商圈里新开的三家店", LATE), ("联系未建会单位", NOW), ("安排联合会第四季度例会", SOON)),
    Role.TWN: (("核对辖区联合会名单", LATE), ("答复企业建会咨询", NOW), ("汇总冬季送温暖名单", SOON)),
    Role.CTY: (
        ("核对镇街上报的单位覆盖数", LATE),
        ("审看大洲镇阵地登记", NOW),
        ("安排镇街工会干部培训", SOON),
    ),
    Role.MUN: (("汇总各区县盲点清单", LATE), ("审看联合会建设进度", NOW), ("准备年度工作会议材料", SOON)),
    Role.IND: (("核对产业系统基层工会名单", LATE), ("答复基层工会换届咨询", NOW), ("汇总民主评议情况", SOON)),
    Role.PRV: (("汇总各市建会数据", LATE), ("审看政策值变动", NOW), ("准备半年总结提纲", SOON)),
    Role.ADM: (("答复厂务公开提问", LATE), ("公布食堂费用明细", NOW), ("准备职代会财务报告", SOON)),
    Role.AUD: (("审看镇总工会第三季度账目", LATE), ("约谈基层工会出纳", NOW), ("准备年度经费审查", SOON)),
    Role.CSH: (("补齐上月付款凭证", LATE), ("支付慰问金", NOW), ("核对银行流水", SOON)),
    Role.ACC: (("登记上月会费收入", LATE), ("复核慰问金付款", NOW), ("编制年度预算草稿", SOON)),
    Role.GOV: (("反馈财政补助拨付情况", LATE), ("核对补助名单", NOW), ("确认下年度补助额度", SOON)),
    Role.SYS: (("检查备份演练记录", LATE), ("查看未送达的消息", NOW), ("安排年度升级", SOON)),
    Role.SEC: (("复核离任人员岗位", LATE), ("处理动态口令解绑申请", NOW), ("年度权限核查", SOON)),
    Role.LOG: (("核对日志头的纸面留存", LATE), ("抽查个人信息查看记录", NOW), ("季度审计报告", SOON)),
}

SUPERVISED = (
    SupervisedSketch(
        "cty", "330803110", "着手成立手工业联合工会",
        "以大洲菜刀、编筐为重点，先摸清手工作坊和从业人数，再提出组建方案。", 20,
    ),
    SupervisedSketch(
        "cty", "330803110", "报送群团改革试点乡镇工会工作小结", "突出联合会建设和服务职工的做法。", 3,
        "小结已经镇党委审定，随文报送，并附联合会名单。",
    ),
    SupervisedSketch("twn", "开山虹套工会", "更新本单位职工人数", "以本月底在册人数为准。", 6),
)  # fmt: skip
DUTIES = (("cty", "statistics-town"), ("cty", "statistics-county"), ("mun", "statistics-town"))
NEWS = ("wrk", "mem")
"""Log-ins of workers who find a message."""
