"""What whoever sits at the server may do with accounts: the first administrators, help when locked out."""

import secrets
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from niangjia.accounts import queries
from niangjia.accounts.actions.granting import grant_post
from niangjia.accounts.actions.keeping import (
    lock_account,
    reset_password,
    reset_second_factor,
    unlock_account,
)
from niangjia.accounts.actions.opening import KIND, one_time_password, open_account
from niangjia.kernel import clock, journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

CODE_MINUTES = 15


@transaction.atomic
def add_user_at_console(
    *, username: str, name: str, role: str, unit_id: int | None, at: datetime
) -> dict[str, str]:
    """An account with one post and a one-time password; at the topmost unit if none is said."""
    enter_scope(EVERYWHERE)
    if role not in set(Role):
        raise Refused(
            say("没有“{role}”这个角色。可用的角色代码：{roles}。", role=role, roles="、".join(Role)),
            field="role",
        )
    password = one_time_password()
    user = open_account(
        username=username, name=name, password=password, by=SYSTEM, at=at, unit_id=unit_id or _top()
    )
    grant_post(
        user=user, unit_id=unit_id or _top(), role=Role(role), since=clock.day_of(at), by=SYSTEM, at=at
    )
    return {"username": user.username, "password": password, "role": role}


@transaction.atomic
def lock_user_at_console(*, username: str, at: datetime) -> dict[str, str]:
    """The account is locked; its sessions end."""
    enter_scope(EVERYWHERE)
    user = queries.user_by_username(username=username)
    lock_account(user=user, reason=str(say("由服务器控制台停用")), by=SYSTEM, at=at)
    return {"username": user.username, "state": "locked"}


@transaction.atomic
def reset_user_at_console(*, username: str, at: datetime) -> dict[str, str]:
    """A new one-time password, no second factor, unlocked."""
    enter_scope(EVERYWHERE)
    user = queries.user_by_username(username=username)
    unlock_account(user=user, by=SYSTEM, at=at)
    reset_second_factor(user=user, by=SYSTEM, at=at)
    return {"username": user.username, "password": reset_password(user=user, by=SYSTEM, at=at)}


@transaction.atomic
def log_in_code_at_console(*, username: str, at: datetime) -> dict[str, str]:
    """The code that the next log-in by phone will ask for, told by word of mouth where no message arrives."""
    user = queries.user_by_username(username=username)
    code = f"{secrets.randbelow(10**6):06d}"
    cache.set(waiting_code_key(user_id=user.pk), code, timeout=CODE_MINUTES * 60)
    journal.record("log_in_code", by=SYSTEM, at=at, kind=KIND, object_id=user.pk)
    return {"username": user.username, "code": code, "minutes": str(CODE_MINUTES)}


def waiting_code_key(*, user_id: int) -> str:
    """The shared cache's key of a code that the console has given out."""
    return f"accounts.waiting-code.{user_id}"


def _top() -> int:
    unit = tree.units_in_scope(scope=EVERYWHERE).filter(parent=None).first()
    if unit is None:
        raise Refused(say("组织树还是空的。请先用 niangjia init --union 建立最上级工会。"), field="unit")
    return unit.pk
