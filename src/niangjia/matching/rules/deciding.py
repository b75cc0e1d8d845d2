"""How a possible duplicate is decided: one proposes, a second decides; a merge may be parted again (§2.4)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from niangjia.kernel.access import Role
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each

KIND = "matching.duplicate_case"
PROPOSE, DECIDE = "matching.propose", "matching.decide"


class State(StrEnum):
    """Where a possible duplicate stands."""

    OPEN = "open"
    MERGE_PROPOSED = "merge_proposed"
    APART_PROPOSED = "apart_proposed"
    MERGED = "merged"
    NOT_THE_SAME = "not_the_same"
    SPLIT_PROPOSED = "split_proposed"
    UN_MERGED = "un_merged"


STATE_WORDS: Mapping[str, Said] = {
    State.OPEN: say("待核对"),
    State.MERGE_PROPOSED: say("已提出合并，待第二人核定"),
    State.APART_PROPOSED: say("已提出不是同一人，待第二人核定"),
    State.MERGED: say("已合并"),
    State.NOT_THE_SAME: say("不是同一人"),
    State.SPLIT_PROPOSED: say("已提出拆分，待第二人核定"),
    State.UN_MERGED: say("已拆分"),
}
DUPLICATE = Workflow(
    State.OPEN,
    (
        Step("propose_merge", State.OPEN, State.MERGE_PROPOSED, PROPOSE, label=say("提出合并")),
        Step("propose_apart", State.OPEN, State.APART_PROPOSED, PROPOSE, label=say("提出不是同一人")),
        Step("merge", State.MERGE_PROPOSED, State.MERGED, DECIDE, label=say("核定合并")),
        Step("set_apart", State.APART_PROPOSED, State.NOT_THE_SAME, DECIDE, label=say("核定不是同一人")),
        *from_each(
            (State.MERGE_PROPOSED, State.APART_PROPOSED),
            Step("turn_down", "", State.OPEN, DECIDE, label=say("不同意，退回核对")),
        ),
        Step("propose_split", State.MERGED, State.SPLIT_PROPOSED, PROPOSE, label=say("提出拆分")),
        Step("split", State.SPLIT_PROPOSED, State.UN_MERGED, DECIDE, label=say("核定拆分")),
        Step("keep_merged", State.SPLIT_PROPOSED, State.MERGED, DECIDE, label=say("不拆分，保持合并")),
    ),
    labels=STATE_WORDS,
    ends=frozenset({State.NOT_THE_SAME, State.UN_MERGED}),
)
WAITING = (State.MERGE_PROPOSED, State.APART_PROPOSED, State.SPLIT_PROPOSED)
"""Somebody proposed; a second person of the county has to decide."""
TASK_KINDS: Mapping[str, Said] = {
    "matching.decide": say("核定疑似重复"),
    "matching.real_name": say("补齐实名资料"),
}


def require_second(*, proposer: int | None, decider: int | None) -> None:
    """Refuse one who decides what he proposed himself: two persons (domain.md §2.4)."""
    if proposer is not None and proposer == decider:
        raise NotAllowed(say("这一步须由第二个人核定。您提出的，请同事来核定。"))


def require_not_himself(*, person_id: int | None, concerned: Collection[int]) -> None:
    """Refuse one whom the matter concerns (R-G-06)."""
    if person_id is not None and person_id in concerned:
        raise NotAllowed(say("这件事涉及您本人，请由同事办理。"))


def require_level(*, role: Role, same_county: bool) -> None:
    """Within a county the county decides; a city only where the records lie in two counties (SC-5)."""
    if role is Role.MUN and same_county:
        raise NotAllowed(say("两份资料在同一个县，由县级工会核定。"))


def require_one_of(*, keep_id: int, pair: Collection[int]) -> None:
    """The record that goes on is one of the two."""
    if keep_id not in pair:
        raise Refused(say("请选择保留哪一份资料。"), field="keep")
