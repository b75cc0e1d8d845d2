"""Accounts and posts for machines: read only, the same scope as the pages."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from niangjia.accounts import queries
from niangjia.accounts.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.asked import WHOLE, Number
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.listing import part_of

Limit = Annotated[int, Query(ge=1, le=200), WHOLE]
router = Router(tags=["accounts"])


class AccountOut(Schema):
    """An account."""

    id: int
    name: str
    username: str
    is_active: bool


class AccountsOut(Schema):
    """A page of accounts and the key of the next."""

    total: int
    after: str
    items: list[AccountOut]


class PostOut(Schema):
    """A post, past and future ones too."""

    id: int
    user_id: int
    unit_id: int
    role: str
    title: str
    since: date
    until: date | None
    delegated_from_id: int | None


@router.get("/users/", response=AccountsOut)
@requires(Word.READ)
def users(request: HttpRequest, name: str = "", role: str = "", after: str = "") -> dict[str, object]:
    """The accounts of the scope."""
    scope = actor_of(request).scope_for(Word.READ)
    filters = queries.AccountFilters(name=name, role=role)
    rows = queries.accounts_in_scope(scope=scope, day=clock.today(), filters=filters)
    page = part_of(rows=rows, sort="name", after=after)
    return {"total": rows.count(), "after": page.after, "items": list(page.rows)}


@router.get("/users/{user_id}/posts/", response=list[PostOut])
@requires(Word.READ)
def posts(request: HttpRequest, user_id: Number, limit: Limit = 100) -> list[object]:
    """The posts of an account at units of the scope, newest first."""
    scope = actor_of(request).scope_for(Word.READ)
    user = queries.user_in_scope(user_id=user_id, scope=scope, day=clock.today())
    return list(queries.posts_in_scope(scope=scope, user=user)[:limit])
