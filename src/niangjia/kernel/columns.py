"""Columns of tables that hold one value of an enumeration."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q


def one_of(name: str, field: str, values: object) -> models.CheckConstraint:
    """The column holds one of the values of an enumeration."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": [str(value) for value in values]}),  # type: ignore[attr-defined]
    )


def choices(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and words of an enumeration, for a column."""
    return [(str(code), word) for code, word in labels.items()]
