"""Accounts and posts as a scope sees them: through a post or an opening inside it, never by number alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.accounts import rules
from niangjia.accounts.models import Opening, Post, User
from niangjia.accounts.queries.standing import standings
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NiangjiaError, NotVisible
from niangjia.kernel.identifiers import Mobile
from niangjia.kernel.scoping import within
from niangjia.people import queries as people


@dataclass(frozen=True, slots=True)
class AccountFilters:
    """What the list of accounts is narrowed to; every field stands in the URL."""

    name: str = ""
    role: str = ""
    under: str = ""
    state: str = ""


def accounts_in_scope(*, scope: Scope, day: date, filters: AccountFilters | None = None) -> QuerySet[User]:
    """The accounts that stand, stood or were opened inside the scope, by name.

    Both ways in are under row-level security: with the scope's filter gone, no foreign account appears.
    """
    asked = filters or AccountFilters()
    posts = within(Post.objects.filter(user=OuterRef("pk")), scope=scope)
    openings = within(Opening.objects.filter(user=OuterRef("pk")), scope=scope)
    if asked.under:
        posts = posts.filter(path__startswith=asked.under)
        openings = openings.filter(path__startswith=asked.under)
    if asked.role:
        reached = Q(Exists(posts.filter(holds_on(day), role=asked.role, revoked_at=None)))
    else:
        reached = Q(Exists(posts)) | Q(Exists(openings))
    users = User.objects.filter(reached)
    if asked.name:
        users = users.filter(Q(name__icontains=asked.name) | Q(username__icontains=asked.name))
    if asked.state in {"active", "locked"}:
        users = users.filter(is_active=asked.state == "active")
    return users.order_by("name", "id")


def user_in_scope(*, user_id: int, scope: Scope, day: date) -> User:
    """The account, if a post or its opening lies in the scope; otherwise it does not exist for the reader."""
    user = accounts_in_scope(scope=scope, day=day).filter(pk=user_id).first()
    if user is None:
        raise NotVisible
    return user


def posts_in_scope(*, scope: Scope, user: User | None = None) -> QuerySet[Post]:
    """Posts at units of the scope, past and future too, newest first."""
    rows = within(Post.objects.select_related("unit", "user", "delegated_from"), scope=scope)
    if user is not None:
        rows = rows.filter(user=user)
    return rows.order_by("-since", "-id")


def post_in_scope(*, post_id: int, scope: Scope) -> Post:
    """The post, if its unit lies in the scope."""
    post = posts_in_scope(scope=scope).filter(pk=post_id).first()
    if post is None:
        raise NotVisible
    return post


def delegations_of(*, post_id: int, day: date) -> QuerySet[Post]:
    """The delegations of a post that hold on a day or are to come."""
    rows = Post.objects.filter(delegated_from_id=post_id, revoked_at=None).exclude(until__lte=day)
    return rows.select_related("user").order_by("since")


def standings_of(*, user_id: int, day: date) -> tuple[rules.Standing, ...]:
    """Every post of an account on a day, whatever the scope: for rules that must know them all."""
    return standings(user_id=user_id, day=day)


def may_be_reset_by(*, user: User, actor: Actor, day: date) -> bool:
    """Whether the account stands below the actor in every post (for buttons; the action asks again)."""
    giver = giver_of(actor=actor)
    try:
        rules.require_above(giver, posts=standings(user_id=user.pk, day=day), to_user=user.pk)
    except NiangjiaError:
        return False
    return True


def giver_of(*, actor: Actor) -> rules.Giver:
    """The actor as the rules of granting see him."""
    return rules.Giver(actor.user_id, actor.role, actor.unit_path, root=actor.everywhere)


def user_by_username(*, username: str) -> User:
    """The account of that name; for the console."""
    user = User.objects.filter(username=rules.username_of(username)).first()
    if user is None:
        raise NotVisible
    return user


def user_by_mobile(*, mobile: Mobile, day: date) -> User | None:
    """The one active account whose person uses the number; two people on one number log in otherwise."""
    found = User.objects.filter(person_id__in=people.ids_with_mobile(mobile=mobile, day=day), is_active=True)[
        :2
    ]
    users = list(found)
    return users[0] if len(users) == 1 else None


def users_for_console() -> list[dict[str, object]]:
    """Every account with its state, for whoever sits at the server."""
    columns = ("username", "name", "is_active", "must_change_password", "last_login")
    return list(User.objects.order_by("username").values(*columns))


def kept_posts(*, units: Iterable[int]) -> QuerySet[Post]:
    """Every post that was ever held at these units, as `kernel.images` takes them."""
    return Post.objects.filter(unit__in=list(units))
