"""Forms of books and vouchers."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import (
    DayField,
    MoneyField,
    VersionField,
    choices_of,
    missing,
    notes,
    text,
)
from niangjia.kernel.money import Yuan
from niangjia.ledger.rules import KIND_LABELS, EntryKind, PostingDraft

if TYPE_CHECKING:
    from niangjia.ledger.models import Book


class DayForm(forms.Form):
    """A day at whose end the book is looked at."""

    day = DayField(label=_("截至哪一天"), required=False)


class EntryFilterForm(forms.Form):
    """What the list of vouchers is narrowed to."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1900, max_value=2200)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=choices_of(KIND_LABELS, empty="全部"))
    account = forms.CharField(label=_("科目代号"), required=False, max_length=12)

    @property
    def told(self) -> dict[str, Any]:
        """The filters that can be read."""
        told = self.cleaned_data if self.is_valid() else {}
        return {"year": told.get("year"), "kind": told.get("kind", ""), "account": told.get("account", "")}


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


VOUCHER_ROWS = 4
MADE_BY_HAND = (
    EntryKind.RECEIPT,
    EntryKind.PAYMENT,
    EntryKind.TRANSFER,
    EntryKind.CORRECTION,
    EntryKind.OPENING,
)


class VoucherForm(forms.Form):
    """A voucher with up to four lines."""

    kind = forms.ChoiceField(
        label=_("种类"),
        choices=choices_of(KIND_LABELS, MADE_BY_HAND, empty="请选择"),
        error_messages={"required": missing("种类")},
    )
    on = DayField(label=_("日期"))
    words = text("摘要", 200, required=True)
    reason = text("更正的理由", 300, hint="种类是“更正”时填写。")
    erratum_year = forms.IntegerField(label=_("更正的年度"), required=False, min_value=1900, max_value=2200)

    def __init__(self, *args: Any, book: "Book", **more: Any) -> None:
        super().__init__(*args, **more)
        accounts = [("", _("（空）")), *((one.code, str(one)) for one in book.accounts.order_by("code"))]
        funds = [
            ("", _("（空）")),
            *((one.code, f"{one.code} {one.name}") for one in book.funds.order_by("code")),
        ]
        for n in range(1, VOUCHER_ROWS + 1):
            place = {"n": n}
            asked = n <= 2  # noqa: PLR2004 - double entry
            self.fields[f"account_{n}"] = forms.ChoiceField(
                label=_("第 {n} 行：科目").format(**place), choices=accounts, required=asked
            )
            self.fields[f"fund_{n}"] = forms.ChoiceField(
                label=_("第 {n} 行：资金来源").format(**place), choices=funds, required=asked
            )
            self.fields[f"debit_{n}"] = MoneyField(
                label=_("第 {n} 行：借方（元）").format(**place), required=False
            )
            self.fields[f"credit_{n}"] = MoneyField(
                label=_("第 {n} 行：贷方（元）").format(**place), required=False
            )
            self.fields[f"source_{n}"] = forms.CharField(
                label=_("第 {n} 行：来源").format(**place), required=False, max_length=120
            )

    def clean(self) -> dict[str, Any]:
        """Each line has a sum on one side."""
        told: dict[str, Any] = super().clean() or {}
        for n in range(1, VOUCHER_ROWS + 1):
            sides = bool(told.get(f"debit_{n}")), bool(told.get(f"credit_{n}"))
            if told.get(f"account_{n}") and sides[0] == sides[1]:
                self.add_error(f"debit_{n}", _("这一行的借方和贷方要正好填一个。"))
        return told

    @property
    def postings(self) -> list[PostingDraft]:
        """The lines, debit positive."""
        told = self.cleaned_data
        return [
            PostingDraft(
                told[f"account_{n}"],
                told[f"fund_{n}"],
                Yuan((told[f"debit_{n}"] or 0) - (told[f"credit_{n}"] or 0)),
                told[f"source_{n}"],
            )
            for n in range(1, VOUCHER_ROWS + 1)
            if told[f"account_{n}"]
        ]


class YearForm(forms.Form):
    """A year that is closed."""

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=1900, max_value=2200)


class ReasonForm(VersionForm):
    """Why."""

    reason = notes("原因")
