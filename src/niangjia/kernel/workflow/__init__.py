"""Workflows as tables: read, drawn and explored (house.md §3.1)."""

from niangjia.kernel.workflow.drawing import mermaid
from niangjia.kernel.workflow.exploring import Found, explore, paths, way_around
from niangjia.kernel.workflow.table import Facts, Guard, Step, Workflow, from_each, needs

__all__ = [
    "Facts",
    "Found",
    "Guard",
    "Step",
    "Workflow",
    "explore",
    "from_each",
    "mermaid",
    "needs",
    "paths",
    "way_around",
]
