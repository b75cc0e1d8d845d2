"""The one port of every channel that leaves the house."""

from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Address:
    """Where a reader is reached; read when a message goes out, and never kept with it."""

    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out: words in the reader's language, and a number that marks a repetition."""

    number: str
    subject: str
    text: str
    to: Address


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `again` is False where a repetition cannot help; `why` holds nothing personal."""

    accepted: bool
    delivered: bool = False
    again: bool = True
    why: str = ""


class Port(Protocol):
    """A way out of the house."""

    def send(self, *, outgoing: Outgoing) -> Outcome:
        """Hand it over, within a few seconds; it never raises for what the other side does."""


@cache
def _built(path: str, name: str) -> Port:
    return cast("Port", import_string(path)(name=name))


def channel(*, name: str) -> Port:
    """The adapter of a channel, as `NIANGJIA_CHANNELS` names it. Raises KeyError for one that is not open."""
    return _built(settings.NIANGJIA_CHANNELS[name], name)
