"""What the journal tells of a household, newest first."""

from niangjia.households.rules import VERBS
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Event
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import say

LINES = 30


def events_of(*, kind: str, object_id: int) -> list[Event]:
    """Whoever sees the record sees who did what, wherever they sit."""
    with beyond():
        lines = lines_of(kind=kind, object_ids=[object_id], limit=LINES)
        authors = authors_of(lines)
    return [
        Event(line.at, authors.get(line.user_id, say("系统")), VERBS.get(line.verb, line.verb), line.reason)
        for line in lines
    ]
