"""Writes of the desk of aid: batches on exactly what was shown, one verb a function."""

from niangjia.casework.actions.batches import act_on_all, open_round_of

__all__ = ["act_on_all", "open_round_of"]
