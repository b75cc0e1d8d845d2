"""The shape of what is typed of activities and of the seven haves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, VersionField, choices_of, notes, number, text
from niangjia.vitality.rules import ACTIVITY_LABELS


class ActivityForm(forms.Form):
    """What was done, when, where, with how many."""

    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(ACTIVITY_LABELS), widget=forms.RadioSelect)
    title = text("名称", 120, required=True, hint="如“季度委员会会议”“送清凉走访”。")
    held_on = DayField(label=_("日期"))
    attendances = number("参加人次", required=True, hint="同一个人参加两次算两人次。")
    place = text("地点", 120)


class VoidForm(forms.Form):
    """Why a record is void."""

    reason = notes("作废的原因")


class SevenHavesForm(forms.Form):
    """Each item of the policy: met or not, and by what it can be seen."""

    version = VersionField()

    def __init__(self, *args: Any, items: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        for place, name in enumerate(items):
            self.fields[f"ok{place}"] = forms.ChoiceField(
                label=name, choices=[("yes", _("有")), ("no", _("还没有"))], widget=forms.RadioSelect
            )
            self.fields[f"evidence{place}"] = forms.CharField(
                label=_("依据（在哪里看得到）"), max_length=200, required=False
            )

    def told(self, items: Sequence[str]) -> tuple[dict[str, bool], dict[str, str]]:
        """What is met, and the evidence, by item."""
        values = self.cleaned_data
        met = {name: values[f"ok{place}"] == "yes" for place, name in enumerate(items)}
        return met, {name: values[f"evidence{place}"] for place, name in enumerate(items)}


class VitalityForm(forms.Form):
    """What the list is narrowed to."""

    life = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), ("dormant", _("沉寂（纸面联合会）")), ("small", _("规模偏小，建议撤并改"))],
        required=False,
    )
