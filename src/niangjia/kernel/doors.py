"""Doors: every view and API operation declares who may come in (house.md §3.3).

A declaration also sets the row-level-security scope of the transaction: an undeclared view sees no row.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string

from niangjia.kernel.access import PUBLIC_ROWS, Actor, Scope
from niangjia.kernel.errors import NotAllowed, NotVisible
from niangjia.kernel.once import once
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say

View = TypeVar("View", bound=Callable[..., Any])
ActorLoader = Callable[[HttpRequest], Actor]


@cache
def _loader(path: str) -> ActorLoader:
    return cast("ActorLoader", import_string(path))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request, in exactly one post; loaded once, through the port that `project` fills."""
    known = getattr(request, "_nj_actor", None)
    if known is None:
        user_id = getattr(request.user, "pk", None)
        if user_id is not None:
            enter_scope(Scope(), user_id=user_id)
        known = _loader(settings.NIANGJIA_ACTOR_LOADER)(request)
        request._nj_actor = known  # type: ignore[attr-defined]  # noqa: SLF001
    return cast("Actor", known)


def person_of(request: HttpRequest) -> int:
    """The person behind the account. Raises NotVisible for an account without one in the register."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise NotVisible(say("您的账号还没有和人员资料关联。请联系您的工会。"))
    return person_id


def requires(word: str) -> Callable[[View], View]:
    """Let in only actors whose acting post carries `word`; the transaction sees that word's scope only."""

    def admit(actor: Actor) -> Scope:
        actor.require(word)
        return actor.scope_for(word)

    return _door(admit, door_word=word)


def open_to_all(reason: str) -> Callable[[View], View]:
    """Let anybody in; only rows that are public are seen. The reason is printed in the door list."""
    return _door(lambda _actor: PUBLIC_ROWS, door_reason=reason)


def own_only(reason: str) -> Callable[[View], View]:
    """Let any logged-in person in; only rows of that person are seen."""

    def admit(actor: Actor) -> Scope:
        if actor.user_id is None:
            raise NotAllowed
        return Scope(own=actor.person_id)

    return _door(admit, door_reason=reason, door_login=True)


def open_to_supervisors(reason: str) -> Callable[[View], View]:
    """Let anybody in without asking who: no actor, no transaction; it answers with the database down."""

    def guard(view: View) -> View:
        view.door_reason = reason  # type: ignore[attr-defined]
        return transaction.non_atomic_requests(view)

    return guard


def _door(admit: Callable[[Actor], Scope], **marks: object) -> Callable[[View], View]:
    """A view behind a door: the actor is loaded, admitted to a scope or refused, and the scope is entered.

    What is posted through a door counts once (`kernel.once`).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = actor_of(request)
            enter_scope(admit(actor), user_id=actor.user_id)
            return once(request, lambda: view(request, *args, **kwargs))

        vars(door).update(marks)
        return cast("View", door)

    return guard
