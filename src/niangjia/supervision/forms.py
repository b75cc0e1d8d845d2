"""Shape of what is typed about supervised tasks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, NamedField, VersionField, lines, missing, notes, text
from niangjia.kernel.words import Said
from niangjia.supervision.rules import Supervised


class SupervisedForm(forms.Form):
    """A task given to a union below."""

    to_unit = NamedField(
        label=_("交给哪家工会"),
        max_length=120,
        help_text=_("填全称或编号。"),
        error_messages={"required": missing("承办的工会")},
    )
    title = text("事项", 120, required=True, hint="一句话说清要做什么，例如“着手成立手工业联合工会”。")
    words = lines("要求", 2000)
    due_on = DayField(label=_("期限"))

    def __init__(self, *args: Any, rows: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to_unit"].rows = rows  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What was done, and where that can be read: words, not photographs for their own sake."""

    version = VersionField()
    reply = lines("办理情况", 2000, required=True)
    evidence = lines("办理依据", 500, hint="文号、会议、名册里的记录等；不要求上传照片。")


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes()


class SupervisedFilterForm(forms.Form):
    """What the list of supervised tasks is narrowed to."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, labels: Mapping[str, Said], **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(one), labels[one].render(gettext)) for one in Supervised]
        self.fields["state"].choices = [("", gettext("全部")), *words]  # type: ignore[attr-defined]
