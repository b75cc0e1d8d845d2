"""What an applicant reads of his application: who has it since when, what is still to do, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from niangjia.joining import queries as joining
from niangjia.joining import rules
from niangjia.joining.rules import APPLICATION, KIND, OUTCOMES, Outcome
from niangjia.kernel.clock import day_of
from niangjia.kernel.shapes import Event, Fact, Stage
from niangjia.kernel.words import Said, say
from niangjia.people.rules import said_paper
from niangjia.tasks import queries as tasks

if TYPE_CHECKING:
    from niangjia.joining.models import MembershipApplication


@dataclass(frozen=True, slots=True)
class Followed:
    """The page of one application for the person who made it."""

    row: "MembershipApplication"
    state: Said
    shape: str
    stages: Sequence[Stage]
    standing: tasks.Standing | None
    events: Sequence[Event]
    facts: Sequence[Fact]
    next_thing: Said
    may: frozenset[str]


def followed(*, receipt: str, today: date) -> Followed:
    """Everything the applicant may know of his application (ui.md A5, A6)."""
    row = joining.application_by_receipt(receipt=receipt)
    standing = tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today)
    steps = {step.name for step in APPLICATION.steps_from(row.state, [rules.APPLICANT])}
    return Followed(
        row=row,
        state=APPLICATION.label(row.state),
        shape=rules.SHAPES.get(row.state, "now"),
        stages=joining.stages_of(application=row),
        standing=standing[0] if standing else None,
        events=joining.events_of(application=row),
        facts=_facts(row),
        next_thing=_next(row),
        may=frozenset(steps),
    )


def _facts(row: "MembershipApplication") -> list[Fact]:
    facts = [
        Fact(say("申请加入"), row.union.name),
        Fact(say("提交日期"), day_of(row.submitted_at)),
        Fact(say("证件"), said_paper(row.id_kind, row.id_tail) if row.id_tail else "—"),
        Fact(say("手机"), say("尾号 {tail}", tail=row.mobile_tail) if row.mobile_tail else "—"),
    ]
    if row.outcome:
        facts.append(Fact(say("结果"), OUTCOMES[Outcome(row.outcome)]))
    if row.answer:
        facts.append(Fact(say("工会的答复"), row.answer))
    return facts


def _next(row: "MembershipApplication") -> Said:
    words = {
        "returned": say("请按下面的答复补充，补好后点“补充后再交”。"),
        "approved": say("您已是会员，不用再办什么。欢迎回家。"),
        "to_transfer": say(
            "您在别处已有会籍，一人只计一次。工会已替您提出转会，等原工会开介绍信，不用您跑。"
        ),
        "rejected": say("不同意这个结果，可以请上级工会复核。"),
        "upheld": say("复核已有结论。情况有变化时可以重新申请。"),
        "withdrawn": say("您已撤回。想好了随时可以再申请。"),
    }
    return words.get(row.state, say("现在不用您做什么，有结果这里会写明。"))
