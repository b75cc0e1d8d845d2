"""Forms of the money pages: shapes of input; accounts and numbers are never kept on the device."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import (
    DayField,
    VersionField,
    choices_of,
    lines,
    missing,
    notes,
    text,
)
from niangjia.kernel.money import Yuan
from niangjia.payments import rules
from niangjia.payments.rules import Chosen
from niangjia.people.rules.rights import REVEAL_PURPOSES

MOST_NUMBERS = 4_000


class OrderFilterForm(forms.Form):
    """What the list of orders is narrowed to."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = {state: said.msgid for state, said in rules.LABELS.items()}
        self.fields["state"].choices = choices_of({"open": "在办", **labels}, empty="全部")  # type: ignore[attr-defined]


class ChosenForm(forms.Form):
    """The orders that the reader sees, with their count and sum: exactly these are acted on."""

    orders = forms.CharField(widget=forms.HiddenInput, max_length=MOST_NUMBERS)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    total = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_orders(self) -> list[int]:
        """The numbers of the orders."""
        told = self.cleaned_data["orders"].split(",")
        if not all(one.isdecimal() and len(one) < len(str(2**63)) for one in told):
            raise forms.ValidationError(_("没有选中支付单。请回到清单再办。"))
        return [int(one) for one in told]

    @property
    def seen(self) -> Chosen:
        """What the page told."""
        return Chosen(self.cleaned_data["count"], Yuan(self.cleaned_data["total"]))


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """Why."""

    reason = notes("原因")


class CorrectForm(VersionForm):
    """An order is made anew."""

    same_account = forms.BooleanField(
        label=_("账户无误，原样重付"),
        required=False,
        help_text=_("只在银行系统的原因造成退票、账户核对无误时勾选；换了账户的请先登记新账户。"),
    )


class RefundForm(VersionForm):
    """The money is back."""

    on = DayField(label=_("款项收回日期"))


class CashForm(VersionForm):
    """Cash is handed over."""

    on = DayField(label=_("付款日期"))
    witness_one = text("第一位见证人的用户名", 60, required=True)
    witness_two = text("第二位见证人的用户名", 60, required=True, hint="两位都不能是出纳本人或收款人。")


class AccountForm(forms.Form):
    """Where a person is paid."""

    number = text("银行卡号或存折账号", 40, required=True, hint="12 至 19 位数字，可以带空格。")
    bank = text("开户行", 80, required=True, hint="写到支行，例如“农业银行衢江支行”。")
    holder = text("户名", 50, required=True)
    compared = forms.BooleanField(
        label=_("已对照存折"), required=False, help_text=_("只有存折账号校验不通过时才勾选。")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("number", "holder"):
            self.fields[name].widget.attrs |= {"data-no-save": "", "autocomplete": "off"}
        self.fields["number"].widget.attrs["inputmode"] = "numeric"


class GuardedAccountForm(AccountForm):
    """An officer may also keep the account of a registered guardian."""

    guardian = forms.IntegerField(
        label=_("监护人的人员编号"), required=False, min_value=1, max_value=2**53,
        help_text=_("付到监护人账户时填写，监护人须先在人员名册登记；付到本人账户的不填。"),
    )  # fmt: skip
    basis = text("监护依据", 120, hint="未成年人写“户口簿”；成年人写法院判决书或公证书的文号。")


class PurposeForm(forms.Form):
    """What a number is opened for."""

    purpose = forms.ChoiceField(label=_("用途"), error_messages={"required": missing("用途")})
    words = lines("具体说明", 200, required=True, hint="至少四个字，例如“核对退票的账号”。本人可以看到。")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = {code: said.msgid for code, said in REVEAL_PURPOSES.items()}
        self.fields["purpose"].choices = choices_of(labels, empty="请选择")  # type: ignore[attr-defined]


class FetchForm(forms.Form):
    """The bank's file is fetched."""

    shape = forms.ChoiceField(
        label=_("格式"),
        widget=forms.RadioSelect,
        choices=[("csv", _("CSV（多数网银）")), ("xlsx", _("Excel（.xlsx）"))],
        error_messages={"required": missing("格式")},
    )
    words = text("用途说明", 200, required=True, hint="至少四个字，例如“送农行代发系统”。下载会记入日志。")


class FileForm(forms.Form):
    """A file from the bank."""

    file = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("银行导出的 Excel（.xlsx）或 CSV，原样上传，不用改。"),
        error_messages={"required": _("请选择文件。"), "empty": _("文件里没有内容。请确认后再上传。")},
    )
