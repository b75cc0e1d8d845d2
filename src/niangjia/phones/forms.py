"""Forms of the office: why a phone is revoked, what becomes of a held visit, a file that is handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import notes


class RevokeForm(forms.Form):
    """Why a phone is revoked."""

    reason = notes("停用原因")


class EnterForm(forms.Form):
    """Whether a held visit counts in its campaign; nothing is preselected."""

    where = forms.ChoiceField(
        label=_("怎样登记"),
        widget=forms.RadioSelect,
        choices=[("campaign", _("照原样登记，计入这次行动")), ("alone", _("只登记走访，不计入行动"))],
    )


class DeclineForm(forms.Form):
    """Why a held visit is not entered."""

    reason = notes("不登记的理由")


class FileForm(forms.Form):
    """The file that a phone gave out."""

    file = forms.FileField(
        label=_("待传文件"),
        help_text=_("走访手机“导出待传文件”得到的文件，扩展名是 json。文件是加密的，由平台打开。"),
        error_messages={"required": _("请选择手机导出的待传文件。")},
    )
