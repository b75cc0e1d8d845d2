"""Where a file stands on its way, and what happened to it."""

from typing import TYPE_CHECKING

from niangjia.hardship import rules
from niangjia.hardship.rules import KIND, VERBS, State
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Event, Stage
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile

LINES = 80
STAGES: tuple[tuple[State, Said], ...] = (
    (State.LEAD, say("线索")),
    (State.APPLIED, say("基层初审")),
    (State.PRIMARY, say("入户走访")),
    (State.VISITED, say("送民政核对")),
    (State.CHECK, say("镇街审核")),
    (State.TOWN, say("公示")),
    (State.NOTICED, say("县级批准")),
    (State.APPROVED, say("建档入库")),
)
BEFORE = {State.RETURNED: State.APPLIED, State.TEMPORARY: State.APPLIED}
ENDED = (State.WITHDRAWN, State.REJECTED, State.CANCELLED, State.LIFTED, State.APPEALED)


def stages_of(*, row: "NeedyWorkerFile") -> list[Stage]:
    """The bar of steps; one that ended says how."""
    state = State(row.state)
    if state in ENDED:
        return [Stage(rules.LABELS[state], rules.STATUS.get(state, "stop"))]
    states = [one for one, _ in STAGES]
    here = BEFORE.get(state, state)
    place = states.index(here) if here in states else len(states)
    told = [
        Stage(words, "done" if n < place else "now" if n == place else "todo")
        for n, (_, words) in enumerate(STAGES)
    ]
    last = "done" if state == State.ACTIVE else "now" if state == State.DUE else "todo"
    return [*told, Stage(say("每年复核"), last)]


def events_of(*, row: "NeedyWorkerFile") -> list[Event]:
    """What the journal tells of it, newest first; the reasons are those that the worker read."""
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[row.pk], limit=LINES)
        authors = authors_of(lines)
    return [
        Event(
            line.at, authors.get(line.user_id, say("系统")), VERBS.get(line.verb, line.verb), note=line.reason
        )
        for line in lines
    ]
