"""What the pages of accounts show, ready for the furniture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.accounts import rules
from niangjia.accounts.models import Post, User
from niangjia.accounts.permissions import Word
from niangjia.accounts.queries.listing import (
    AccountFilters,
    accounts_in_scope,
    delegations_of,
    giver_of,
    may_be_reset_by,
    posts_in_scope,
    user_in_scope,
)
from niangjia.accounts.queries.second_factor import has_second_factor
from niangjia.accounts.queries.standing import standings
from niangjia.kernel.access import Actor, Role, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit

CHOICES_AT_MOST = 30
LOCKED, ACTIVE = say("已停用"), say("启用")


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """A list of accounts with its buttons."""

    table: Table
    pager: Pager
    total: int
    actions: Sequence[Act]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account: facts, posts of the scope, what may be done."""

    user: User
    crumbs: Sequence[Crumb]
    facts: Sequence[Fact]
    posts: Table
    actions: Sequence[Act]


@dataclass(frozen=True, slots=True)
class MyAccount:
    """One's own account: posts, and the state of the log-in."""

    user: User
    facts: Sequence[Fact]
    posts: Table
    may_delegate: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Gift:
    """A post about to be granted: to whom, where, which roles."""

    user: User
    unit_name: str
    roles: Sequence[Role]
    crumbs: Sequence[Crumb]


def accounts_page(
    *, actor: Actor, filters: AccountFilters, today: date, before: str, after: str
) -> AccountsPage:
    """The accounts of the actor's scope, a page of them, each with its posts of today."""
    scope = actor.scope_for(Word.READ)
    rows = accounts_in_scope(scope=scope, day=today, filters=filters)
    found, total = slice_of(rows, sort="name", before=before, after=after), rows.count()
    standing = _standing_posts(found.rows, scope=scope, today=today)
    table = Table(
        say("账号"),
        (Column(say("姓名")), Column(say("账号")), Column(say("今天的岗位")), Column(say("状态"))),
        [_account_row(user, standing.get(user.pk, [])) for user in found.rows],
        empty=say("没有符合条件的账号。"),
    )
    opening = (Act(say("开设账号"), reverse("open-account"), icon="user-plus", kind="primary"),)
    return AccountsPage(table, found.pager(total=total), total, opening if actor.may(Word.OPEN) else ())


def _standing_posts(users: Iterable[User], *, scope: Scope, today: date) -> dict[int, list[Post]]:
    """Today's posts inside the scope, by account, in one query."""
    rows = posts_in_scope(scope=scope).filter(holds_on(today), user__in=list(users), revoked_at=None)
    found: dict[int, list[Post]] = {}
    for post in rows:
        found.setdefault(post.user_id, []).append(post)
    return found


def _account_row(user: User, posts: Sequence[Post]) -> Row:
    held = "；".join(f"{post.unit.name} {post.title}".strip() for post in posts) or "—"
    roles = [rules.ROLE_NAMES[Role(post.role)] for post in posts]
    state = Cell(ACTIVE, status="done") if user.is_active else Cell(LOCKED, status="stop")
    note = say(roles[0]) if len(roles) == 1 and roles[0] != posts[0].title else ""
    cells = [user.name, user.username, Cell(held, note=note), state]
    return Row(cells, href=reverse("user", args=[user.pk]))


def account_page(*, user_id: int, actor: Actor, today: date) -> AccountPage:
    """One account as the actor's scope shows it."""
    scope = actor.scope_for(Word.READ)
    user = user_in_scope(user_id=user_id, scope=scope, day=today)
    posts = list(posts_in_scope(scope=scope, user=user))
    ending = actor.may(Word.GRANT)
    table = _posts_table(posts, today=today, road="end-post" if ending else "")
    crumbs = (Crumb(say("用户与岗位"), reverse("users")), Crumb(user.name))
    return AccountPage(user, crumbs, _facts(user), table, _account_acts(user, actor=actor, today=today))


def _facts(user: User) -> tuple[Fact, ...]:
    bound = say("已绑定") if has_second_factor(user=user) else say("还没有绑定")
    return (
        Fact(say("账号"), user.username),
        Fact(say("状态"), ACTIVE if user.is_active else LOCKED),
        Fact(say("动态口令"), bound),
        Fact(say("上次登录"), user.last_login or "—"),
        *((Fact(say("停用原因"), user.locked_reason),) if user.locked_reason else ()),
    )


def _account_acts(user: User, *, actor: Actor, today: date) -> list[Act]:
    offered = [("choose-unit", Word.GRANT, say("授予岗位"))] if user.is_active else []
    if may_be_reset_by(user=user, actor=actor, day=today):
        locking = ("lock-account", say("停用账号")) if user.is_active else ("unlock-account", say("启用账号"))
        offered += [
            ("reset-password", Word.PASSWORD, say("重置密码")),
            ("reset-second-factor", Word.FACTOR, say("解除动态口令绑定")),
            (locking[0], Word.LOCK, locking[1]),
        ]
    return [Act(label, reverse(road, args=[user.pk])) for road, word, label in offered if actor.may(word)]


def _posts_table(posts: Sequence[Post], *, today: date, road: str) -> Table:
    columns = [
        Column(say("组织")),
        Column(say("岗位")),
        Column(say("起")),
        Column(say("止")),
        Column(say("状态")),
    ]
    columns += [Column(say("办理"))] if road else []
    rows = [Row(_post_cells(post, today=today, road=road)) for post in posts]
    return Table(say("岗位"), columns, rows, empty=say("还没有岗位。"))


def _post_cells(post: Post, *, today: date, road: str) -> list[object]:
    word, state = _state_of(post, today=today)
    role = rules.ROLE_NAMES[Role(post.role)]
    named = Cell(say(role), note=post.title if post.title != role else "")
    cells: list[object] = [post.unit.name, named, post.since, post.until or "—", Cell(word, status=state)]
    if not road:
        return cells
    return [*cells, "" if state == "stop" else Cell(say("终止"), href=reverse(road, args=[post.pk]))]


def _state_of(post: Post, *, today: date) -> tuple[Said, str]:
    if post.revoked_at is not None or (post.until is not None and post.until <= today):
        return say("已终止"), "stop"
    if post.since > today:
        return say("未开始"), "todo"
    return (say("受托在任"), "now") if post.delegated_from_id else (say("在任"), "done")


def my_account(*, user_id: int | None, acting: Actor, today: date) -> MyAccount:
    """One's own posts of today."""
    user = User.objects.filter(pk=user_id or 0).first()
    if user is None:
        raise NotVisible
    held = standings(user_id=user.pk, day=today)
    columns = (Column(say("组织")), Column(say("岗位")), Column(say("止")))
    rows = [Row([post.unit_name, Cell(post.said, note=_from(post)), post.until or "—"]) for post in held]
    return MyAccount(
        user=user,
        facts=_facts(user),
        posts=Table(say("我今天的岗位"), columns, rows, empty=say("今天没有工会岗位，以本人身份办事。")),
        may_delegate=acting.may(Word.DELEGATE),
        has_second_factor=has_second_factor(user=user),
    )


def _from(post: rules.Standing) -> Said | str:
    return say("受“{name}”委托", name=post.delegated_by) if post.delegated_by else ""


def delegations_page(*, actor: Actor, today: date) -> Table:
    """What the acting post has delegated, running or to come."""
    given = delegations_of(post_id=actor.post_id or 0, day=today)
    columns = (Column(say("受托人")), Column(say("起")), Column(say("止")), Column(say("办理")))
    rows = [
        Row(
            [
                post.user.name,
                post.since,
                post.until,
                Cell(say("收回"), href=reverse("end-delegation", args=[post.pk])),
            ]
        )
        for post in given
    ]
    first = Act(say("委托当前岗位"), reverse("delegate"), kind="primary")
    return Table(say("我委托出去的岗位"), columns, rows, empty=say("当前岗位没有委托。"), first=first)


def unit_chosen(*, scope: Scope, asked: str | None, actor: Actor) -> "Unit":
    """The unit that the address asks for, else the actor's own; it does not exist outside the scope."""
    number = int(asked) if asked and asked.isdecimal() and len(asked) < 16 else actor.unit_id or 0  # noqa: PLR2004 - bigint
    return tree.unit_in_scope(unit_id=number, scope=scope)


def units_to_choose(*, user: User, actor: Actor, scope: Scope, name: str) -> Table:
    """Units at which the actor may grant something, by name; the actor's own tree from the top."""
    units = tree.units_in_scope(scope=scope).filter(until=None)
    found = (units.filter(name__icontains=name) if name else units)[:CHOICES_AT_MOST]
    giver = giver_of(actor=actor)
    rows = [
        Row([unit.name], href=reverse("grant-post", args=[user.pk, unit.pk]))
        for unit in found
        if rules.roles_for(giver, place=rules.Place(unit.pk, unit.path, unit.kind))
    ]
    note = say("最多列出 {n} 个，请用名称缩小范围。", n=CHOICES_AT_MOST)
    return Table(
        say("选择组织"), (Column(say("组织")),), rows, note=note, empty=say("没有找到可以授予岗位的组织。")
    )


def gift(*, user_id: int, unit_id: int, actor: Actor, today: date) -> Gift:
    """The person, the unit and the roles that may be given there."""
    scope = actor.scope_for(Word.GRANT)
    unit = tree.unit_in_scope(unit_id=unit_id, scope=scope)
    user = user_in_scope(user_id=user_id, scope=scope, day=today)
    roles = rules.roles_for(giver_of(actor=actor), place=rules.Place(unit.pk, unit.path, unit.kind))
    crumbs = (Crumb(say("用户与岗位"), reverse("users")), Crumb(user.name, reverse("user", args=[user.pk])))
    return Gift(user, unit.name, roles, crumbs)


def facts_of_post(*, post: Post) -> tuple[Fact, ...]:
    """Who, where, as what, since when."""
    return (
        Fact(say("姓名"), post.user.name),
        Fact(say("组织"), post.unit.name),
        Fact(say("岗位"), post.title or say(rules.ROLE_NAMES[Role(post.role)])),
        Fact(say("起"), post.since),
    )


def named_account(*, username: str, name: str) -> User:
    """The active account of that name and that person; both must fit, so that nobody is taken for another."""
    user = User.objects.filter(
        username=rules.username_of(username), name=name.strip(), is_active=True
    ).first()
    if user is None:
        raise Refused(say("没有找到姓名和账号都相符的同志。请与受托人核对后再填。"), field="username")
    return user
