"""Accounts are opened by officers, each for one named person (C5)."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from niangjia.accounts import rules
from niangjia.accounts.models import Opening, User
from niangjia.accounts.permissions import Word
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import parse_name
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.people.models import Person

KIND = "accounts.user"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def open_account(  # noqa: PLR0913 - an account and its keeper in one act
    *,
    username: str,
    name: str,
    password: str | None,
    by: Actor,
    at: datetime,
    person: "Person | None" = None,
    unit_id: int | None = None,
    must_change: bool = True,
) -> User:
    """An account stands open for one person, kept by a unit (the giver's own, if none is said).

    Without a password (None) it opens by phone code only. Raises Refused for a name that is taken or a weak
    password, NotVisible for a unit outside the scope.
    """
    by.require(Word.OPEN)
    user = User(username=rules.username_of(username), name=parse_name(name).printed, created_at=at)
    user.person_id = person.pk if person else None
    user.must_change_password = must_change and password is not None
    if User.objects.filter(username=user.username).exists():
        raise Refused(
            say("账号“{name}”已经有人使用。请换一个，例如在后面加数字。", name=user.username),
            field="username",
        )
    if person and User.objects.filter(person_id=person.pk).exists():
        raise Refused(say("这位同志已经有账号。一人一个账号，请在原账号上授予岗位。"), field="person")
    set_checked_password(user=user, password=password)
    user.save(force_insert=True)
    unit = _kept_at(user, unit_id=unit_id or by.unit_id, by=by, at=at)
    journal.record("open_account", by=by, at=at, kind=KIND, object_id=user.pk, after={"unit": unit})
    return user


def set_checked_password(*, user: User, password: str | None) -> None:
    """The password, if it is strong enough; none at all for those who log in by phone code."""
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(
            *(say("{words}", words=words) for words in error.messages), field="password"
        ) from error
    user.set_password(password)


def one_time_password() -> str:
    """A random password to hand over once: 16 letters and digits that nobody mistakes for one another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _kept_at(user: User, *, unit_id: int | None, by: Actor, at: datetime) -> int | None:
    if unit_id is None:
        return None
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.OPEN))
    Opening.objects.create(user=user, unit=unit, path=unit.path, opened_by=by.user_id, opened_at=at)
    return unit.pk
