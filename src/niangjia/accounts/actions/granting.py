"""Posts are granted below the giver, ended on a day, delegated by name and date (SC-1, SC-9, 三员分立)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from niangjia.accounts import queries, rules
from niangjia.accounts.models import Post, User
from niangjia.accounts.permissions import Word
from niangjia.accounts.queries.listing import giver_of
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor, Role
from niangjia.kernel.dated import ahead_of
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

KIND = "accounts.post"


@transaction.atomic
def grant_post(  # noqa: PLR0913 - who, where, what, since when, by whom
    *,
    user: User,
    unit_id: int,
    role: Role,
    since: date,
    by: Actor,
    at: datetime,
    title: str = "",
    until: date | None = None,
) -> Post:
    """The account stands in a role at a unit from a day on.

    Raises NotAllowed above or outside the giver's scope or to himself, Refused where the role does not fit.
    """
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.GRANT))
    by.require(Word.GRANT, at=unit.path)
    _locked(user)
    place = rules.Place(unit_id=unit.pk, path=unit.path, kind=unit.kind)
    held = _roles_held(user, since=since, until=until)
    rules.require_grant(giver_of(actor=by), role=Role(role), place=place, to_user=user.pk, held=held)
    _require_order(since, until)
    post = Post(user=user, unit=unit, path=unit.path, role=Role(role), title=title, since=since, until=until)
    return _granted(post, verb="grant_post", by=by, at=at)


@transaction.atomic
def end_post(*, post: Post, until: date, by: Actor, at: datetime, reason: str = "") -> Post:
    """The post carries nothing from `until` on, nor do its delegations; a post not yet begun is withdrawn.

    Whoever may grant it may end it; whoever delegated it may call it back; anybody may give up his own.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=post.pk)
    _require_ending(post, by=by)
    ended = [post, *Post.objects.filter(delegated_from=post, revoked_at=None).exclude(until__lte=until)]
    for one in ended:
        _end(one, until=until, at=at)
    after = {"until": until.isoformat(), "delegations": len(ended) - 1}
    journal.record("end_post", by=by, at=at, kind=KIND, object_id=post.pk, after=after, reason=reason)
    post.refresh_from_db()
    return post


@transaction.atomic
def delegate_post(*, post: Post, to: User, since: date, until: date | None, by: Actor, at: datetime) -> Post:
    """Another person stands in for a post, named and dated, with no more words than its holder (SC-9)."""
    by.require(Word.DELEGATE)
    _locked(to)
    day = clock.day_of(at)
    own = [
        standing
        for standing in queries.standings_of(user_id=post.user_id, day=day)
        if standing.post_id == post.pk
    ]
    if not own or post.user_id != by.user_id:
        raise NotAllowed
    giver = giver_of(actor=by)
    rules.require_delegable(own[0], giver=giver, to_user=to.pk, since=since, until=until, acting=by.post_id)
    rules.require_apart(own[0].role, held=_roles_held(to, since=since, until=until))
    stand_in = Post(
        user=to, unit=post.unit, path=post.path, role=post.role, since=since, until=until, delegated_from=post
    )
    stand_in.title = post.title
    return _granted(stand_in, verb="delegate_post", by=by, at=at)


def _granted(post: Post, *, verb: str, by: Actor, at: datetime) -> Post:
    post.granted_by, post.granted_at = by.user_id, at
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError as error:
        if "post_once" not in str(error):
            raise
        raise Refused(say("这位同志在这段时间已有同样的岗位，不必重复授予。"), field="role") from error
    after = {
        "user": post.user_id,
        "unit": post.unit_id,
        "role": post.role,
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else None,
        "delegated_from": post.delegated_from_id,
    }
    journal.record(verb, by=by, at=at, kind=KIND, object_id=post.pk, after=after)
    return post


def _locked(user: User) -> None:
    """One grant to an account at a time, so that two givers cannot join what must stay apart."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise Refused(say("这个账号已停用。请先启用，再授予岗位。"), field="user")


def _roles_held(user: User, *, since: date, until: date | None) -> set[Role]:
    """The roles of an account on the first day of the new post and of those that begin later."""
    return {
        standing.role
        for day in _days_of_change(user, since=since, until=until)
        for standing in queries.standings_of(user_id=user.pk, day=day)
    }


def _days_of_change(user: User, *, since: date, until: date | None) -> set[date]:
    later = Post.objects.filter(user=user, since__gt=since, revoked_at=None)
    if until is not None:
        later = later.filter(since__lt=until)
    return {since, *later.values_list("since", flat=True)}


def _require_ending(post: Post, *, by: Actor) -> None:
    if by.user_id is not None and by.user_id == post.user_id:
        return
    if (
        post.delegated_from is not None
        and post.delegated_from.user_id == by.user_id
        and by.user_id is not None
    ):
        return
    by.require(Word.GRANT, at=post.path)
    place = rules.Place(unit_id=post.unit_id, path=post.path, kind=post.unit.kind)
    rules.require_grant(giver_of(actor=by), role=Role(post.role), place=place, to_user=post.user_id, held=())


def _require_order(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise Refused(say("岗位的截止日期要晚于开始日期。请核对日期。"), field="until")


def _end(post: Post, *, until: date, at: datetime) -> None:
    rows = Post.objects.filter(pk=post.pk)
    if until <= post.since:
        rows.update(revoked_at=at, version=F("version") + 1)
    elif post.until is None or until < post.until:
        rows.update(until=until, version=F("version") + 1)


@transaction.atomic
def end_posts_at(*, unit_ids: Iterable[int], until: date, by: Actor, at: datetime, reason: str) -> int:
    """The unions end: no post at them carries anything from a day on (SC-8); returns how many ended."""
    rows = Post.objects.filter(ahead_of(until), unit__in=list(unit_ids), revoked_at=None).order_by("pk")
    posts = list(rows.select_for_update())
    for post in posts:
        by.require(Word.GRANT, at=post.path)
        _end(post, until=until, at=at)
        after = {"until": until.isoformat(), "delegations": 0}
        journal.record("end_post", by=by, at=at, kind=KIND, object_id=post.pk, after=after, reason=reason)
    return len(posts)


def recall_delegation(*, post: Post, today: date, by: Actor, at: datetime) -> Post:
    """The delegator takes back what he delegated, from today on."""
    if post.delegated_from_id is None or post.delegated_from_id != by.post_id:
        raise NotAllowed(say("只能收回由您当前岗位委托出去的权限。"))
    return end_post(post=post, until=today, by=by, at=at)


def choose_post(*, user_id: int | None, post_id: int, by: Actor, at: datetime) -> int:
    """The post to act in from now on, or one's own affairs; it must hold today (SC-3)."""
    held = queries.standings_of(user_id=user_id or 0, day=clock.day_of(at))
    if post_id != queries.SELF and post_id not in {standing.post_id for standing in held}:
        raise NotVisible
    journal.record("choose_post", by=by, at=at, kind=KIND, object_id=post_id or None)
    return post_id
