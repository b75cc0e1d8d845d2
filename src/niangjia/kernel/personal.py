"""Where personal data lies: every model says it in one way, and everything else is generated from that.

A model carries `personal = Personal(...)`: whose it is, why it is kept, how long, which columns hold what.
From it come the data map, the retention job, erasure, the person's own export and the canary test (house.md
§3.6). A structure test refuses a column that is neither held nor plain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, Q, QuerySet

from niangjia.kernel.periods import add_months, add_years
from niangjia.kernel.sealing import SealBroken, unseal
from niangjia.kernel.words import Said, say


class Kind(StrEnum):
    """What personal data is about (R-G-03)."""

    NAME = "name"
    IDENTITY = "identity"
    CONTACT = "contact"
    WORK = "work"
    ACCOUNT = "account"
    TRACE = "trace"
    WORDS = "words"
    HEALTH = "health"
    FINANCE = "finance"
    FAMILY = "family"
    CHILD = "child"
    PLACE = "place"


LABELS: Mapping[Kind, Said] = {
    Kind.NAME: say("姓名"),
    Kind.IDENTITY: say("身份信息"),
    Kind.CONTACT: say("联系方式"),
    Kind.WORK: say("工作与任职"),
    Kind.ACCOUNT: say("账号"),
    Kind.TRACE: say("办理痕迹"),
    Kind.WORDS: say("本人陈述"),
    Kind.HEALTH: say("健康信息（敏感）"),
    Kind.FINANCE: say("收入与账户（敏感）"),
    Kind.FAMILY: say("家庭情况"),
    Kind.CHILD: say("未满十四周岁子女信息（敏感）"),
    Kind.PLACE: say("行踪（敏感）"),
}
SENSITIVE = frozenset({Kind.HEALTH, Kind.FINANCE, Kind.CHILD, Kind.PLACE})
"""These need the person's separate consent (PIPL 29), and lie sealed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A column that holds personal data; what stands in it after an erasure (None: NULL, where it may be)."""

    kind: Kind
    sealed: bool = False
    shown: bool = True
    after: str | None = None
    stays: Said | None = None
    """Why the column outlives an erasure, said on the data map."""


@dataclass(frozen=True)
class Personal:
    """Whose the rows of a model are (a path to a person's number), why and how long they are kept.

    `keep` is the data class of the policy `privacy.retention`, counted from the date column `ends`. A model
    whose `row_goes` loses its rows at an erasure; of others only the held columns are blanked, so that totals
    and references stay. `plain` names the columns that tell nothing of the person by themselves.
    """

    whose: str
    why: Said
    keep: str
    fields: Mapping[str, Held] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    seen_by: str = ""
    ends: str = ""
    row_goes: bool = False
    also: Mapping[str, object] = field(default_factory=dict)
    beside: str = ""
    """A second person whose the rows are too: they stand between two."""
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Names for a model of other people's packages, which has none in our tongue."""

    def title_of(self, model: type[Model]) -> str:
        """What a row is called."""
        return self.title or str(model._meta.verbose_name)  # noqa: SLF001 - Django's name

    def label_of(self, column: Any) -> str:
        """What a column is called."""
        return self.labels.get(column.name) or str(getattr(column, "verbose_name", column.name))


foreign: dict[str, Personal] = {}
"""The same for models of other people's packages, by label; filled by the app that brings them in."""


def annotated() -> Iterator[tuple[type[Model], Personal]]:
    """Every model that holds personal data, with what it says of itself."""
    for model in apps.get_models():
        told = foreign.get(model._meta.label) or vars(model).get("personal")  # noqa: SLF001 - Django's name
        if isinstance(told, Personal):
            yield model, told


def rows_of(model: type[Model], told: Personal, *, person_id: int) -> QuerySet[Any]:
    """The rows of one person."""
    whose = Q(**{told.whose: person_id})
    whose |= Q(**{told.beside: person_id}) if told.beside else Q()
    return model._base_manager.filter(whose)  # noqa: SLF001 - not narrowed by a manager


def erase_rows(*, person_id: int) -> dict[str, int]:
    """Nothing personal of a person is left in any table; returns the rows touched, by table.

    Rows that others count on stay, with their columns blanked. Must run where all rows may be written.
    """
    touched: dict[str, int] = {}
    for model, told in annotated():
        rows = rows_of(model, told, person_id=person_id)
        count = rows.delete()[0] if told.row_goes else blank_rows(model, told, rows)
        if count:
            touched[model._meta.db_table] = count  # noqa: SLF001
    return touched


def blank_rows(model: type[Model], told: Personal, rows: QuerySet[Any]) -> int:
    """The held columns of these rows are empty, the rows stay; returns how many."""
    return sum(_blank(model, told, row) for row in rows)


def _blank(model: type[Model], told: Personal, row: Model) -> int:
    columns = {
        name: blank_of(model, name, held, pk=row.pk) for name, held in told.fields.items() if not held.stays
    }
    return model._base_manager.filter(pk=row.pk).update(**columns, **told.also)  # noqa: SLF001


def blank_of(model: type[Model], name: str, held: Held, *, pk: object = None) -> object:
    """What stands in a column after an erasure."""
    column = model._meta.get_field(name)  # noqa: SLF001
    if held.after is not None:
        return held.after.format(pk=pk)
    if getattr(column, "null", False):
        return None
    if isinstance(column, models.JSONField):
        return column.default() if callable(column.default) else {}
    return b"" if isinstance(column, models.BinaryField) else ""


def run_out_before(keep: Mapping[str, Any], *, today: date) -> date:
    """The day before which something must have ended to have run out today, by a value of the policy.

    >>> run_out_before({"keep": 90, "unit": "day"}, today=date(2018, 8, 20))
    datetime.date(2018, 5, 22)
    """
    count = int(keep["keep"])
    if keep["unit"] == "day":
        return today - timedelta(days=count)
    return add_years(today, -count) if keep["unit"] == "year" else add_months(today, -count)


def ended_before(model: type[Model], told: Personal, *, day: date) -> QuerySet[Any]:
    """The rows whose keeping began to count before a day."""
    column = model._meta.get_field(told.ends)  # noqa: SLF001
    lookup = f"{told.ends}__date__lt" if isinstance(column, models.DateTimeField) else f"{told.ends}__lt"
    return model._base_manager.filter(**{lookup: day})  # noqa: SLF001


def told_of(model: type[Model], told: Personal, row: Model, *, person_id: int) -> dict[str, object]:
    """A row as its person may read it: every held column by its label, sealed ones opened."""
    found: dict[str, object] = {}
    for name, held in told.fields.items():
        if held.shown:
            column = model._meta.get_field(name)  # noqa: SLF001
            found[told.label_of(column)] = _readable(row, name, held, person_id)
    plain = (model._meta.get_field(name) for name in sorted(told.plain))  # noqa: SLF001
    for column in plain:
        value = getattr(row, f"get_{column.name}_display", lambda c=column: getattr(row, c.name))()
        found[told.label_of(column)] = value
    return found


def _readable(row: Model, name: str, held: Held, person_id: int) -> object:
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if not held.sealed or value is None:
        return value
    try:
        return unseal(value, table=row._meta.db_table, person_id=person_id, field=name)  # noqa: SLF001
    except SealBroken:
        return None


def sealed_columns() -> Iterator[tuple[type[Model], Personal, str]]:
    """Every column whose values lie sealed under their person's key."""
    for model, told in annotated():
        yield from ((model, told, name) for name, held in told.fields.items() if held.sealed)
