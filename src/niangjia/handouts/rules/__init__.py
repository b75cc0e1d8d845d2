"""What the rules say of batches that are handed out: kinds, rosters, counts that add up. Pure."""

from niangjia.handouts.rules.counting import Goods, Tally, require_goods
from niangjia.handouts.rules.drafting import BatchDraft, Whom, require_draft
from niangjia.handouts.rules.flow import (
    BATCH,
    KIND,
    LABELS,
    MOVING,
    ROW_KIND,
    STATUS,
    TASK_KINDS,
    Outcome,
    State,
    Way,
)
from niangjia.handouts.rules.kinds import (
    KINDS,
    OCCASION_OF,
    OUTCOMES,
    WAYS,
    BatchKind,
    birthday_in,
    born_in,
    born_months,
)
from niangjia.handouts.rules.papers import PAPERS, ROSTER

__all__ = [
    "BATCH",
    "KIND",
    "KINDS",
    "LABELS",
    "MOVING",
    "OCCASION_OF",
    "OUTCOMES",
    "PAPERS",
    "ROSTER",
    "ROW_KIND",
    "STATUS",
    "TASK_KINDS",
    "WAYS",
    "BatchDraft",
    "BatchKind",
    "Goods",
    "Outcome",
    "State",
    "Tally",
    "Way",
    "Whom",
    "birthday_in",
    "born_in",
    "born_months",
    "require_draft",
    "require_goods",
]
