from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of papers and attachments (domain.md Appendix C: whoever works with the file)."""

    READ = "papers.read"
    ATTACH = "papers.attach"
    ISSUE = "papers.issue"
    OPEN_PERSONAL = "papers.open_personal"


LABELS = {
    Word.READ: "查看文书与附件",
    Word.ATTACH: "上传与作废附件",
    Word.ISSUE: "出具与作废文书",
    Word.OPEN_PERSONAL: "打开涉及个人的文书与附件",
}

_OFFICE = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)}
_ABOVE = dict.fromkeys((Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_OFFICE, **_ABOVE, Role.AUD: Reach.SUBTREE, Role.IND: Reach.LINE}, inherited=True),
    Grant(Word.ATTACH, {**_OFFICE, **_ABOVE}),
    Grant(Word.ISSUE, {**_OFFICE, **_ABOVE}),
    Grant(Word.OPEN_PERSONAL, _OFFICE, inherited=True),
)
