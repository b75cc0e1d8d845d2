"""Tables of the network register."""

from niangjia.network.models.employers import Coverage, Employer, EmployerWas
from niangjia.network.models.organisations import Composition, Organisation, OrganisationName, OrganisationWas
from niangjia.network.models.tallies import Tally, TallyDay, TallyDelta

__all__ = [
    "Composition",
    "Coverage",
    "Employer",
    "EmployerWas",
    "Organisation",
    "OrganisationName",
    "OrganisationWas",
    "Tally",
    "TallyDay",
    "TallyDelta",
]
