"""What may be shown in a public notice, and how it runs: pure, no table, no clock."""

from niangjia.notices.rules.flow import NOTICE, OUTCOMES, PLACES, Outcome, Place, State
from niangjia.notices.rules.masking import (
    GENERAL,
    Column,
    ColumnKind,
    Masked,
    NoticeKind,
    RollEntry,
    band,
    hidden_among,
    masked,
)

__all__ = [
    "GENERAL",
    "NOTICE",
    "OUTCOMES",
    "PLACES",
    "Column",
    "ColumnKind",
    "Masked",
    "NoticeKind",
    "Outcome",
    "Place",
    "RollEntry",
    "State",
    "band",
    "hidden_among",
    "masked",
]
