"""The papers of aid are issued, one verb a function."""

from niangjia.relief.actions.papers import (
    issue_approval_form,
    issue_leaflet_for,
    issue_roster,
    issue_study_form,
)

__all__ = ["issue_approval_form", "issue_leaflet_for", "issue_roster", "issue_study_form"]
