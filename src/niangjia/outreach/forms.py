"""Shape of what is typed of campaigns: arranged, reported, planned, settled."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.campaigns.rules import KINDS, OUTCOMES, Outcome
from niangjia.kernel.fields import (
    DayField,
    NamedField,
    VersionField,
    choices_of,
    lines,
    missing,
    notes,
    text,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes("原因")


class CampaignForm(forms.Form):
    """What is said of a campaign."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=choices_of({code: words.msgid for code, words in KINDS.items()}),
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    name = text("名称", 80, required=True, hint="例如“2018 年春风助学”。")
    opens_on = DayField(label=_("开始日"))
    closes_on = DayField(label=_("结束日"))
    words = lines("说明", 1000, hint="对象、标准、分工，各级都看得到。")


class LeadForm(forms.Form):
    """Somebody in need in three fields (S-LA-06)."""

    campaign = forms.ChoiceField(label=_("专项行动"), error_messages={"required": missing("专项行动")})
    name = text("职工姓名", 50, required=True)
    place = text("单位或住处", 120, required=True, hint="上门找得到的地方。")
    words = lines("困难情况", 500, hint="一两句话就行；不写与困难无关的隐私。")
    union = NamedField(
        label=_("负责走访的工会"), max_length=120, required=False,
        help_text=_("不填就由您所在的工会走访；也可以填下级工会的全称。"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, campaigns: Iterable[tuple[int, str]], unions: Any = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        offered = [(str(pk), name) for pk, name in campaigns]
        self.fields["campaign"].choices = offered if len(offered) == 1 else [("", _("请选择")), *offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["campaign"].widget = forms.HiddenInput()
            self.initial["campaign"] = offered[0][0]
        if unions is None:
            del self.fields["union"]
        else:
            self.fields["union"].rows = unions  # type: ignore[attr-defined]


class RaiseForm(forms.Form):
    """A worker's own need, or a colleague's."""

    whose = forms.ChoiceField(
        label=_("谁有困难"),
        choices=[("own", _("我自己家")), ("other", _("我的同事或邻居"))],
        widget=forms.RadioSelect,
    )
    name = text("他的姓名", 50, hint="说的是自己家就不用填。")
    place = text("在哪里找得到", 120, hint="单位、车间或住处。")
    words = lines("什么困难", 500, required=True, hint="一两句话就行，工会会上门了解。")

    def clean(self) -> dict[str, Any]:
        """Another's need says whose."""
        told = super().clean() or {}
        if told.get("whose") == "other":
            for name, words in (("name", "请填写他的姓名。"), ("place", "请填写在哪里找得到他。")):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, gettext(words))
        return told


class OfficerForm(forms.Form):
    """Which officer visits on which day."""

    holder = forms.ChoiceField(label=_("走访干部"), error_messages={"required": missing("走访干部")})
    planned_on = DayField(label=_("走访日"))

    def __init__(self, *args: Any, officers: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(str(number), name) for number, name in officers.items()]
        self.fields["holder"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


class PlanForm(OfficerForm):
    """The visit of one target."""

    version = VersionField()


class PlanManyForm(OfficerForm):
    """The visits of several: only those that are ticked."""

    targets = forms.MultipleChoiceField(
        label=_("走访哪几户"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选要安排的对象。")},
    )
    field_order = ("holder", "planned_on", "targets")

    def __init__(self, *args: Any, rows: Iterable[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        found = list(rows)
        values = [(f"{one.pk}:{one.version}", one) for one in found]
        self.fields["targets"].choices = [(value, one.name) for value, one in values]  # type: ignore[attr-defined]
        self.hints = {"targets": {value: one.place for value, one in values}}

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """The number and the version of each that was ticked."""
        pairs = (value.partition(":") for value in self.cleaned_data["targets"])
        return [(int(pk), int(version)) for pk, _colon, version in pairs]


class OutcomeForm(VersionForm):
    """What came of somebody who was not visited; nothing is preselected."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[(str(one), _(OUTCOMES[one].msgid)) for one in (Outcome.DECLINED, Outcome.UNREACHABLE)],
        widget=forms.RadioSelect,
    )
    why = notes("情况")
    field_order = ("outcome", "why", "version")

    def clean_outcome(self) -> Outcome:
        """The outcome meant."""
        return Outcome(self.cleaned_data["outcome"])


class TargetsForm(forms.Form):
    """What the list of targets is narrowed to."""

    name = forms.CharField(label=_("姓名"), max_length=50, required=False)
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=choices_of({code: words.msgid for code, words in OUTCOMES.items()}, empty="全部"),
        required=False,
    )
    roll = forms.CharField(label=_("名单"), max_length=40, required=False)
    planned_on = DayField(label=_("计划走访"), required=False)
    under = forms.IntegerField(min_value=1, max_value=10**15 - 1, required=False, widget=forms.HiddenInput)
    unit = forms.IntegerField(min_value=1, max_value=10**15 - 1, required=False, widget=forms.HiddenInput)
    holder = forms.IntegerField(min_value=1, max_value=10**15 - 1, required=False, widget=forms.HiddenInput)
    nobody = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def told(self) -> dict[str, Any]:
        """What was understood of the address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class DayForm(forms.Form):
    """The day whose visits are shown."""

    day = DayField(label=_("日期"), required=False)


class RollsForm(forms.Form):
    """Which two lists are compared."""

    first = forms.ChoiceField(label=_("第一份名单"), required=False)
    second = forms.ChoiceField(label=_("第二份名单"), required=False)

    def __init__(self, *args: Any, rolls: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offered = list(rolls)
        for name in ("first", "second"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """The households of the register are put on the list."""
