"""The shape of what the accountant types."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.comfort.forms.common import VersionForm
from niangjia.kernel.fields import choices_of, missing
from niangjia.payments.rules import METHOD_LABELS, Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from niangjia.ledger.models import Fund


class FundForm(VersionForm):
    """From which fund of the accountant's book it is paid."""

    fund_id = forms.ChoiceField(label=_("资金来源"), error_messages={"required": missing("资金来源")})

    def __init__(self, *args: Any, funds: "Iterable[Fund]", **more: Any) -> None:
        super().__init__(*args, **more)
        words = gettext("{code} {name}（{book}）")
        told = [
            (str(one.pk), words.format(code=one.code, name=one.name, book=one.book.title)) for one in funds
        ]
        self.fields["fund_id"].choices = told  # type: ignore[attr-defined]
        if not told:
            self.fields["fund_id"].help_text = gettext(
                "您的岗位还没有可用的账簿。请先启用账簿、设立资金来源。"
            )

    def clean_fund_id(self) -> int:
        """The fund that was chosen."""
        return int(self.cleaned_data["fund_id"])


class MoneyForm(FundForm):
    """How money of one visit is paid."""

    method = forms.ChoiceField(
        label=_("付款方式"), choices=choices_of(METHOD_LABELS), initial=Method.BANK, widget=forms.RadioSelect
    )
    seen_other = forms.BooleanField(
        label=_("已核对：同一天的另一笔款不是重复发放"),
        required=False,
        help_text=_("只有同一天还有别的款付给这位职工时才要勾选。"),
    )
