"""The shape of what both visits and batches ask: a version, a reason, how something is received."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import VersionField, notes, text
from niangjia.sympathy.rules import Signed


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class SignedFields(forms.Form):
    """How it is received; what was drawn comes in a hidden field."""

    card = forms.CharField(
        label=_("会员卡二维码"),
        max_length=1_000,
        required=False,
        help_text=_("请本人打开会员卡，用摄像头或扫码枪读入。"),
        widget=forms.TextInput(attrs={"data-no-save": "", "autocomplete": "off", "spellcheck": "false"}),
    )
    signer = text("代签人", 50, hint="本人不能签的，由家属或同事代签，写代签人姓名。")
    signature = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60_000)

    @property
    def signed(self) -> Signed:
        """The receipt as it comes in."""
        told = self.cleaned_data
        return Signed(told.get("signature", ""), told.get("card", "").strip(), told.get("signer", ""))


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes("原因")


class WhyForm(forms.Form):
    """A reason alone."""

    reason = notes("原因")


class NothingForm(forms.Form):
    """A button alone."""
