from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of accounts and posts (domain.md Appendix C: SYS accounts, SEC roles; ADR 0020)."""

    READ = "accounts.read"
    OPEN = "accounts.open"
    LOCK = "accounts.lock"
    PASSWORD = "accounts.password"  # noqa: S105 - a permission word
    FACTOR = "accounts.factor"
    GRANT = "accounts.grant"
    DELEGATE = "accounts.delegate"


LABELS = {
    Word.READ: "查看账号与岗位",
    Word.OPEN: "开设账号",
    Word.LOCK: "停用与启用账号",
    Word.PASSWORD: "重置密码",
    Word.FACTOR: "解除动态口令绑定",
    Word.GRANT: "授予与终止岗位",
    Word.DELEGATE: "委托自己的岗位",
}

_CHAIRS = dict.fromkeys((Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_SYS = {Role.SYS: Reach.SUBTREE}
_SEC = {Role.SEC: Reach.SUBTREE}
_OFFICERS = (Role.GRP, Role.PRI, Role.WOM, Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.IND, Role.PRV)
_MONEY = (Role.AUD, Role.CSH, Role.ACC)

GRANTS = (
    Grant(Word.READ, {**_CHAIRS, **_SYS, **_SEC, Role.LOG: Reach.SUBTREE}),
    Grant(Word.OPEN, {**_CHAIRS, **_SYS}),
    Grant(Word.LOCK, {**_CHAIRS, **_SYS, **_SEC}),
    Grant(Word.PASSWORD, {**_CHAIRS, **_SYS}),
    Grant(Word.FACTOR, _SEC),
    Grant(Word.GRANT, {**_CHAIRS, **_SEC}),
    Grant(Word.DELEGATE, dict.fromkeys((*_OFFICERS, *_MONEY), Reach.UNIT)),
)
