"""What the papers of a needy-worker file tell, and what the national aid system is told. Pure."""

from niangjia.dossiers.rules.national import (
    COLUMNS,
    COMPARED,
    KINDS,
    NOTE,
    UNVERIFIED,
    Difference,
    Kind,
    Reconciled,
    heading_of,
    reconciled,
)
from niangjia.dossiers.rules.papers import ENDED, FILE_FORM, PAPERS, REVIEWED

__all__ = [
    "COLUMNS",
    "COMPARED",
    "ENDED",
    "FILE_FORM",
    "KINDS",
    "NOTE",
    "PAPERS",
    "REVIEWED",
    "UNVERIFIED",
    "Difference",
    "Kind",
    "Reconciled",
    "heading_of",
    "reconciled",
]
