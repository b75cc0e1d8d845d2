from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of files in and out (domain.md Appendix C: X export; SC-7 second approver)."""

    IMPORT = "exchange.import"
    EXPORT = "exchange.export"
    APPROVE = "exchange.approve"


LABELS = {
    Word.IMPORT: "用文件导入名册",
    Word.EXPORT: "导出名册",
    Word.APPROVE: "批准大批量导出",
}

_TOWN_UP = dict.fromkeys((Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.IMPORT, dict.fromkeys((Role.FED, Role.GOV), Reach.SUBTREE) | _TOWN_UP),
    Grant(Word.EXPORT, {Role.PRI: Reach.UNIT, Role.FED: Reach.SUBTREE, Role.AUD: Reach.SUBTREE, **_TOWN_UP}),
    Grant(Word.APPROVE, dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)),
)
