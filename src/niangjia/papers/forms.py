"""The shape of what is typed about papers and attachments."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import choices_of, notes, text
from niangjia.papers.rules import ATTACHMENT_LABELS

STANDINGS = {"valid": "有效", "void": "已作废"}


class AttachForm(forms.Form):
    """One file, and what it is to the matter."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("照片、扫描件或 PDF、Word、Excel 文件。照片会自动去掉拍摄地点等信息。"),
        error_messages={
            "required": _("请选择一个文件。"),
            "empty": _("这个文件是空的。请重新选择文件。"),
            "missing": _("没有收到文件。请重新选择后再传。"),
            "invalid": _("没有收到文件。请重新选择后再传。"),
        },
    )
    kind = forms.ChoiceField(label=_("这是什么"), choices=choices_of(ATTACHMENT_LABELS), initial="evidence")


class VoidForm(forms.Form):
    """Why something is void."""

    reason = notes("作废事由")


class PurposeForm(forms.Form):
    """Why a file that concerns a person is opened."""

    purpose = notes("打开的用途")


class PapersForm(forms.Form):
    """What the list of papers is narrowed to."""

    number = forms.CharField(label=_("编号"), max_length=60, required=False)
    template = forms.ChoiceField(label=_("文书"), required=False)
    standing = forms.ChoiceField(
        label=_("是否有效"), choices=choices_of(STANDINGS, empty="全部"), required=False
    )
    unit = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53, required=False)

    def __init__(self, *args: Any, templates: Collection[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["template"].choices = [("", _("全部")), *templates]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was typed and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CheckForm(forms.Form):
    """The number and the code as printed at the foot of a paper; the PDF, if it is at hand."""

    number = text("编号", 60, required=True, hint="印在文书页脚，如 DJ-12-2018-0007。")
    code = text("校验码", 20, required=True, hint="10 个字母和数字，大小写都可以。")
    file = forms.FileField(
        label=_("PDF 文件"),
        required=False,
        help_text=_("选填。选了就同时核对内容有没有被改动；文件不会保存。"),
        error_messages={"empty": _("这个文件是空的。请重新选择文件。")},
    )
