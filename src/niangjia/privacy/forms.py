"""What persons ask for and officers answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import VersionField, notes, text
from niangjia.kernel.words import Said
from niangjia.people.rules import consenting, rights

PURPOSE_CHOICES = [(code, _(one.label.msgid)) for code, one in consenting.PURPOSES.items()]


def said_choices(told: Mapping[str, Said], *, empty: str = "", without: str = "") -> list[tuple[str, Any]]:
    """Codes and what is said of them, in the reader's language."""
    first = [("", _(empty))] if empty else []
    return first + [(code, _(words.msgid)) for code, words in told.items() if code != without]


class WishForm(forms.Form):
    """What a person wants corrected or erased of his own record."""

    kind = forms.ChoiceField(
        label=_("要做什么"), choices=said_choices(rights.KINDS), widget=forms.RadioSelect
    )
    about = forms.ChoiceField(
        label=_("涉及哪一项"), choices=said_choices(rights.ABOUT, empty="不限"), required=False
    )
    wish = notes("请写明哪里不对、应该是什么")


class DecisionForm(forms.Form):
    """The officer's answer to a request."""

    grant = forms.ChoiceField(
        label=_("办理结果"), choices=[("yes", _("照办")), ("no", _("不能照办"))], widget=forms.RadioSelect
    )
    answer = notes("给本人的答复")
    version = VersionField()


class FindingForm(forms.Form):
    """What the security officer found behind an alarm."""

    finding = notes("核查结论")


class EraseForm(forms.Form):
    """Why a person is erased."""

    reason = notes("删除的原因")


class PaperConsentForm(forms.Form):
    """A consent that was signed on paper."""

    purpose = forms.ChoiceField(label=_("同意的用途"), choices=PURPOSE_CHOICES, widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=_("签字人"), choices=said_choices(consenting.HOW, without="self"), widget=forms.RadioSelect
    )
    guardian = text("监护人姓名", 50, hint="本人未满 14 周岁时填写。")
