"""Where rights come from: which role fits where, who may grant what, what excludes what (SC-1, SC-9)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.access import Role
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.paths import is_within
from niangjia.kernel.words import Said, say

ROLE_NAMES = {
    Role.PUB: "公众",
    Role.WRK: "职工",
    Role.MEM: "会员",
    Role.GRP: "工会小组长",
    Role.PRI: "基层工会主席（委员）",
    Role.WOM: "女职工委员会",
    Role.FED: "工会联合会主席（干事）",
    Role.TWN: "镇街总工会",
    Role.CTY: "县（市、区）总工会",
    Role.MUN: "市总工会",
    Role.IND: "产业工会",
    Role.PRV: "省总工会",
    Role.DEL: "职工代表",
    Role.APP: "评议对象",
    Role.TEL: "监票人、计票人",
    Role.PTY: "党组织与上级组织人事",
    Role.ADM: "企业行政方",
    Role.AUD: "经费审查委员会",
    Role.CSH: "出纳",
    Role.ACC: "会计",
    Role.INS: "保险公司联络员",
    Role.GOV: "政府部门联络员",
    Role.SYS: "系统管理员",
    Role.SEC: "安全管理员",
    Role.LOG: "审计管理员",
}

PERSONAL = frozenset({Role.WRK, Role.MEM})
"""Posts of one's own affairs: no second factor is asked, no officer's word is carried."""

ADMINS = frozenset({Role.SYS, Role.SEC, Role.LOG})
_RANK = {Role.PRV: 5, Role.MUN: 4, Role.IND: 4, Role.CTY: 3, Role.TWN: 2, Role.FED: 1}
_UNIT_RANK = {"provincial_union": 5, "city_union": 4, "industry_union": 4, "county_union": 3, "town_union": 2}
_PRIMARY = frozenset({"single_primary_union", "joint_primary_union", "branch_union"})
_GENERAL = frozenset(_UNIT_RANK)
_FEDERATION = frozenset({"union_federation"})
_ANY = _GENERAL | _FEDERATION | _PRIMARY

FITS: dict[Role, frozenset[str]] = {
    Role.PRV: frozenset({"provincial_union"}),
    Role.MUN: frozenset({"city_union"}),
    Role.CTY: frozenset({"county_union"}),
    Role.TWN: frozenset({"town_union"}),
    Role.IND: frozenset({"industry_union"}),
    Role.FED: _FEDERATION,
    Role.PRI: _PRIMARY,
    Role.WOM: _ANY,
    Role.GRP: _PRIMARY | {"union_group"},
    Role.WRK: _ANY | {"union_group"},
    Role.MEM: _ANY | {"union_group"},
    **dict.fromkeys((Role.DEL, Role.APP, Role.TEL, Role.ADM), _PRIMARY | _FEDERATION),
    **dict.fromkeys((Role.PTY, Role.INS, Role.GOV, Role.AUD, Role.CSH, Role.ACC), _ANY),
    **dict.fromkeys(ADMINS, _GENERAL),
}
"""The kinds of unit at which a role may stand: a county's powers never at a town."""

_FOR_SEC_ONLY = ADMINS | {Role.AUD, Role.IND}
_APART = (
    *((admin, other) for admin in ADMINS for other in Role if other not in PERSONAL | {admin}),
    (Role.CSH, Role.ACC),
    (Role.AUD, Role.CSH),
    (Role.AUD, Role.ACC),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as these rules see it."""

    unit_id: int
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Giver:
    """Who grants: his account, role and place; `root` for the installation's own console."""

    user_id: int | None
    role: Role
    path: str
    root: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that holds on a day, with what is needed to act in it."""

    post_id: int
    role: Role
    unit_id: int
    path: str
    unit_name: str
    title: str
    since: date
    until: date | None
    delegated_by: str = ""
    delegated_role: Role | None = None

    @property
    def is_officer(self) -> bool:
        """Whether the post carries an officer's words and so asks for a second factor."""
        return self.role not in PERSONAL

    @property
    def said(self) -> Said | str:
        """The post's own name, or its role's."""
        return self.title or say(ROLE_NAMES[self.role])


def rank(role: Role) -> int:
    """How high a role stands; roles inside a unit have rank 0."""
    return _RANK.get(role, 0)


def roles_for(giver: Giver, *, place: Place | None = None) -> tuple[Role, ...]:
    """The roles that the giver may grant, at a place where one is said, in order of rank."""
    roles = [role for role in Role if role is not Role.PUB and _in_gift(giver, role, place)]
    return tuple(sorted(roles, key=lambda role: (-rank(role), role)))


def _in_gift(giver: Giver, role: Role, place: Place | None) -> bool:
    if place is not None and place.kind not in FITS[role]:
        return False
    if giver.root:
        return True
    if giver.role is Role.SEC:
        return role not in ADMINS or place is None or place.path != giver.path
    return role not in _FOR_SEC_ONLY and rank(role) < rank(giver.role)


def require_grant(giver: Giver, *, role: Role, place: Place, to_user: int, held: Collection[Role]) -> None:
    """Refuse a grant to oneself, above or outside the giver's scope, at the wrong level, against 三员分立."""
    if not giver.root and giver.user_id == to_user:
        raise NotAllowed(say("不能给自己授予岗位。请由上级工会或安全管理员办理。"))
    if not giver.root and not is_within(place.path, giver.path):
        raise NotAllowed(say("只能在本级工会及下属组织范围内授予岗位。"))
    if role not in FITS or place.kind not in FITS[role]:
        raise Refused(
            say("“{role}”不能设在这类组织。请核对组织与角色。", role=say(ROLE_NAMES[role])), field="role"
        )
    if not _in_gift(giver, role, place):
        raise NotAllowed(
            say(
                "授予的岗位不能高于或等于您自己的岗位。“{role}”请由上级工会或安全管理员授予。",
                role=say(ROLE_NAMES[role]),
            )
        )
    require_apart(role, held=held)


def require_apart(role: Role, *, held: Collection[Role]) -> None:
    """Refuse roles that one person may not join: the three administrators; cash, books and audit."""
    clash = next((other for other in held if (role, other) in _APART or (other, role) in _APART), None)
    if clash is not None:
        raise Refused(
            say(
                "同一人不能既是“{one}”又是“{other}”。请把岗位授予另一位同志。",
                one=say(ROLE_NAMES[role]),
                other=say(ROLE_NAMES[clash]),
            ),
            field="role",
        )


def require_above(giver: Giver, *, posts: Iterable[Standing], to_user: int) -> None:
    """Refuse to lock or reset an account that stands, in any post, outside the giver's tree or not below him.

    Administrators reach every account whose posts all lie in their tree; a new password alone lets nobody
    in, because the second factor is another administrator's (三员分立).
    """
    if giver.root:
        return
    if giver.user_id == to_user:
        raise NotAllowed(say("不能停用或重置自己的账号。自己的密码请在“我的账号”里修改。"))
    for post in posts:
        outside = not is_within(post.path, giver.path)
        too_high = giver.role not in ADMINS and rank(post.role) >= rank(giver.role)
        admins = giver.role not in ADMINS and post.role in ADMINS
        if outside or too_high or admins:
            raise NotAllowed(say("这个账号还有您管辖范围以外或不低于您的岗位。请由上级工会或管理员办理。"))


def require_delegable(
    post: Standing, *, giver: Giver, to_user: int, since: date, until: date | None, acting: int | None
) -> None:
    """A delegation is named, dated, of the acting post, no longer than that post, not handed on (SC-9)."""
    if acting != post.post_id:
        raise NotAllowed(say("只能委托您当前办理业务所用的岗位。请先切换到该岗位。"))
    if giver.user_id == to_user:
        raise Refused(say("不能委托给自己。"), field="to")
    if post.delegated_by:
        raise Refused(say("受委托的岗位不能再转委托。请由原岗位人员办理。"), field="to")
    if until is None or until <= since:
        raise Refused(say("请填写委托的截止日期，且要晚于开始日期。"), field="until")
    if since < post.since or (post.until is not None and until > post.until):
        raise Refused(say("委托期限不能超出您自己的任职期限。请把截止日期提前。"), field="until")


def username_of(text: str) -> str:
    """The one form of a user name: lower case, no blanks.

    >>> username_of("  Chen.Li ")
    'chen.li'
    """
    name = text.strip().casefold()
    if not name or len(name) > 60 or any(letter.isspace() for letter in name):  # noqa: PLR2004 - column width
        raise Refused(say("账号不能为空、不能含空格，最长 60 个字符。例如 chen.li。"), field="username")
    return name
