"""Dated rows: `since` and `until` are half-open periods; the database refuses two truths on one day."""

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value


class HalfOpenDays(Func):
    """`daterange(since, until)`: the days of a half-open period, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()


def one_a_day(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `fields` may share a day."""
    days = HalfOpenDays(F("since"), F("until"), Value("[)"))
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in fields), (days, RangeOperators.OVERLAPS)],
        condition=condition,
    )


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """`until`, if set, lies after `since`."""
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gt=F("since")))


def holds_on(day: date, *, prefix: str = "") -> Q:
    """The half-open period `since <= day < until` of a row, or of the row that `prefix` leads to."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    )


def ahead_of(day: date) -> Q:
    """The rows that reach into the days from `day` on."""
    return Q(until__isnull=True) | Q(until__gt=day)


def cut(rows: QuerySet[Any], *, day: date) -> None:
    """From `day` on none of the dated rows holds: those that begin later are gone, the others end on it."""
    ahead = rows.filter(ahead_of(day))
    ahead.filter(since__gte=day).delete()
    ahead.update(until=day)
