"""What apps above add to the page of a record below them, told by name at a port (house.md 1)."""

from collections.abc import Iterable
from typing import Any

from django.utils.module_loading import import_string

from niangjia.kernel.shapes import Panel


def joined(paths: Iterable[str], **told: Any) -> Panel:
    """The panels of a port in one: each function is called with `told` and answers in its own scope."""
    found = [import_string(path)(**told) for path in paths]
    return Panel(
        figures=[figure for panel in found for figure in panel.figures],
        acts=[act for panel in found for act in panel.acts],
        tables=[table for panel in found for table in panel.tables],
    )
