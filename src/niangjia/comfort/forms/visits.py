"""The shape of what officers type about sympathy visits."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.accounts.queries import Holder
from niangjia.comfort.forms.common import SignedFields, VersionForm
from niangjia.kernel.fields import DayField, MoneyField, choices_of, lines, missing, text
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said
from niangjia.sympathy.rules import OCCASIONS, Given, Kin, State, Visited, names_of
from niangjia.sympathy.rules.flow import LABELS

_WORDS = {str(code): words.msgid for code, words in OCCASIONS.items()}
_STATES = {str(code): words.msgid for code, words in LABELS.items()}


class ReportForm(forms.Form):
    """Somebody is to be visited, in three fields; the illness is never asked."""

    who = forms.CharField(
        label=_("哪位职工"),
        max_length=400,
        help_text=_("姓名、会员卡号，或手机号后四位。"),
        error_messages={"required": missing("哪位职工")},
    )
    occasion = forms.ChoiceField(
        label=_("什么事"),
        choices=choices_of(_WORDS, empty="请选择"),
        help_text=_("住院的只报住院，不用写病情。"),
        error_messages={"required": _("请选择慰问情形。")},
    )
    since = DayField(label=_("哪一天"), help_text=_("住院的填入院日期；不清楚的填知道的那一天。"))


class PlanForm(VersionForm):
    """Who goes and when."""

    holder_id = forms.ChoiceField(
        label=_("谁负责"), widget=forms.RadioSelect, error_messages={"required": missing("谁负责")}
    )
    planned_on = DayField(label=_("哪天去"))
    place = text("到哪里", 120, hint="可以不填。只写地点，如“区人民医院 3 号楼”，不写病情；加密保存。")

    def __init__(self, *args: Any, colleagues: Collection[Holder], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["holder_id"].choices = _named(colleagues)  # type: ignore[attr-defined]

    def clean_holder_id(self) -> int:
        """The account that was chosen."""
        return int(self.cleaned_data["holder_id"])


def _named(colleagues: Collection[Holder]) -> list[tuple[str, str]]:
    words = gettext("{name}（{unit}）")
    return [(str(one.user_id), words.format(name=one.name, unit=one.unit_name)) for one in colleagues]


class RecordForm(VersionForm, SignedFields):
    """The visit as it was made, on the phone at the bed."""

    field_order = ("version", "visited_on", "officers", "others", "gift", "gift_value", "amount")
    visited_on = DayField(label=_("慰问日"))
    officers = forms.MultipleChoiceField(
        label=_("同去的工会干部"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = text("其他同去的人", 200, hint="写姓名，用顿号隔开。")
    gift = text("慰问品", 120, hint="如“牛奶、水果”；没有就不填。")
    gift_value = MoneyField(label=_("慰问品价值（元）"), required=False)
    amount = MoneyField(label=_("慰问金（元）"), required=False)
    kin_name = text("领取人姓名", 50, hint="领取慰问的家属。")
    kin_relation = text("与逝者关系", 20, hint="如“配偶”“儿子”。")
    kin_number = forms.CharField(
        label=_("领取人证件号码"),
        max_length=30,
        required=False,
        help_text=_("有慰问金的请填写，付款时核对；加密保存。"),
        widget=forms.TextInput(attrs={"data-no-save": "", "autocomplete": "off", "spellcheck": "false"}),
    )
    words = lines("职工诉求", 500, hint="需要工会帮助的事；不写病情。加密保存。")

    def __init__(
        self, *args: Any, colleagues: Collection[Holder], died: bool, hint: Said, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["officers"].choices = _named(colleagues)  # type: ignore[attr-defined]
        self.fields["amount"].help_text = hint.render(gettext)
        if not died:
            for name in ("kin_name", "kin_relation", "kin_number"):
                del self.fields[name]

    @property
    def visited(self) -> Visited:
        """The visit as the action takes it."""
        told = self.cleaned_data
        given = Given(told["gift"], Yuan(told["gift_value"] or 0), Yuan(told["amount"] or 0))
        kin = Kin(told.get("kin_name", ""), told.get("kin_relation", ""), told.get("kin_number", ""))
        officers = [int(one) for one in told["officers"]]
        others = names_of(told["others"])
        return Visited(told["visited_on"], officers, others, given, told["words"], self.signed, kin)


class ReceiptForm(VersionForm, SignedFields):
    """The receipt is taken after the visit."""

    on_paper = forms.BooleanField(
        label=_("已在纸上签收，签收单已上传"),
        required=False,
        help_text=_("先在这次慰问的“附件与文书”里上传签收单的照片。"),
    )


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    name = forms.CharField(label=_("姓名"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=choices_of({"open": "待慰问", **_STATES}, empty="全部"), required=False
    )
    occasion = forms.ChoiceField(label=_("情形"), choices=choices_of(_WORDS, empty="全部"), required=False)

    @property
    def told(self) -> dict[str, str]:
        """What was understood of the address."""
        self.is_valid()
        known = {str(one) for one in State} | {"open", ""}
        told = {name: str(value) for name, value in self.cleaned_data.items()}
        return told if told.get("state", "") in known else {**told, "state": ""}
