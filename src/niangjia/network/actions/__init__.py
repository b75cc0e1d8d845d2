"""Writes of the network register, one verb a function."""

from niangjia.network.actions.covering import (
    EmployerDraft,
    cover_employer,
    edit_employer,
    end_coverage,
    register_employer,
)
from niangjia.network.actions.founding import (
    OrganisationDraft,
    bear_term,
    edit_organisation,
    found_organisation,
    hold_organisation,
    rename_organisation,
)
from niangjia.network.actions.leaving import leave_register
from niangjia.network.actions.placing import (
    close_organisation,
    compose,
    end_relation_of,
    keep_elsewhere,
    move_organisation,
    recompose,
    relate_organisations,
)
from niangjia.network.actions.tallying import Difference, fold_tallies, recount_tallies, turn_the_day

__all__ = [
    "Difference",
    "EmployerDraft",
    "OrganisationDraft",
    "bear_term",
    "close_organisation",
    "compose",
    "cover_employer",
    "edit_employer",
    "edit_organisation",
    "end_coverage",
    "end_relation_of",
    "fold_tallies",
    "found_organisation",
    "hold_organisation",
    "keep_elsewhere",
    "leave_register",
    "move_organisation",
    "recompose",
    "recount_tallies",
    "register_employer",
    "relate_organisations",
    "rename_organisation",
    "turn_the_day",
]
