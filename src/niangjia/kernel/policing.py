"""A policy's value asked for from any floor: `project` says which app answers."""

from datetime import date
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.policy import Decided


class Policies(Protocol):
    """What the port answers: the value that decides for a union on a day; raises OutOfForce."""

    def __call__(self, *, key: str, unit_id: int | None, day: date, **dims: object) -> Decided:
        """The value with its paper."""


@cache
def _port(path: str) -> Policies:
    return cast("Policies", import_string(path))


def value_of(*, key: str, unit_id: int | None, day: date, **dims: object) -> Decided:
    """The value of a policy for a union on a day (None: as shipped)."""
    return _port(settings.NIANGJIA_POLICIES)(key=key, unit_id=unit_id, day=day, **dims)
