"""What the books of relief show: rounds, papers, the year, the register, the overlooked."""

from niangjia.relief.queries.overlooked import ONLY, Overlooked, overlooked
from niangjia.relief.queries.panels import campaign_panel, household_panel
from niangjia.relief.queries.printed import roster_of, sheet_of
from niangjia.relief.queries.rounds import RoundList, RoundPage, round_list, round_page
from niangjia.relief.queries.yearly import YearPage, year_page

__all__ = [
    "ONLY",
    "Overlooked",
    "RoundList",
    "RoundPage",
    "YearPage",
    "campaign_panel",
    "household_panel",
    "overlooked",
    "roster_of",
    "round_list",
    "round_page",
    "sheet_of",
    "year_page",
]
