"""Accounts are locked and unlocked, passwords and second factors reset; never both by one administrator."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from niangjia.accounts import queries, rules
from niangjia.accounts.actions.opening import KIND, one_time_password, set_checked_password
from niangjia.accounts.models import User
from niangjia.accounts.permissions import Word
from niangjia.accounts.queries.listing import giver_of
from niangjia.kernel import clock, journal
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say


@transaction.atomic
def lock_account(*, user: User, reason: str, by: Actor, at: datetime) -> None:
    """Nobody logs in with the account; open sessions end with their next request, its delegations rest."""
    if not reason.strip():
        raise Refused(say("请填写停用原因，例如“调离工会岗位”。"), field="reason")
    _reach(user, word=Word.LOCK, by=by, at=at)
    User.objects.filter(pk=user.pk).update(is_active=False, locked_reason=reason.strip())
    journal.record("lock_account", by=by, at=at, kind=KIND, object_id=user.pk, reason=reason.strip())


@transaction.atomic
def unlock_account(*, user: User, by: Actor, at: datetime) -> None:
    """The account may be used again."""
    _reach(user, word=Word.LOCK, by=by, at=at)
    User.objects.filter(pk=user.pk).update(is_active=True, locked_reason="")
    journal.record("unlock_account", by=by, at=at, kind=KIND, object_id=user.pk)


@transaction.atomic
def reset_password(*, user: User, by: Actor, at: datetime) -> str:
    """A new one-time password, to be handed over and changed at once; every open session ends.

    The second factor stays: whoever resets the password does not get in with it (三员分立).
    """
    _reach(user, word=Word.PASSWORD, by=by, at=at)
    password = one_time_password()
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password, must_change_password=True)
    journal.record("reset_password", by=by, at=at, kind=KIND, object_id=user.pk)
    return password


@transaction.atomic
def reset_second_factor(*, user: User, by: Actor, at: datetime) -> None:
    """The bound phone and the recovery codes count no more; the person binds a new one at the next log-in."""
    _reach(user, word=Word.FACTOR, by=by, at=at)
    Authenticator.objects.filter(user_id=user.pk).delete()
    journal.record("reset_second_factor", by=by, at=at, kind=KIND, object_id=user.pk)


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> None:
    """The person's own new password; an account that had to change it need not any more."""
    set_checked_password(user=user, password=password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    by = queries.actor_as_oneself(user=user)
    journal.record("change_password", by=by, at=at, kind=KIND, object_id=user.pk)


@transaction.atomic
def enrol_totp(*, user: User, secret: str, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """The account's second factor is the base32 secret; for the demo world and the console.

    Without a moment the line carries that of the account's opening, of which it is then a part.
    """
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    journal.record("enrol_totp", by=by, at=at or user.created_at, kind=KIND, object_id=user.pk)


def _reach(user: User, *, word: Word, by: Actor, at: datetime) -> None:
    """The account lies in the scope by a post or its opening, and below the actor in every post it holds."""
    by.require(word)
    day = clock.day_of(at)
    queries.user_in_scope(user_id=user.pk, scope=by.scope_for(word), day=day)
    posts = queries.standings_of(user_id=user.pk, day=day)
    rules.require_above(giver_of(actor=by), posts=posts, to_user=user.pk)
