"""One case as its page shows it: both records, what was proposed, what the reader may do now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Event, Fact, Stage
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.queries.cases import said_features, said_score
from niangjia.matching.queries.comparing import Comparison, compared
from niangjia.matching.rules import DUPLICATE, KIND, STATE_WORDS, WAITING, State
from niangjia.members.rules.merging import BESIDE

ROADS = {
    "propose_merge": ("propose-merge", "primary"),
    "propose_apart": ("propose-apart", "outline"),
    "propose_split": ("propose-split", "outline"),
}
VERBS = {
    "report_duplicate": say("登记了这一对"),
    "propose_merge_duplicate": say("提出合并"),
    "propose_apart_duplicate": say("提出不是同一人"),
    "propose_split_duplicate": say("提出拆分"),
    "merge_duplicate": say("核定合并"),
    "set_apart_duplicate": say("核定不是同一人"),
    "split_duplicate": say("核定拆分"),
    "turn_down_duplicate": say("不同意，退回核对"),
    "keep_merged_duplicate": say("不拆分，保持合并"),
}


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of a case shows."""

    both: Comparison
    state: Said
    agrees: Said
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    events: Sequence[Event]
    actions: Sequence[Act]
    waits: bool


def case_page(*, case_id: int, actor: Actor) -> CasePage:
    """One case for a reader."""
    both = compared(case_id=case_id, actor=actor)
    row = both.row
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[row.pk])
        authors = authors_of(lines)
    events = [
        Event(line.at, authors.get(line.user_id, "—"), VERBS.get(line.verb, say("办理了一步")), line.reason)
        for line in lines
    ]
    return CasePage(
        both,
        STATE_WORDS[row.state],
        said_features(row=row),
        _facts(both),
        _stages(row),
        events,
        _actions(row, actor),
        row.state in WAITING,
    )


def _facts(both: Comparison) -> list[Fact]:
    """What was proposed, once something is."""
    row = both.row
    found = [
        Fact(say("可能程度"), said_score(row=row)),
        Fact(say("发现时间"), row.found_at),
    ]
    if row.keep_id is not None:
        kept = both.first if row.keep_id == row.first_id else both.second
        found.append(Fact(say("保留的资料"), kept.name))
        beside = row.chosen.get("beside", "")
        found += [Fact(say("不再计数的会籍"), BESIDE[beside])] if beside in BESIDE else []
    if row.reason:
        found.append(Fact(say("提出的理由"), row.reason))
    if row.answer:
        found.append(Fact(say("核定意见"), row.answer))
    return found


def _stages(row: DuplicateCase) -> list[Stage]:
    ended = row.state not in {State.OPEN, *WAITING}
    proposed = row.state != State.OPEN
    return [
        Stage(say("系统或干部发现"), "done"),
        Stage(say("一人提出"), "done" if proposed else "now"),
        Stage(say("第二人核定"), "done" if ended else "now" if proposed else "todo"),
        Stage(STATE_WORDS[row.state] if ended else say("办结"), "done" if ended else "todo"),
    ]


def _actions(row: DuplicateCase, actor: Actor) -> list[Act]:
    words = [word for word in (Word.PROPOSE, Word.DECIDE) if actor.may(word)]
    found = [
        Act(step.label or step.name, reverse(ROADS[step.name][0], args=[row.pk]), kind=ROADS[step.name][1])
        for step in DUPLICATE.steps_from(row.state, words)
        if step.name in ROADS
    ]
    if row.state in WAITING and Word.DECIDE in words and row.proposed_by != actor.user_id:
        found.append(Act(say("核定"), reverse("decide-duplicate", args=[row.pk]), kind="primary"))
    return found
