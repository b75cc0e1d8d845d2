"""The shape of what is typed about the journal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.chronicle.rules import KINDS, VERBS
from niangjia.kernel.asking import HIGHEST_ID, Asked, in_words
from niangjia.kernel.words import Said


class HeadForm(Asked):
    """A printed head: its number and its fingerprint; and where a list of heads is continued."""

    number = forms.IntegerField(label=_("序号"), required=False, min_value=1, max_value=HIGHEST_ID)
    fingerprint = forms.CharField(
        label=_("指纹"), required=False, max_length=60, help_text=_("二十个字母和数字，横线可以不写。")
    )
    before = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)


class LinesForm(forms.Form):
    """What the journal's lines are narrowed to; a wrong value narrows nothing and is told."""

    verb = forms.ChoiceField(label=_("动作"), required=False, choices=lambda: _named(VERBS))
    kind = forms.ChoiceField(label=_("对象"), required=False, choices=lambda: _named(KINDS))
    day = forms.DateField(
        label=_("哪一天"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    post = forms.IntegerField(label=_("岗位编号"), required=False, min_value=1, max_value=HIGHEST_ID)

    @property
    def told(self) -> dict[str, Any]:
        """The values that are right."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _named(labels: Mapping[str, Said]) -> list[tuple[str, object]]:
    """Codes with their words; no choice stands first."""
    return [("", _("全部")), *((code, in_words(said)) for code, said in labels.items())]
