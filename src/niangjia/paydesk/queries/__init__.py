"""Reads for the pages of payments."""

from niangjia.paydesk.queries.orders import account_names, desk_acts

__all__ = ["account_names", "desk_acts"]
