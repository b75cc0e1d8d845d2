"""Who stands at a unit on a day and what his post carries: the people behind a desk."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from niangjia.accounts.models import Post, User
from niangjia.accounts.queries.acting import words_carried
from niangjia.accounts.rules import ROLE_NAMES
from niangjia.kernel.access import Role
from niangjia.kernel.dated import holds_on
from niangjia.kernel.words import Said, say


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post at a unit: his name and post, never his telephone."""

    post_id: int
    unit_id: int
    unit_name: str
    user_id: int
    person_id: int | None
    name: str
    title: str
    role: Role
    delegated_role: Role | None

    @property
    def post(self) -> Said | str:
        """The post's own name, or its role's."""
        return self.title or say(ROLE_NAMES[self.role])

    def carries(self, word: str) -> bool:
        """Whether the post carries a permission word."""
        return word in words_carried(role=self.role, delegated_role=self.delegated_role)


_COLUMNS = tuple(field.name for field in fields(Holder))


def holders_at(*, unit_ids: Iterable[int], day: date) -> tuple[Holder, ...]:
    """Everybody in a post at these units on a day, asked past the scope: names and posts are no secret."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM accounts_holders(%s, %s)",  # noqa: S608 - our own columns
            [sorted(set(unit_ids)), day],
        )
        rows = [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return tuple(_holder(row) for row in rows)


def _holder(row: dict[str, object]) -> Holder:
    delegated = str(row["delegated_role"])
    roles = {"role": Role(str(row["role"])), "delegated_role": Role(delegated) if delegated else None}
    return Holder(**row | roles)  # type: ignore[arg-type]


def delegator_of(*, post_id: int | None, day: date) -> QuerySet[Post, int]:
    """The account whose post was delegated to this one, while the delegation holds: none or one."""
    rows = Post.objects.filter(holds_on(day), pk=post_id or 0, delegated_from__isnull=False, revoked_at=None)
    return rows.values_list("delegated_from__user_id", flat=True)


def account_names(*, user_ids: Iterable[int]) -> dict[int, str]:
    """Names by account, in one query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def accounts_of(*, people: Iterable[int]) -> list[int]:
    """The active accounts of natural persons."""
    rows = User.objects.filter(person_id__in=set(people), is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def address_of(*, user_id: int) -> tuple[str, int | None]:
    """The e-mail address and the person of an active account; empty for one that is locked."""
    row = User.objects.filter(pk=user_id, is_active=True).values_list("email", "person_id").first()
    return row or ("", None)
