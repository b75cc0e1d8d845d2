"""What has been kept of persons long enough (PIPL 19)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from niangjia.kernel import personal
from niangjia.kernel.personal import Personal
from niangjia.kernel.policing import value_of
from niangjia.people.models import Person


def run_out(*, today: date) -> Iterator[tuple[type[Model], Personal, QuerySet[Any]]]:
    """Rows whose keeping has run out by the policy `privacy.retention`, model by model (PIPL 19)."""
    for model, told in personal.annotated():
        if told.ends:
            value = value_of(key="privacy.retention", unit_id=None, day=today, data_class=told.keep)
            day = personal.run_out_before(value.of(dict), today=today)
            yield model, told, _still_held(model, told, personal.ended_before(model, told, day=day))


def _still_held(model: type[Model], told: Personal, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that were not cleared before; a merged record goes with the one that goes on."""
    if model is Person:
        return rows.filter(erased_at=None, merged_into=None)
    if told.row_goes:
        return rows
    column = next((name for name, held in told.fields.items() if not held.stays), "")
    if not column:
        return rows.none()
    field = model._meta.get_field(column)  # noqa: SLF001 - Django's name for it
    empty = None if getattr(field, "null", False) else personal.blank_of(model, column, told.fields[column])
    return rows.exclude(**{column: empty})
