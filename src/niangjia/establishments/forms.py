"""The shape of what founders and officers type of an establishment."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.bodies.rules import POST_LABELS, PostKind
from niangjia.founding import rules
from niangjia.kernel.fields import (
    DayField,
    NamedField,
    VersionField,
    choices_of,
    lines,
    missing,
    notes,
    number,
    text,
)
from niangjia.kernel.reaching import beyond
from niangjia.network.rules import EMPLOYER_LABELS, KIND_LABELS, MODE_LABELS, SECTOR_LABELS

PLANNED = {one: KIND_LABELS[one] for one in rules.PLANNED}


class ParentField(NamedField):
    """A union named by whoever asks: every union's name is public, so it is looked for past the scope."""

    def clean(self, value: Any) -> Any:
        """The one union meant; otherwise the names that come nearest."""
        with beyond():
            return super().clean(value)


class RequestForm(forms.Form):
    """What is asked: which union, under whom, for how many."""

    parent = ParentField(
        label=_("上级工会"),
        max_length=120,
        help_text=_("填所在镇街总工会或工会联合会的全称；不清楚的可以先到“找工会”查。"),
        error_messages={"required": missing("上级工会")},
    )
    kind = forms.ChoiceField(label=_("拟建类别"), choices=choices_of(PLANNED), widget=forms.RadioSelect)
    name = text("工会全称", 120, required=True, hint="如“某某电子商务有限公司工会委员会”。")
    workers = number("职工数（人）", required=True)
    members = number("愿意入会的人数（人）", required=True, hint="不能多于职工数。")
    term_years = forms.ChoiceField(label=_("届期"), widget=forms.RadioSelect)
    phone = text("单位联系电话", 30)
    address = text("地址", 200)
    mode = forms.ChoiceField(
        label=_("统筹模式"),
        choices=choices_of(MODE_LABELS, empty="不适用"),
        required=False,
        help_text=_("只有工会联合会要选。"),
    )
    words = lines("建会理由", 1000)

    hints: Mapping[str, Mapping[str, str]]

    def __init__(self, *args: Any, years: Collection[int], parents: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["term_years"].choices = [  # type: ignore[attr-defined]
            (str(one), gettext("{n} 年").format(n=one)) for one in sorted(years)
        ]
        if parents is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].rows = parents  # type: ignore[attr-defined]
        self.hints = {
            "kind": {
                "single_primary_union": gettext("一家单位单独建会"),
                "joint_primary_union": gettext("几家小单位联合建会"),
                "union_federation": gettext("区域或行业的工会联合会，下面再有工会"),
            }
        }


class EditForm(RequestForm):
    """The same, said again on what the reader saw; the parent stays."""

    version = VersionField()


class EmployerForm(forms.Form):
    """An employer that the union is to cover."""

    name = text("单位名称", 120, required=True, hint="营业执照上的全称。")
    uscc = text("统一社会信用代码", 18, hint="18 位；已经在册的单位按代码自动对上。")
    kind = forms.ChoiceField(label=_("性质"), choices=choices_of(EMPLOYER_LABELS, empty="请选择"))
    headcount = number("职工数（人）", required=True)
    sector = forms.ChoiceField(label=_("领域"), choices=choices_of(SECTOR_LABELS), initial="other")
    address = text("地址", 200)


class MemberForm(forms.Form):
    """Somebody of the founding group."""

    name = text("姓名", 50, required=True)
    duty = text("工作岗位", 60)
    leads = forms.BooleanField(label=_("任组长"), required=False, help_text=_("筹备组只有一名组长。"))


class CandidateForm(forms.Form):
    """Somebody stands for a post."""

    name = text("姓名", 50, required=True)
    post = forms.ChoiceField(label=_("职务"), choices=choices_of(POST_LABELS, empty="请选择"))
    relative = forms.ChoiceField(
        label=_("本人是不是企业主要负责人的近亲属"),
        choices=[("no", _("不是")), ("relative", _("是"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请先由本人声明是不是企业主要负责人的近亲属。")},
    )
    full_time = forms.BooleanField(label=_("专职"), required=False)

    def __init__(self, *args: Any, primary: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not primary:
            del self.fields["relative"]

    def clean_post(self) -> PostKind:
        """The post meant."""
        return PostKind(self.cleaned_data["post"])


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes("理由")


class DropForm(forms.Form):
    """A line is taken out of a list."""


class PrepareForm(VersionForm):
    """The day of the approval to prepare."""

    prepared_on = DayField(label=_("批准日期"), help_text=_("筹备组批复上的日期，不能晚于今天。"))


class CongressForm(VersionForm):
    """The congress as it was held."""

    meeting = forms.ChoiceField(
        label=_("大会形式"), choices=choices_of(rules.MEETING_LABELS), widget=forms.RadioSelect
    )
    congress_on = DayField(label=_("大会日期"))
    entitled = number("应到人数（人）", required=True, hint="会员大会是全体会员，会员代表大会是全体代表。")
    present = number("实到人数（人）", required=True)
    seats = number("委员名额（人）", required=True, most=200, hint="选举组织员的填 1。")


class ResultForm(VersionForm):
    """The votes of each candidate, and the tellers who sign."""

    def __init__(
        self, *args: Any, candidates: Collection[tuple[int, str, int | None]], tellers: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for pk, name, votes in candidates:
            self.fields[f"votes_{pk}"] = forms.IntegerField(
                label=gettext("{name} 得票").format(name=name),
                min_value=0,
                max_value=10_000_000,
                initial=votes,
            )
        for place in range(1, tellers + 1):
            self.fields[f"teller_{place}"] = forms.CharField(
                label=gettext("监票人 {n}").format(n=place),
                max_length=50,
                help_text=_("不能是候选人。"),
                error_messages={"required": missing("监票人")},
            )
        self.fields["signed"] = forms.BooleanField(
            label=_("监票人已当场核对票数，并在选举结果报告上签字"),
            error_messages={"required": _("请由监票人核对并签字后再报。")},
        )

    @property
    def votes(self) -> dict[int, int]:
        """The votes by the number of the candidate."""
        told = self.cleaned_data
        return {int(name.removeprefix("votes_")): told[name] for name in told if name.startswith("votes_")}

    @property
    def tellers(self) -> list[str]:
        """Who signed."""
        return [str(told).strip() for name, told in self.cleaned_data.items() if name.startswith("teller_")]


class ApproveForm(VersionForm):
    """The approval reply."""

    approved_on = DayField(label=_("批复日期"), help_text=_("工会自这一天起成立，不能晚于今天。"))
    reply_no = text("批复文号", 80, hint="如“鄞总工〔2018〕12号”；不填就用系统的文书编号。")


class LegalPersonForm(VersionForm):
    """The certificate of a legal person."""

    legal_person_no = text("工会法人资格证号", 60, required=True)
    uscc = text("工会法人统一社会信用代码", 18, required=True, hint="18 位，以 81 或 89 开头。")
    registered_on = DayField(label=_("登记日期"))


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    name = forms.CharField(label=_("工会名称"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(PLANNED, empty="全部"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(one), rules.LABELS[one].render(gettext)) for one in rules.State]
        self.fields["state"].choices = [("", gettext("全部")), ("open", gettext("办理中")), *words]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, str]:
        """What was understood of the address."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items()}
