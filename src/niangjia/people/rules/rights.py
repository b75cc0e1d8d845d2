"""A person's rights over what is kept of him: corrections, erasures, reveals and their bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow

DECIDE = "people.decide"
ASK = "people.own"
REQUESTS = Workflow(
    start="open",
    steps=(
        Step("grant", "open", "granted", DECIDE, label=say("照办")),
        Step("refuse", "open", "refused", DECIDE, label=say("不能照办")),
        Step("take_back", "open", "taken_back", ASK, label=say("撤回申请")),
    ),
    labels={
        "open": say("待办理"),
        "granted": say("已照办"),
        "refused": say("未照办"),
        "taken_back": say("已撤回"),
    },
    ends=frozenset({"granted", "refused", "taken_back"}),
)
CORRECT, ERASE = "correct", "erase"
KINDS: Mapping[str, Said] = {CORRECT: say("更正"), ERASE: say("删除")}
ABOUT: Mapping[str, Said] = {
    "name": say("姓名"),
    "sex": say("性别"),
    "birth_date": say("出生日期"),
    "ethnicity": say("民族"),
    "document": say("证件"),
    "mobile": say("手机号"),
    "other": say("其他"),
}
REVEAL_PURPOSES: Mapping[str, Said] = {
    "verify": say("核对身份"),
    "contact": say("联系本人"),
    "payment": say("发放款项"),
    "report": say("向主管部门报送"),
    "request": say("本人要求"),
    "other": say("其他（写明用途）"),
}
SHORTEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Duty:
    """A law or matter for which something of a person must still be kept, until when (None: open end)."""

    why: Said
    until: date | None = None


def require_purpose(*, purpose: str, words: str) -> None:
    """Whoever opens a full number says what for, in words that can be checked later (SC-6)."""
    if purpose not in REVEAL_PURPOSES:
        raise BadInput(say("请选择查看的用途。"), field="purpose")
    if len(words.strip()) < SHORTEST_WORDS:
        raise BadInput(
            say("请用至少 {n} 个字写明用途，例如“核对互助金收款人”。本人可以看到这句话。", n=SHORTEST_WORDS),
            field="words",
        )


def require_no_duty(duties: Sequence[Duty]) -> None:
    """Nothing is erased while it must be kept; the refusal says why and until when (PIPL 47, R-G-10)."""
    if duties:
        raise Refused(
            *(_said(duty) for duty in duties), say("保存期满后平台会自动删除；在那之前只保存、不作他用。")
        )


def _said(duty: Duty) -> Said:
    if duty.until is None:
        return say("暂不能删除：{why}，事项办结前须保存。", why=duty.why)
    return say("暂不能删除：{why}，依规定须保存到 {day}。", why=duty.why, day=duty.until)


def require_finding(finding: str) -> None:
    """Whoever closes an alarm says what it was."""
    if len(finding.strip()) < SHORTEST_WORDS:
        raise BadInput(say("请写明核查结论，例如“集中核对换届名单，已向主管说明”。"), field="finding")


def require_words(words: str, *, field: str) -> None:
    """A wish, an answer or a reason is said in words."""
    if len(words.strip()) < SHORTEST_WORDS:
        raise BadInput(say("请用至少 {n} 个字说明。", n=SHORTEST_WORDS), field=field)
