"""The papers of aid and the columns of its register. Pure."""

from niangjia.relief.rules.papers import APPROVAL_FORM, PAPERS, ROSTER, STUDY_FORM

__all__ = ["APPROVAL_FORM", "PAPERS", "ROSTER", "STUDY_FORM"]
