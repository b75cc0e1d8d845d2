from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of household files (domain.md Appendix C, column aid file; SC-11)."""

    READ = "households.read"
    KEEP = "households.keep"
    TELL = "households.tell"


LABELS = {
    Word.READ: "查看家庭档案",
    Word.KEEP: "登记和更新家庭档案",
    Word.TELL: "本人填报家庭情况",
}

_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_KEEP = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)}

GRANTS = (
    Grant(Word.READ, {**_OWN, **_KEEP, **dict.fromkeys((Role.MUN, Role.AUD), Reach.SUBTREE)}, inherited=True),
    Grant(Word.KEEP, _KEEP),
    Grant(Word.TELL, _OWN),
)
