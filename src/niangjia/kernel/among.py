"""Thousands of values in one condition: as one array, not as a placeholder each."""

from collections.abc import Collection
from typing import Literal

from django.db.models.expressions import RawSQL


def among(
    values: Collection[int | bytes | str], kind: Literal["bigint", "bytea", "text"] = "bigint"
) -> RawSQL:
    """For `filter(column__in=among(values))`: the values as a subquery over one array."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611 - the kinds are three words
