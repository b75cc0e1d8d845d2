"""Shape of what is typed about possible duplicates."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import VersionField, notes
from niangjia.matching.rules import STATE_WORDS, State
from niangjia.members.rules.merging import BESIDE


class ReasonForm(forms.Form):
    """A proposal with its reason, on what the reader saw."""

    version = VersionField()
    reason = notes("理由")


class MergeForm(ReasonForm):
    """Which record goes on, and what becomes of a second membership."""

    keep = forms.TypedChoiceField(label=_("保留哪一份资料"), coerce=int, widget=forms.RadioSelect)
    beside = forms.ChoiceField(
        label=_("两份都有计数会籍时，不再计数的那一段"),
        choices=[(name, _(words.msgid)) for name, words in BESIDE.items()],
        widget=forms.RadioSelect,
    )
    field_order = ("keep", "beside", "reason", "version")

    def __init__(
        self, *args: Any, sides: Mapping[int, str], hints: Mapping[str, object], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["keep"].choices = list(sides.items())  # type: ignore[attr-defined]
        self.hints = {"keep": hints}


class DecideForm(forms.Form):
    """The second person agrees, or sends it back; in words."""

    version = VersionField()
    agree = forms.ChoiceField(
        label=_("核定"),
        choices=[("yes", _("同意，照此办理")), ("no", _("不同意，退回"))],
        widget=forms.RadioSelect,
    )
    answer = notes("核定意见")


class ReportForm(forms.Form):
    """Two members' cards, and why they look like one person."""

    first = forms.CharField(label=_("第一张会员卡号"), max_length=20, help_text=_("14 位数字，在会员页上。"))
    second = forms.CharField(label=_("第二张会员卡号"), max_length=20)
    reason = notes("看出重复的理由")


class CaseFilterForm(forms.Form):
    """What the list of possible duplicates is narrowed to."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        told = [(str(one), STATE_WORDS[one]) for one in State if one is not State.OPEN]
        words = [(name, said.render(gettext)) for name, said in told]
        first = ("", STATE_WORDS[State.OPEN].render(gettext))
        self.fields["state"].choices = [first, *words, ("all", gettext("全部"))]  # type: ignore[attr-defined]
