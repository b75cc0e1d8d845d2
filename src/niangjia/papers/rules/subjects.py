"""What a paper or an attachment is about, as the app above tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that files hang on: its unit, its name, its page. Apps above answer with it (a port)."""

    kind: str
    id: int
    unit_id: int
    path: str
    name: str
    href: str
    person_id: int | None = None
