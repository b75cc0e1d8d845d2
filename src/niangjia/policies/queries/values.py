"""The rows that unions set, as the kernel's resolution takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel import policy
from niangjia.kernel.access import Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.scoping import within
from niangjia.policies import rules
from niangjia.policies.models import LocalValue
from niangjia.tree import queries as tree


def values_for(
    *, chain: Sequence[int], keys: Iterable[str] | None = None, day: date | None = None
) -> list[policy.LocalValue]:
    """What the units of a chain set, for some keys or all, in force on a day or ever."""
    rows = LocalValue.objects.filter(unit_id__in=list(chain))
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    if day is not None:
        rows = rows.filter(holds_on(day))
    return [_value(row) for row in rows.order_by("since", "id")]


def _value(row: LocalValue) -> policy.LocalValue:
    return policy.LocalValue(
        row.key,
        row.unit_id,
        row.value,
        row.since,
        row.until,
        row.paper,
        row.locked,
        row.low,
        row.high,
        row.dims,
        id=row.pk,
    )


def version_of(*, rows: Iterable[LocalValue]) -> int:
    """A number that changes with every change of a union's values of one policy and case."""
    rows = list(rows)
    newest = max((row.pk for row in rows), default=0)
    return newest * 1_000 + sum(row.version for row in rows)


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value with the name of the union that set it."""

    value: policy.LocalValue
    unit_name: str
    version: int


def history_of(*, key: str, chain: Sequence[int]) -> list[OwnValue]:
    """Every value of a policy that the units of a chain ever set, the newest first."""
    rows = LocalValue.objects.filter(key=key, unit_id__in=list(chain)).order_by("-since", "-id")
    return _named(rows)


def overrides_below(*, key: str, path: str, day: date, limit: int = 100) -> list[OwnValue]:
    """Who below a path has a value of its own on a day; an empty path is the whole tree."""
    rows = within(LocalValue.objects.filter(holds_on(day), key=key), scope=Scope(tops=(path,)))
    return _named(rows.exclude(path=path).order_by("path", "dims_key")[:limit])


def _named(rows: Iterable[LocalValue]) -> list[OwnValue]:
    rows = list(rows)
    names = tree.names_of(unit_ids={row.unit_id for row in rows})
    return [OwnValue(_value(row), names.get(row.unit_id, "—"), row.version) for row in rows]


def own_value(*, value_id: int, scope: Scope) -> LocalValue:
    """One of the union's own values; out of scope it does not exist."""
    row = within(LocalValue.objects.filter(pk=value_id), scope=scope).first()
    if row is None:
        raise NotVisible
    return row


def own_version(*, unit_id: int, key: str, dims: dict[str, str]) -> int:
    """The version of a union's values of one policy and case, for the form."""
    rows = LocalValue.objects.filter(unit_id=unit_id, key=key, dims_key=rules.dims_key(dims))
    return version_of(rows=rows)
