"""Shape of what an officer types about applications."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.joining.rules import APPLICATION, CHANNELS
from niangjia.kernel.fields import (
    DayField,
    NamedField,
    VersionField,
    choices_of,
    missing,
    notes,
    text,
)


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class SinceForm(VersionForm):
    """The day from which somebody is a member."""

    since = DayField(label=_("自哪一天起是会员"))


class ReasonForm(VersionForm):
    """A step with its reason, which the applicant reads."""

    reason = notes("答复（本人看得到）")


class OpinionForm(VersionForm):
    """What the group thinks."""

    opinion = notes("小组意见")


class RouteForm(ReasonForm):
    """The union where the worker belongs."""

    field_order = ("version", "to", "reason")
    to = NamedField(
        label=_("转到哪家工会"),
        max_length=120,
        help_text=_("填全称或编号。"),
        error_messages={"required": missing("转到哪家工会")},
    )

    def __init__(self, *args: Any, rows: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].rows = rows  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """What the list of applications is narrowed to."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    channel = forms.ChoiceField(label=_("途径"), choices=choices_of(CHANNELS, empty="全部"), required=False)
    name = text("姓名", 50)
    drive = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    stop = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    code = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    union = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {state: str(APPLICATION.label(state)) for state in APPLICATION.ordered_states}
        self.fields["state"].choices = choices_of({"open": "待办", **words}, empty="全部")  # type: ignore[attr-defined]

    @property
    def told(self) -> Mapping[str, Any]:
        """What was chosen; nonsense in the address is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
