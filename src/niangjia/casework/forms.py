"""What officers type of applications: on a family's behalf, in decisions, in batches, in filters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.aid import rules
from niangjia.aid.rules import KINDS, AidKind
from niangjia.casework.rules import FIT, MOST, Chosen
from niangjia.households.rules import STAGES
from niangjia.kernel.asking import HIGHEST_ID
from niangjia.kernel.fields import DayField, VersionField, YuanField, choices_of, lines, notes, text
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said

YEARS = (2000, 2199)


class DraftForm(forms.Form):
    """An application as an officer writes it for the family."""

    version = VersionField()
    kind = forms.ChoiceField(label=_("类别"), widget=forms.RadioSelect)
    campaign = forms.TypedChoiceField(label=_("专项行动"), required=False, coerce=int, empty_value=None)
    student = forms.TypedChoiceField(
        label=_("学生"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("只有助学要选；不在家庭成员里的，先在家庭档案里添上。"),
    )
    stage = forms.ChoiceField(label=_("学段"), required=False, choices=choices_of(STAGES, empty="不适用"))
    school = text("学校", 100)
    school_kind = forms.ChoiceField(label=_("就读类别"), required=False)
    admission_no = text("录取通知书编号", 40, hint="在校生填学籍号。")
    tuition = YuanField(label=_("一学年学费（元）"), required=False)
    asked = YuanField(label=_("申请金额（元）"), required=False, help_text=_("助学按规定的标准，可以不填。"))
    other_aid = text("已获其他资助", 200)
    words = lines("困难情况", 500, hint="家庭自己说的困难，办理的人看得到。")
    hints: Mapping[str, Mapping[str, str]]

    def __init__(
        self,
        *args: Any,
        students: Sequence[tuple[int, str]],
        campaigns: Sequence[tuple[int, str]] | None,
        excluded: Sequence[str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        every: dict[str, Any] = {
            "kind": [(str(one), KINDS[one].render(gettext)) for one in AidKind],
            "student": [("", gettext("不适用")), *students],
            "school_kind": [("", gettext("普通全日制")), *((one, _(one)) for one in excluded)],
        }
        if campaigns is None:
            del self.fields["campaign"]
        else:
            del self.fields["version"]
            every["campaign"] = [("", gettext("不在专项行动中")), *campaigns]
        for name, choices in every.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.hints = {"kind": {str(one): FIT[one].render(gettext) for one in AidKind}}


class DecisionForm(forms.Form):
    """What the desk decides on the application before it; which steps stand open is told by the page."""

    version = VersionField()
    reason = forms.CharField(
        label=_("意见（申请人会读到）"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回或不予帮扶的，写明要补什么、为什么。"),
    )
    step = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, steps: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"].choices = [(one, one) for one in steps]  # type: ignore[attr-defined]
        self.fields["step"].required = True
        self.fields["step"].error_messages["required"] = gettext("请点一个写明后果的按钮。")


class ApproveForm(forms.Form):
    """How much is granted, and out of which fund; neither is filled in beforehand."""

    version = VersionField()
    amount = YuanField(
        label=_("批准金额（元）"),
        error_messages={"required": _("请填写批准金额。"), "invalid": _("请填写数字，如 600。")},
    )
    fund_id = forms.TypedChoiceField(
        label=_("资金来源"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": _("请选择从哪一笔资金里发。")},
    )
    hints: Mapping[str, Mapping[str, str]]

    def __init__(self, *args: Any, funds: Sequence[tuple[int, str, Said]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["fund_id"].choices = [(str(number), name) for number, name, _ in funds]  # type: ignore[attr-defined]
        self.hints = {"fund_id": {str(number): words.render(gettext) for number, _, words in funds}}


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step with its reason, which the family reads."""

    reason = notes("理由")


class AppealForm(VersionForm):
    """The answer to an appeal; neither is chosen beforehand."""

    uphold = forms.ChoiceField(
        label=_("申诉是否成立"),
        choices=[("yes", _("成立，重新办理")), ("no", _("不成立，维持原来的决定"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择申诉是否成立。")},
    )
    reason = notes("答复（申请人会读到）")

    def clean_uphold(self) -> bool:
        """Whether the appeal is upheld."""
        return bool(self.cleaned_data["uphold"] == "yes")


class OutForm(forms.Form):
    """Why an objection was upheld."""

    reason = notes("异议成立的情况")


class NoFieldsForm(forms.Form):
    """A step that asks nothing."""


class HouseholdForm(forms.Form):
    """Which household, by its number or the name of its worker."""

    household = forms.CharField(
        label=_("家庭编号或户主姓名"),
        max_length=50,
        help_text=_("姓名写全；有重名的请填家庭编号。"),
        error_messages={"required": _("请填写家庭编号或户主姓名。")},
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = rows

    def clean_household(self) -> int:
        """The number of the one household meant."""
        typed = self.cleaned_data["household"].strip()
        by_number = typed.isascii() and typed.isdecimal() and len(typed) < 16  # noqa: PLR2004
        found = self.rows.filter(pk=int(typed)) if by_number else self.rows.filter(head__name=typed)
        numbers = list(found.values_list("pk", flat=True)[:2])
        if not numbers:
            raise forms.ValidationError(_("您的工作范围内没有这一户。请核对，或者先登记家庭档案。"))
        if len(numbers) > 1:
            raise forms.ValidationError(_("有几户的户主同名。请填家庭编号。"))
        return int(numbers[0])


class PaperForm(VersionForm):
    """The family has confirmed on a paper that the officer keeps."""

    how = text("怎样确认的", 60, required=True, hint="如“本人在发放花名册上签字”，签字单请接着上传。")


class BatchForm(forms.Form):
    """Which applications were shown: their numbers, how many, what sum travel with the form (ui.md B4)."""

    numbers = forms.CharField(widget=forms.HiddenInput, max_length=MOST * 20, required=False)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)
    fen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**15)

    def seen(self) -> Chosen:
        """What the reader saw."""
        told = [one for one in self.cleaned_data["numbers"].split(",") if one.isdecimal() and len(one) < 16]  # noqa: PLR2004
        numbers = tuple(sorted({int(one) for one in told}))
        return Chosen(numbers, self.cleaned_data["count"], Yuan(self.cleaned_data["fen"]))


class RoundForm(BatchForm):
    """A round: its name, its first day, where it hangs besides."""

    name = text("批次名称", 80, required=True, hint="如“2018 年春风助学第一批”。")
    starts_on = DayField(label=_("公示开始日"), help_text=_("这一天起张贴，满规定的工作日才能审批。"))
    board = text("公示栏位置", 120, hint="同时张贴在哪里，如“镇便民服务中心公示栏”。")


class ApproveAllForm(BatchForm):
    """Out of which fund all of them are granted."""

    fund_id = forms.TypedChoiceField(
        label=_("资金来源"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": _("请选择从哪一笔资金里发。")},
    )
    hints: Mapping[str, Mapping[str, str]]

    def __init__(self, *args: Any, funds: Sequence[tuple[int, str, Said]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["fund_id"].choices = [(str(number), name) for number, name, _ in funds]  # type: ignore[attr-defined]
        self.hints = {"fund_id": {str(number): words.render(gettext) for number, _, words in funds}}


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    name = forms.CharField(label=_("姓名"), max_length=50, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    campaign = forms.TypedChoiceField(label=_("专项行动"), required=False, coerce=int, empty_value=None)
    year = forms.IntegerField(label=_("年度"), min_value=YEARS[0], max_value=YEARS[1], required=False)
    unit = forms.TypedChoiceField(label=_("工会"), required=False, coerce=int, empty_value=None)
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_ID, required=False)
    paid = forms.IntegerField(
        widget=forms.HiddenInput, min_value=YEARS[0], max_value=YEARS[1], required=False
    )
    household = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=HIGHEST_ID, required=False
    )

    def __init__(
        self,
        *args: Any,
        campaigns: Sequence[tuple[int, str]] = (),
        units: Sequence[tuple[int, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        states = [(str(one), rules.LABELS[one].render(gettext)) for one in rules.State]
        kinds = [(str(one), KINDS[one].render(gettext)) for one in AidKind]
        every = gettext("全部")
        groups = [
            ("open", gettext("在办")),
            ("granted", gettext("已发放")),
            ("asking", gettext("提出过申请")),
        ]
        told = {
            "state": [("", every), *groups, *states],
            "kind": [("", every), *kinds],
            "campaign": [("", every), *campaigns],
            "unit": [("", every), *units],
        }
        for name, choices in told.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was understood of the address."""
        self.is_valid()
        return dict(self.cleaned_data)


def of_form(told: Mapping[str, Any], *, year: int) -> dict[str, Any]:
    """What a draft says, from the form's fields."""
    kept = {name: told[name] for name in told if name not in {"version", "campaign", "student", "kind"}}
    return {**kept, "kind": AidKind(told["kind"]), "year": year, "student_id": told["student"]}
