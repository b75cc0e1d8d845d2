"""Filters of the list, the reason of a void visit, which of two tellings holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.asking import HIGHEST_ID
from niangjia.kernel.fields import notes
from niangjia.visits import rules
from niangjia.visits.queries import Filters


class FilterForm(forms.Form):
    """What the list is narrowed to; campaign, officer and household come from links."""

    result = forms.ChoiceField(label=_("结果"), required=False)
    standing = forms.ChoiceField(label=_("是否有效"), required=False)
    campaign = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=HIGHEST_ID)
    officer = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=HIGHEST_ID)
    household = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=HIGHEST_ID)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        every = ("", gettext("全部"))
        results = [(str(key), words.render(gettext)) for key, words in rules.RESULTS.items()]
        self.fields["result"].choices = [every, *results]  # type: ignore[attr-defined]
        standing = [("valid", gettext("有效")), ("void", gettext("已作废"))]
        self.fields["standing"].choices = [every, *standing]  # type: ignore[attr-defined]

    @property
    def told(self) -> Filters:
        """What was understood of the address."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


class ReasonForm(forms.Form):
    """Why a visit is void."""

    reason = notes("作废事由")


class TakeForm(forms.Form):
    """Which of two tellings holds; nothing is preselected."""

    take = forms.ChoiceField(label=_("以哪一次填写的为准"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stands: str, told: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["take"].choices = [  # type: ignore[attr-defined]
            ("yes", gettext("采用新填的：{value}").format(value=told)),
            ("no", gettext("保留原来的：{value}").format(value=stands)),
        ]
