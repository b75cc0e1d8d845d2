"""What the pages of needy-worker files show."""

from niangjia.dossiers.queries.listing import (
    FileList,
    file_list,
    file_subject,
    never_helped,
    own_list,
    path_of,
    towns_of,
)
from niangjia.dossiers.queries.national import Closing, closing_of, fit_to_leave, reconciliation_of
from niangjia.dossiers.queries.national import cells as national_cells
from niangjia.dossiers.queries.page import Evidence, FilePage, file_page, file_paper
from niangjia.dossiers.queries.panels import household_panel

__all__ = [
    "Closing",
    "Evidence",
    "FileList",
    "FilePage",
    "closing_of",
    "file_list",
    "file_page",
    "file_paper",
    "file_subject",
    "fit_to_leave",
    "household_panel",
    "national_cells",
    "never_helped",
    "own_list",
    "path_of",
    "reconciliation_of",
    "towns_of",
]
