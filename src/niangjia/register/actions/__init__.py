"""Writes of the register that cross the apps below: papers filled in from it, rows that come in by file."""

from niangjia.register.actions.papers import issue_covering_list, issue_organisation_sheet

__all__ = ["issue_covering_list", "issue_organisation_sheet"]
