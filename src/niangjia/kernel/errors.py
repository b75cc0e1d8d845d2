"""The one family of errors: what a person is told when something cannot be done.

Nothing here knows the web; one middleware turns `code` into page, fragment or problem+json.
"""

from collections.abc import Mapping
from typing import ClassVar

from niangjia.kernel.words import Said, say


class NiangjiaError(Exception):
    """Anything this house says no to. `code` is stable and public; `reasons` are sentences for people."""

    code: ClassVar[str] = "error"

    def __init__(self, *reasons: Said) -> None:
        super().__init__(*reasons)
        self.reasons: tuple[Said, ...] = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class Refused(NiangjiaError):  # noqa: N818 - the house's own word (house.md §3)
    """The rules do not allow it now; every reason says why and what the next step is.

    >>> error = Refused(say("公示尚未期满。"), field="ends_on")
    >>> error.code, error.field, str(error)
    ('refused', 'ends_on', '公示尚未期满。')
    """

    code = "refused"

    def __init__(self, *reasons: Said, field: str | None = None) -> None:
        super().__init__(*reasons)
        self.field = field


class BadInput(Refused):
    """What was typed cannot be understood; `fields` says which field and why, for the form to show.

    >>> BadInput(say("请填写姓名。"), field="name").fields["name"][0].msgid
    '请填写姓名。'
    """

    code = "bad_input"

    def __init__(
        self, *reasons: Said, field: str | None = None, fields: Mapping[str, tuple[Said, ...]] | None = None
    ) -> None:
        told = dict(fields or {})
        if field is not None and reasons:
            told[field] = told.get(field, ()) + reasons
        loose = () if field is not None else reasons
        super().__init__(*loose, *(reason for group in told.values() for reason in group), field=field)
        self.fields: dict[str, tuple[Said, ...]] = told


class StepRefused(Refused):
    """A step of a workflow may not be taken from here or not yet; `step` names it."""

    code = "step_refused"

    def __init__(self, *reasons: Said, step: str = "", field: str | None = None) -> None:
        super().__init__(*reasons, field=field)
        self.step = step


class Stale(Refused):
    """Someone else changed it meanwhile; the reasons say what changed and by whom."""

    code = "stale"

    def __init__(self, *reasons: Said, field: str | None = None) -> None:
        super().__init__(*(reasons or (say("这条记录刚刚被别人改过，请核对后再提交。"),)), field=field)


class TooOften(Refused):
    """The visitor has done this too often just now; it says when to try again."""

    code = "too_often"

    def __init__(self, *, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(
            say("您刚才试的次数太多了。请过 {minutes} 分钟再试，之前办成的都还在。", minutes=minutes)
        )
        self.seconds = seconds


class NotVisible(NiangjiaError):  # noqa: N818
    """It does not exist for this reader: nothing tells an absent row from a hidden one."""

    code = "not_visible"

    def __init__(self, *reasons: Said) -> None:
        super().__init__(*(reasons or (say("没有找到，或者它不在您的工作范围内。"),)))


class NotAllowed(NiangjiaError):  # noqa: N818
    """The reader may see it but may not do this; the reason says who may."""

    code = "not_allowed"

    def __init__(self, *reasons: Said) -> None:
        super().__init__(*(reasons or (say("您当前的岗位不能办理这一步。"),)))
