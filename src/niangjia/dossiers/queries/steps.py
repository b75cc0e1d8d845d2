"""What the acting post may do with a file now: each button names its consequence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.hardship import rules
from niangjia.hardship.permissions import Word
from niangjia.hardship.queries import Desks, may_take
from niangjia.hardship.rules import State
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile

STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("apply", say("登记家庭，填报建档申请"), "apply-for-file", "primary"),
    ("answer_return", say("补正后再报"), "answer-file-return", "primary"),
    ("first_review", say("初审通过，报镇街走访"), "first-review-file", "primary"),
    ("take_up_visit", say("确认已走访，报县级送核"), "take-up-visit", "primary"),
    ("ask_check", say("提请家庭经济状况核对"), "ask-file-check", "primary"),
    ("town_review", say("审核通过，安排公示"), "town-review-file", "primary"),
    ("open_notice", say("开始公示"), "open-file-notice", "primary"),
    ("approve", say("批准建档"), "approve-file", "primary"),
    ("enter", say("建档入库，打印档案表"), "enter-file", "primary"),
    ("renew", say("完成复核"), "finish-file-review", "primary"),
    ("lift", say("办理脱困或注销的确认"), "confirm-file-end", "primary"),
    ("promote", say("办理临时档案转正或注销"), "end-temporary-file", "primary"),
    ("uphold_appeal", say("答复申诉"), "decide-file-appeal", "primary"),
    ("appeal", say("提出申诉"), "appeal-file", "primary"),
    ("reopen", say("用原编号重新申请"), "reopen-file", "outline"),
    ("open_temporary", say("先建临时档案"), "open-temporary-file", "outline"),
    ("fall_due", say("现在就开始复核"), "start-file-review", "outline"),
    ("review_again", say("因异议重新审核"), "review-file-again", "outline"),
    ("send_down", say("退回镇街重审"), "send-file-down", "outline"),
    ("send_back", say("退回，请补正"), "send-back-file", "outline"),
    ("drop", say("线索不成立，结束"), "drop-lead", "stop"),
    ("reject", say("不予建档"), "reject-file", "stop"),
    ("withdraw", say("撤回申请"), "withdraw-file", "stop"),
)
"""Each step: the button, its road, how it looks. A road that leads to two steps stands under the first."""


def acts_of(*, row: "NeedyWorkerFile", actor: Actor, desks: Desks) -> list[Act]:
    """The steps that the acting post may take now."""
    ahead = {step.name: step for step in rules.FILE.steps_from(row.state)}
    found = [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for name, words, road, kind in STEPS
        if name in ahead
        and not _waits(row, name)
        and may_take(row=row, step=ahead[name], actor=actor, desks=desks)
    ]
    return [*found, *_beside(row, actor, desks)]


def _waits(row: "NeedyWorkerFile", name: str) -> bool:
    """Nothing is to be confirmed before it is proposed; what is proposed is not reviewed meanwhile."""
    if name == "lift":
        return not row.proposed
    return bool(row.proposed) and name in {"renew", "fall_due", "enter"}


def _beside(row: "NeedyWorkerFile", actor: Actor, desks: Desks) -> list[Act]:
    """What is done without a step of the way: proposals, opinions, declarations."""
    town = actor.may(Word.REVIEW, at=row.path) and actor.unit_id == desks.review.pk
    acts: list[Act] = []
    if town and row.state in rules.ENDABLE and not row.proposed:
        acts.append(Act(say("提出脱困或注销"), reverse("propose-file-end", args=[row.pk])))
    if row.proposed and row.state in rules.ENDABLE and _may_refuse(actor, desks, row):
        acts.append(Act(say("不同意脱困或注销"), reverse("refuse-file-end", args=[row.pk])))
    if row.state == State.APPROVED and row.proposed and _may_refuse(actor, desks, row):
        acts.insert(0, Act(say("办理注销的确认"), reverse("confirm-file-end", args=[row.pk]), kind="primary"))
    if row.state == State.DUE and actor.may(Word.FIRST, at=row.path) and actor.unit_id == desks.first.pk:
        acts.append(Act(say("提出复核意见"), reverse("say-file-review", args=[row.pk])))
    if row.state in rules.UNDER_WAY and actor.may(Word.APPLY, at=row.path):
        acts.append(Act(say("更正劳动关系和建档标准"), reverse("amend-file", args=[row.pk])))
    return acts


def _may_refuse(actor: Actor, desks: Desks, row: "NeedyWorkerFile") -> bool:
    here = actor.may(Word.APPROVE, at=row.path) and actor.unit_id == desks.approve.pk
    return here and actor.person_id not in desks.recused


def papers_of(*, row: "NeedyWorkerFile", actor: Actor) -> Sequence[Act]:
    """What may be printed from the file."""
    if not actor.may(Word.READ, at=row.path) or row.household_id is None:
        return ()
    acts = [Act(say("打印政策告知单"), reverse("print-leaflet", args=[row.pk]), icon="printer", post=True)]
    acts.append(
        Act(say("打印核对授权书"), reverse("print-authorisation", args=[row.pk]), icon="printer", post=True)
    )
    if row.state in rules.PROVEN:
        acts.append(
            Act(say("打印档案表"), reverse("print-file-form", args=[row.pk]), icon="printer", post=True)
        )
    return acts
