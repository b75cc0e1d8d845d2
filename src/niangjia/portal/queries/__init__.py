"""Reads of the portal: home, find, public organisation, board and its rows, desk, navigation."""

from niangjia.portal.queries.board import Board, board
from niangjia.portal.queries.desk import Desk, desk
from niangjia.portal.queries.finding import Findings, findings
from niangjia.portal.queries.home import Home, home
from niangjia.portal.queries.membership import MembersPage, members_behind, members_number
from niangjia.portal.queries.navigation import navigation_for
from niangjia.portal.queries.organisation import PublicPage, public_page
from niangjia.portal.queries.rows import RowsPage, rows_behind
from niangjia.portal.queries.todo import Filters

__all__ = [
    "Board",
    "Desk",
    "Filters",
    "Findings",
    "Home",
    "MembersPage",
    "PublicPage",
    "RowsPage",
    "board",
    "desk",
    "findings",
    "home",
    "members_behind",
    "members_number",
    "navigation_for",
    "public_page",
    "rows_behind",
]
