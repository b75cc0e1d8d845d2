"""What the pages of visits show."""

from niangjia.visiting.queries.choosing import Choice, Chosen, choice_for, whom_for
from niangjia.visiting.queries.listing import VisitList, visit_list
from niangjia.visiting.queries.page import VisitPage, visit_page
from niangjia.visiting.queries.panels import household_panel, target_panel
from niangjia.visiting.queries.values import said_value

__all__ = [
    "Choice",
    "Chosen",
    "VisitList",
    "VisitPage",
    "choice_for",
    "household_panel",
    "said_value",
    "target_panel",
    "visit_list",
    "visit_page",
    "whom_for",
]
