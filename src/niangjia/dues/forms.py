"""The shape of what is typed of dues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, MoneyField, notes


class DuesForm(forms.Form):
    """Dues of one month."""

    month = forms.DateField(
        label=_("月份"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        error_messages={"invalid": _("请填写月份，如 2018-03。"), "required": _("请填写月份。")},
    )
    base = MoneyField(label=_("会费基数（元/月）"))
    paid_on = DayField(label=_("缴纳日"))


class VoidForm(forms.Form):
    """Why a record of dues is void."""

    reason = notes("作废的原因")
