"""What persons are asked to consent to, in words with a version (PIPL 13-17, 25, 29, 31; R-G-02, R-G-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.errors import Refused
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import Said, say

CHILD_UNDER = 14
"""Below this age a parent or guardian consents (PIPL 31)."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing to consent to; each needs a consent of its own. The last text is asked now, old ones stay."""

    code: str
    label: Said
    texts: tuple[Said, ...]
    sensitive: bool = False
    publishes: bool = False

    @property
    def version(self) -> int:
        """The number of the text that is asked now."""
        return len(self.texts)

    def text(self, version: int) -> Said:
        """The text of a version, as the person read it."""
        return self.texts[version - 1]


_ALL = (
    Purpose(
        "publish_name",
        say("公示和报道中公开全名"),
        (say("同意工会在公示、表彰和报道中公开我的全名。不同意时只写“张某”，不影响办理任何事项。"),),
        publishes=True,
    ),
    Purpose(
        "publish_photo",
        say("公开照片"),
        (say("同意工会公开使用我在活动中的照片。不同意时不使用，不影响参加活动。"),),
        publishes=True,
    ),
    Purpose(
        "health",
        say("使用健康信息"),
        (
            say(
                "同意工会为办理互助、帮扶和慰问使用我的病情与医疗费用信息。不同意时无法办理需要核对病情的事项。"
            ),
        ),
        sensitive=True,
    ),
    Purpose(
        "finance",
        say("使用收入与银行账号"),
        (say("同意工会为核定帮扶和发放款项使用我的家庭收入和银行账号。不同意时无法通过银行发放。"),),
        sensitive=True,
    ),
    Purpose(
        "child",
        say("使用未满十四周岁子女信息"),
        (say("作为监护人，同意工会为办理助学和托管使用孩子的姓名、年龄和就读情况。"),),
        sensitive=True,
    ),
    Purpose(
        "share",
        say("提供给承办机构"),
        (
            say(
                "同意工会把办理事项所必需的信息提供给承办的保险公司、医院或银行。提供了什么、给了谁，都可在这里查到。"
            ),
        ),
    ),
)
PURPOSES: Mapping[str, Purpose] = {purpose.code: purpose for purpose in _ALL}
HOW: Mapping[str, Said] = {
    "self": say("本人在线确认"),
    "paper": say("本人签字的纸质同意书"),
    "guardian": say("监护人签字的纸质同意书"),
}


def purpose_of(code: str) -> Purpose:
    """The purpose of a code; what is not asked for cannot be consented to."""
    if code not in PURPOSES:
        raise Refused(say("没有这一项同意。请从列出的用途中选择。"), field="purpose")
    return PURPOSES[code]


def require_guardian(*, born: date | None, on: date, how: str, guardian: str) -> None:
    """For somebody under fourteen a parent or guardian consents, by name and on paper (PIPL 31)."""
    is_child = born is not None and age_on(born, on) < CHILD_UNDER
    if is_child and (how != "guardian" or not guardian.strip()):
        raise Refused(
            say(
                "本人未满 {age} 周岁，须由父母或其他监护人书面同意。请填写监护人姓名并选择“监护人签字”。",
                age=CHILD_UNDER,
            ),
            field="guardian",
        )
    if how == "guardian" and not guardian.strip():
        raise Refused(say("请填写监护人姓名。"), field="guardian")


def require_consent(*, given: bool, purpose: str) -> None:
    """What needs a separate consent is not done without it (R-G-02, PIPL 25)."""
    if not given:
        raise Refused(
            say(
                "还没有本人对“{purpose}”的单独同意，不能这样公开。请先征得同意并登记，或改为隐去姓名。",
                purpose=purpose_of(purpose).label,
            )
        )
