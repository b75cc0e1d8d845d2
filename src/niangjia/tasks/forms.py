"""Shape of what is typed about tasks and yearly duties."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, NamedField, VersionField, lines, notes
from niangjia.tasks.rules import Duty


class FinishForm(forms.Form):
    """A task is ticked off as the reader saw it; a word about it may be left."""

    version = VersionField()
    words = lines("办结说明", 500, hint="可以不填；本级和上级工会看得到。")


class HandOverForm(forms.Form):
    """To which desk, or to which person of this desk."""

    unit = NamedField(
        label=_("转给哪家工会"), max_length=120, required=False, help_text=_("不填就留在本工会。")
    )
    holder = forms.ChoiceField(label=_("交给哪位同志"), required=False)
    reason = notes("转办的原因")

    def __init__(self, *args: Any, rows: Any, holders: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].rows = rows  # type: ignore[attr-defined]
        offered = [(str(pk), name) for pk, name in holders]
        self.fields["holder"].choices = [("", gettext("不指定，由有权限的同志办")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another union chooses its own people."""
        told = super().clean() or {}
        if told.get("unit") and told.get("holder"):
            self.add_error("holder", _("转给其他工会时，由对方安排人员。请不要再指定同志。"))
        return told


class DutyForm(forms.Form):
    """From when on the unions at and below the acting post's are laid a yearly duty."""

    code = forms.ChoiceField(label=_("年度事项"), widget=forms.RadioSelect)
    since = DayField(label=_("自哪一天起"))

    def __init__(self, *args: Any, duties: Iterable[Duty], **more: Any) -> None:
        super().__init__(*args, **more)
        words = gettext("{name}（每年 {month} 月 {day} 日前）")
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (duty.code, words.format(name=duty.name, month=duty.month, day=duty.day)) for duty in duties
        ]


class DutyEndForm(forms.Form):
    """A yearly duty is laid no more from a day on."""

    until = DayField(label=_("自哪一天起不再列入"))
    reason = notes()
