"""What the pages of campaigns show."""

from niangjia.outreach.queries.board import LIST, board_page, campaign_list, rows_href
from niangjia.outreach.queries.panels import panel_of
from niangjia.outreach.queries.proof import proof_page
from niangjia.outreach.queries.targets import (
    day_of_visits,
    leads_table,
    open_table,
    target_list,
    target_page,
)

__all__ = [
    "LIST",
    "board_page",
    "campaign_list",
    "day_of_visits",
    "leads_table",
    "open_table",
    "panel_of",
    "proof_page",
    "rows_href",
    "target_list",
    "target_page",
]
