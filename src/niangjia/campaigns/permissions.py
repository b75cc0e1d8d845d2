from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of campaigns: who runs one, who reports, who answers for whom (domain.md §2.4)."""

    READ = "campaigns.read"
    RUN = "campaigns.run"
    REPORT = "campaigns.report"
    SETTLE = "campaigns.settle"
    RAISE = "campaigns.raise"


LABELS = {
    Word.READ: "查看专项行动和走访进度",
    Word.RUN: "开展和结束专项行动",
    Word.REPORT: "上报帮扶对象线索",
    Word.SETTLE: "安排走访、登记走访结果",
    Word.RAISE: "反映自己或同事的困难",
}

_UNIT = {Role.PRI: Reach.UNIT}
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)
_ABOVE = dict.fromkeys((Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_UNIT, **_TREE, **_ABOVE}, inherited=True),
    Grant(Word.RUN, dict.fromkeys((Role.TWN, Role.CTY, Role.MUN), Reach.SUBTREE)),
    Grant(Word.REPORT, {**dict.fromkeys((Role.GRP, Role.WOM), Reach.UNIT), **_UNIT, **_TREE}),
    Grant(Word.SETTLE, {**_UNIT, **_TREE}),
    Grant(Word.RAISE, dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)),
)
