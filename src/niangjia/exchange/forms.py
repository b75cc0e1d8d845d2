"""Forms of files in and out: what is sent, which rows are entered, what a list is for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.exchange.actions import ALL, CHOSEN, NEW
from niangjia.kernel.fields import missing, notes, text


class SendForm(forms.Form):
    """A file of rows."""

    file = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel（.xlsx）或 CSV，不超过 20 MB。先检查，不会马上入册。"),
        error_messages={"required": _("请选择文件。"), "empty": _("文件里没有内容。请确认保存后再上传。")},
    )
    again = forms.BooleanField(label=_("这个文件以前传过，仍要再检查一次"), required=False)


class CommitForm(forms.Form):
    """Which rows are entered."""

    which = forms.ChoiceField(label=_("入册哪些行"), widget=forms.RadioSelect, initial=ALL)

    def __init__(self, *args: Any, counts: dict[str, int], **more: Any) -> None:
        super().__init__(*args, **more)
        new, both = counts.get("new", 0), counts.get("new", 0) + counts.get("update", 0)
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            (ALL, _("新增和更新，共 {n} 行").format(n=both)),
            (NEW, _("只要新增的 {n} 行").format(n=new)),
            (CHOSEN, _("只要在明细里选中的行")),
        ]


class ReasonForm(forms.Form):
    """Why a batch is taken back."""

    reason = notes("撤回的原因")


class WishForm(forms.Form):
    """A list that goes out."""

    format = forms.ChoiceField(
        label=_("格式"),
        widget=forms.RadioSelect,
        choices=[("xlsx", _("Excel（.xlsx）")), ("csv", _("CSV（文本）"))],
        initial="xlsx",
    )
    purpose = text("用途", 200, hint="写明给谁、做什么用。会印在文件上，并记入日志。")

    def __init__(self, *args: Any, is_personal: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["purpose"].required = is_personal


class DecideForm(forms.Form):
    """A second person's word on a list."""

    agrees = forms.ChoiceField(
        label=_("您的意见"),
        widget=forms.RadioSelect,
        choices=[("yes", _("同意导出")), ("no", _("不同意"))],
        error_messages={"required": missing("意见")},
    )
    words = forms.CharField(label=_("说明"), max_length=500, required=False)
