"""The shape of what officers type about batches."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.comfort.forms.common import SignedFields, VersionForm
from niangjia.handouts.rules import KINDS, LABELS, BatchDraft, BatchKind, State, Whom
from niangjia.kernel.fields import DayField, MoneyField, choices_of, lines, missing, number, text
from niangjia.kernel.money import Yuan

_KINDS = {str(code): words.msgid for code, words in KINDS.items()}
_STATES = {str(code): words.msgid for code, words in LABELS.items()}
OLDEST = 100


class SaidForm(forms.Form):
    """What is said of a batch."""

    name = text("名称", 80, required=True, hint="如“2018 年中秋慰问”。")
    on = DayField(label=_("发放日"), help_text=_("生日批次填当月任意一天，按这个月份生成名册。"))
    site = text("地点", 80, hint="高温慰问写工地或车间。")
    goods = text("慰问品", 80, hint="如“毛巾、藿香正气水”；只发慰问金的不填。")
    each = MoneyField(label=_("每份价值（元）"), required=False)
    amount = MoneyField(
        label=_("每人慰问金（元）"), required=False, help_text=_("付到本人账户；没有就不填。")
    )
    bought = number("购入份数", most=100_000, hint="还没有买的可以发完时再填。")
    words = lines("说明", 300)

    def draft(self, **more: Any) -> BatchDraft:
        """The batch as the action takes it."""
        told = self.cleaned_data
        return BatchDraft(
            kind=more.pop("kind", ""),
            name=told["name"],
            on=told["on"],
            site=told["site"],
            goods=told["goods"],
            each=Yuan(told["each"] or 0),
            amount=Yuan(told["amount"] or 0),
            bought=told["bought"],
            words=told["words"],
            **more,
        )


class NewForm(SaidForm):
    """A new batch: its kind, and whom it is for."""

    field_order = ("kind", "campaign", "name", "on", "site", "goods", "each", "amount", "bought")
    kind = forms.ChoiceField(
        label=_("类别"),
        choices=choices_of(_KINDS),
        widget=forms.RadioSelect,
        error_messages={"required": missing("类别")},
    )
    campaign = forms.ChoiceField(label=_("属于哪项行动"), required=False)
    counted = forms.BooleanField(
        label=_("按人次发放，不列名册"), required=False, help_text=_("只用于高温慰问，例如给工地送绿豆汤。")
    )
    age_from = number("年龄从", most=OLDEST, hint="只用于女性体检；不填就是全部女会员。")
    age_to = number("年龄到", most=OLDEST)

    def __init__(self, *args: Any, campaigns: Collection[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        told = [(str(pk), name) for pk, name in campaigns]
        self.fields["campaign"].choices = [("", gettext("不属于专项行动")), *told]  # type: ignore[attr-defined]
        self.hints = {
            "kind": {
                BatchKind.HOLIDAY: gettext("本工会全体会员"),
                BatchKind.BIRTHDAY: gettext("当月生日的会员；2 月 29 日出生的，平年算 3 月 1 日"),
                BatchKind.HEAT: gettext("全体会员的名册，或者只记人次"),
                BatchKind.WARMTH: gettext("先列全体会员，再删去不发的"),
                BatchKind.WOMEN: gettext("女会员；只登记预约和到检，不记结果"),
            }
        }

    @property
    def told(self) -> BatchDraft:
        """The batch as the action takes it."""
        told = self.cleaned_data
        whom = Whom(told["age_from"], told["age_to"])
        campaign = int(told["campaign"]) if told["campaign"] else None
        return self.draft(kind=told["kind"], counted=told["counted"], whom=whom, campaign_id=campaign)


class EditForm(VersionForm, SaidForm):
    """The same, said again on what the reader saw; the kind stays."""


class AddForm(VersionForm):
    """Somebody stands on the roster too."""

    who = forms.CharField(
        label=_("哪位职工"),
        max_length=400,
        help_text=_("姓名、会员卡号，或手机号后四位。"),
        error_messages={"required": missing("哪位职工")},
    )


class HeadsForm(VersionForm):
    """How many heads received at the site."""

    heads = number("实发人次", required=True, most=100_000)


class CloseForm(VersionForm):
    """Bought, handed out, left."""

    bought = number("购入份数", required=True, most=100_000)
    left = number("结余份数", required=True, most=100_000, hint="没有发出、还在手里的份数。")

    def __init__(self, *args: Any, goods: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not goods:
            del self.fields["bought"], self.fields["left"]


class CardForm(forms.Form):
    """A member's card that was scanned."""

    card = forms.CharField(
        label=_("会员卡二维码"),
        max_length=1_000,
        widget=forms.TextInput(attrs={"data-no-save": "", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请扫描会员卡的二维码。")},
    )


class GiveForm(VersionForm, SignedFields):
    """Somebody receives: signed, by card, or on paper."""

    field_order = ("version", "signer", "card", "on_paper")
    on_paper = forms.BooleanField(
        label=_("已在纸质花名册上签收"),
        required=False,
        help_text=_("结束前要把签好的花名册拍照上传。"),
    )


class BookForm(VersionForm):
    """An appointment for a check-up."""

    booked_on = DayField(label=_("预约哪一天"))


class FindForm(forms.Form):
    """Whom the list of a roster is narrowed to."""

    name = forms.CharField(label=_("姓名"), max_length=50, required=False)
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=choices_of({"open": "待领", "received": "已领", "missed": "不再发"}, empty="全部"),
        required=False,
    )

    @property
    def told(self) -> dict[str, str]:
        """What was understood of the address."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items()}


class BatchFilterForm(forms.Form):
    """What the list of batches is narrowed to."""

    name = forms.CharField(label=_("名称"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=choices_of({"open": "办理中", **_STATES}, empty="全部"), required=False
    )
    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(_KINDS, empty="全部"), required=False)

    @property
    def told(self) -> dict[str, str]:
        """What was understood of the address."""
        self.is_valid()
        known = {"open", "", *(str(one) for one in State)}
        told = {name: str(value) for name, value in self.cleaned_data.items()}
        return told if told.get("state", "") in known else {**told, "state": ""}
