"""What the rules say of sympathy visits: occasions, caps, the way of one, receipts. Pure."""

from niangjia.sympathy.rules.caps import Cap, require_within
from niangjia.sympathy.rules.flow import (
    GIVEN,
    KIND,
    LABELS,
    MESSAGE_KINDS,
    STATUS,
    TASK_KINDS,
    VISIT,
    State,
    facts_of,
)
from niangjia.sympathy.rules.goods import GOODS, GOODS_KIND, GoodsState
from niangjia.sympathy.rules.occasions import OCCASIONS, Known, Occasion, known_by
from niangjia.sympathy.rules.papers import PAPERS, REGISTRATION
from niangjia.sympathy.rules.receipts import (
    RECEIPTS,
    Given,
    Kin,
    Receipt,
    Signed,
    Visited,
    names_of,
    require_signature,
)
from niangjia.sympathy.rules.warrants import NOT_RECEIVED

__all__ = [
    "GIVEN",
    "GOODS",
    "GOODS_KIND",
    "KIND",
    "LABELS",
    "MESSAGE_KINDS",
    "NOT_RECEIVED",
    "OCCASIONS",
    "PAPERS",
    "RECEIPTS",
    "REGISTRATION",
    "STATUS",
    "TASK_KINDS",
    "VISIT",
    "Cap",
    "Given",
    "GoodsState",
    "Kin",
    "Known",
    "Occasion",
    "Receipt",
    "Signed",
    "State",
    "Visited",
    "facts_of",
    "known_by",
    "names_of",
    "require_signature",
    "require_within",
]
