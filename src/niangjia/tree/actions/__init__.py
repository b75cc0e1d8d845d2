"""Writes of the dated tree and of the divisions, one verb a function."""

from niangjia.tree.actions.divisions import LoadReport, load_divisions
from niangjia.tree.actions.planting import Planting, plant_units
from niangjia.tree.actions.relating import end_relation, relate
from niangjia.tree.actions.rerooting import reroot
from niangjia.tree.actions.standing import (
    close_unit,
    hold_the_tree,
    move_unit,
    plant_unit,
    recast_unit,
    rename_unit,
    turn_the_day,
)

__all__ = [
    "LoadReport",
    "Planting",
    "close_unit",
    "end_relation",
    "hold_the_tree",
    "load_divisions",
    "move_unit",
    "plant_unit",
    "plant_units",
    "recast_unit",
    "relate",
    "rename_unit",
    "reroot",
    "turn_the_day",
]
