"""What the pages of founding show: the list, one establishment, what it adds to unions and employers."""

from niangjia.establishments.queries.listing import (
    EstablishmentList,
    employer_panel,
    establishment_list,
    establishment_subject,
    organisation_panel,
)
from niangjia.establishments.queries.page import (
    EstablishmentPage,
    establishment_page,
    establishment_paper,
)

__all__ = [
    "EstablishmentList",
    "EstablishmentPage",
    "employer_panel",
    "establishment_list",
    "establishment_page",
    "establishment_paper",
    "establishment_subject",
    "organisation_panel",
]
