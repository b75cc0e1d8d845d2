"""Reads of notices: what is public while it hangs, what an office sees, what other matters ask."""

from niangjia.notices.queries.office import (
    Filters,
    calendar_at,
    notice_in_scope,
    notices_in_scope,
    objection_in_scope,
    objections_of,
    roll_of,
    value_at,
)
from niangjia.notices.queries.public import (
    Followed,
    Headline,
    followed,
    headline,
    open_notice_by_token,
    open_notices,
    receipt_digest,
)
from niangjia.notices.queries.standing import Standing, standing_of

__all__ = [
    "Filters",
    "Followed",
    "Headline",
    "Standing",
    "calendar_at",
    "followed",
    "headline",
    "notice_in_scope",
    "notices_in_scope",
    "objection_in_scope",
    "objections_of",
    "open_notice_by_token",
    "open_notices",
    "receipt_digest",
    "roll_of",
    "standing_of",
    "value_at",
]
