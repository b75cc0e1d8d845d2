"""Who acts in a request: one account, in exactly one post that holds today (SC-1, SC-3)."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from niangjia.accounts.queries.second_factor import has_second_factor
from niangjia.accounts.queries.standing import standings
from niangjia.accounts.rules import PERSONAL, Standing
from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Actor, Grant, Reach, Role, inherited_words, words_of
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.accounts.models import Post, User

POST_KEY = "post_id"
"""The session's key of the post chosen; SELF for one's own affairs."""

SELF = 0
_NEVER_DELEGATED = frozenset({"accounts.delegate", "accounts.grant"})


class Hurdle(StrEnum):
    """What stands between a logged-in person and his posts, in the order in which it is cleared."""

    PASSWORD = "password"  # noqa: S105 - not a password
    ENROL = "enrol"
    VERIFY = "verify"
    CHOOSE = "choose"


@cache
def _grants(path: str) -> tuple[Grant, ...]:
    return tuple(import_string(path))


@cache
def _words(role: Role) -> Mapping[str, Reach]:
    return words_of(role, _grants(settings.NIANGJIA_GRANTS))


@cache
def _inherited() -> frozenset[str]:
    return inherited_words(_grants(settings.NIANGJIA_GRANTS))


def _ended(post: Standing, day: date) -> tuple[str, ...]:
    """The unions that ended and whose heir the officer serves (SC-8; port `NIANGJIA_ENDED_UNIONS`)."""
    if not post.is_officer:
        return ()
    return tuple(import_string(settings.NIANGJIA_ENDED_UNIONS)(heir_id=post.unit_id, day=day))


def actor_of(request: HttpRequest) -> Actor:
    """The acting person: the public, an officer in the post chosen, or somebody in his own affairs.

    An officer's post carries no word until the session has proved the second factor and the first password is
    changed; the pages lead there (`hurdle_of`).
    """
    user = request.user
    if not user.is_authenticated:
        return PUBLIC
    day = clock.today()
    chosen = _chosen(request, posts_of(user=user, day=day))
    if chosen is None or (chosen.is_officer and _gate(request) is not None):
        return actor_as_oneself(user=user)
    return _acting(user, chosen, day=day)


def hurdle_of(request: HttpRequest) -> Hurdle | None:
    """The next thing a logged-in person has to do before his posts carry their words; None if nothing."""
    user = request.user
    if not user.is_authenticated:
        return None
    if user.must_change_password:
        return Hurdle.PASSWORD
    posts = posts_of(user=user, day=clock.today())
    if any(post.is_officer for post in posts) and not seems_verified(request):
        return Hurdle.VERIFY if has_second_factor(user=user) else Hurdle.ENROL
    if posts and request.session.get(POST_KEY) != SELF and _chosen(request, posts) is None:
        return Hurdle.CHOOSE
    return None


def seems_verified(request: HttpRequest) -> bool:
    """Whether this session has shown the second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def posts_of(*, user: "User", day: date) -> tuple[Standing, ...]:
    """The posts in which a person may act on a day, in tree order."""
    return standings(user_id=user.pk, day=day)


def actor_for(*, post: "Post", day: date) -> Actor:
    """The actor of a post on a day, without a session; LookupError if the post does not hold."""
    for standing in standings(user_id=post.user_id, day=day):
        if standing.post_id == post.pk:
            return _acting(post.user, standing, day=day)
    raise LookupError(post.pk)


def actor_as_oneself(*, user: "User") -> Actor:
    """Somebody in his own affairs: a worker's words over his own rows."""
    return Actor(
        name=user.name, role=Role.WRK, user_id=user.pk, person_id=user.person_id, words=_words(Role.WRK)
    )


def _gate(request: HttpRequest) -> Hurdle | None:
    if request.user.must_change_password:  # type: ignore[union-attr]
        return Hurdle.PASSWORD
    return None if seems_verified(request) else Hurdle.VERIFY


def _chosen(request: HttpRequest, posts: Iterable[Standing]) -> Standing | None:
    valid = {post.post_id: post for post in posts}
    wanted = request.session.get(POST_KEY)
    if wanted is not None:
        return valid.get(wanted)
    return next(iter(valid.values())) if len(valid) == 1 else None


def _acting(user: "User", post: Standing, *, day: date) -> Actor:
    return Actor(
        name=user.name,
        role=post.role,
        user_id=user.pk,
        person_id=user.person_id,
        post_id=post.post_id,
        unit_id=post.unit_id,
        unit_path=post.path,
        unit_name=post.unit_name,
        lines=() if post.role in PERSONAL else tree.line_paths(unit_id=post.unit_id, day=day),
        ended=_ended(post, day),
        words=words_carried(role=post.role, delegated_role=post.delegated_role),
        inherited=_inherited(),
    )


def words_carried(*, role: Role, delegated_role: Role | None) -> Mapping[str, Reach]:
    """The words of a role; of a delegated post only those that both posts carry."""
    words = _words(role)
    if delegated_role is None:
        return words
    given = _words(delegated_role)
    return {word: reach for word, reach in words.items() if word in given and word not in _NEVER_DELEGATED}
