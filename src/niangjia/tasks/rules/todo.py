"""What a source of things to do hands to the desk, without keeping them (port `NIANGJIA_TODO_SOURCES`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One thing to do of an acting post. A kept task with the same key stands in its place."""

    key: str
    kind: str
    title: Said
    road: str
    road_args: tuple[object, ...]
    unit_id: int
    unit_name: str
    since: date | None = None
    due_on: date | None = None


class TodoSource(Protocol):
    """Everything of one kind that lies with an acting post today."""

    def __call__(self, *, actor: Actor, today: date) -> Iterable[TodoItem]:
        """Few: those of the actor's own desk, not of every desk below."""
