"""What the rules say of home visits: what is written down, who may go, what a signature is. Pure."""

from niangjia.visits.rules.draft import (
    NEW,
    Ask,
    Dweller,
    Family,
    Origin,
    Point,
    Told,
    VisitDraft,
    Visitor,
    Whom,
    digest_of,
)
from niangjia.visits.rules.flow import (
    ASKS,
    AT_HOME,
    KIND,
    RESULTS,
    TASK_KINDS,
    VERBS,
    AskKind,
    Photos,
    Result,
)
from niangjia.visits.rules.judging import Officer, require_visitors
from niangjia.visits.rules.papers import PAPERS, RECORD
from niangjia.visits.rules.reading import draft_from, read_draft
from niangjia.visits.rules.signing import HEIGHT, WIDTH, Signature, require_signature, strokes_of

__all__ = [
    "ASKS",
    "AT_HOME",
    "HEIGHT",
    "KIND",
    "NEW",
    "PAPERS",
    "RECORD",
    "RESULTS",
    "TASK_KINDS",
    "VERBS",
    "WIDTH",
    "Ask",
    "AskKind",
    "Dweller",
    "Family",
    "Officer",
    "Origin",
    "Photos",
    "Point",
    "Result",
    "Signature",
    "Told",
    "VisitDraft",
    "Visitor",
    "Whom",
    "digest_of",
    "draft_from",
    "read_draft",
    "require_signature",
    "require_visitors",
    "strokes_of",
]
