"""The shape of what a county types of a batch."""

from django import forms

from niangjia.kernel.fields import text


class BatchForm(forms.Form):
    """For what the households are checked."""

    purpose = text("用途", 200, required=True, hint="会写进名单和操作日志，如“2018 年 8 月困难职工建档”。")
