"""The shape of what is typed of transfers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, VersionField, named, notes, text
from niangjia.transfers.rules import TRANSFER


class ReasonForm(forms.Form):
    """Why something is not done, or sent back, or void."""

    reason = notes()
    version = VersionField()


class VersionForm(forms.Form):
    """A step that needs no words."""

    version = VersionField()


class AcceptForm(VersionForm):
    """The day of the transfer, the same for both unions, and where the member works now."""

    done_on = DayField(label=_("接转日"), help_text=_("当天起在新工会，原工会计到前一天。"))
    employer = named("现在的用人单位", "填全称、编号或统一社会信用代码；没有单位的可以不填。", code="uscc")

    def __init__(self, *args: Any, employers: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["employer"].rows = employers  # type: ignore[attr-defined]
        self.fields["employer"].required = False


class AskTransferForm(forms.Form):
    """Where a membership is to go, and why."""

    to_union = text("转入工会", 120, required=True, hint="填工会全称，或“找工会”里看到的编号。")
    reason = notes("转会的原因（如换了工作单位）")


class TransfersForm(forms.Form):
    """The filter of the list of transfers."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        states = [(state, _(TRANSFER.label(state).msgid)) for state in TRANSFER.ordered_states]
        self.fields["state"].choices = [("", _("全部")), *states]  # type: ignore[attr-defined]
