"""The shape of what officers type of organisations and employers, and of the filters of the lists."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, VersionField, choices_of, named, notes, number, text
from niangjia.network import rules


class FoundForm(forms.Form):
    """An organisation as its founding papers tell it."""

    kind = forms.ChoiceField(label=_("类别"))
    name = text("全称", 120, required=True)
    short_name = text("简称", 60, hint="列表里用，如“大洲镇总工会”。")
    established_on = DayField(label=_("建会日期"), help_text=_("批复上的日期，不能晚于今天。"))
    approval_doc_no = text("批复文号", 80)
    mode = forms.ChoiceField(
        label=_("统筹模式"),
        choices=choices_of(rules.MODE_LABELS, empty="不适用"),
        required=False,
        help_text=_("只有工会联合会有统筹模式。"),
    )
    sector = forms.ChoiceField(
        label=_("领域"), choices=choices_of(rules.SECTOR_LABELS, empty="不分领域"), required=False
    )
    uscc = text("工会法人统一社会信用代码", 18, hint="以 81 或 89 开头，还没有登记法人的可以不填。")
    address = text("地址", 200)
    phone = text("办公电话", 30)

    def __init__(self, *args: Any, under: str, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [kind for kind, parents in rules.PARENTS.items() if under in parents]
        self.fields["kind"].choices = choices_of(rules.KIND_LABELS, kinds, empty="请选择")  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """The facts of an organisation that change without a restructuring."""

    short_name = text("简称", 60)
    mode = forms.ChoiceField(
        label=_("统筹模式"), choices=choices_of(rules.MODE_LABELS, empty="不适用"), required=False
    )
    since = DayField(label=_("统筹模式自哪一天起变化"), help_text=_("之前的统计保持不变。"), required=False)
    sector = forms.ChoiceField(
        label=_("领域"), choices=choices_of(rules.SECTOR_LABELS, empty="不分领域"), required=False
    )
    uscc = text("工会法人统一社会信用代码", 18, hint="以 81 或 89 开头。")
    legal_person_no = text("工会法人资格证号", 60)
    approval_doc_no = text("批复文号", 80)
    address = text("地址", 200)
    phone = text("办公电话", 30)
    version = VersionField()

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if kind != rules.OrgKind.FEDERATION:
            del self.fields["mode"], self.fields["since"]


class RenameForm(forms.Form):
    """A new name and the paper it rests on."""

    name = text("新名称", 120, required=True)
    since = DayField(label=_("自哪一天起使用"))
    paper = text("依据文件", 200, required=True)


class MoveForm(forms.Form):
    """A new superior from a day on."""

    parent = named("新的上级组织", "填全称，或填它的编号。", code="uscc")
    since = DayField(label=_("自哪一天起"), help_text=_("当天及以后按新的隶属统计，以前的不变。"))
    reason = notes("依据和事由")


class ComposeForm(forms.Form):
    """A primary union becomes N or X of a federation."""

    child = named("编入的工会", "单建会编为 N，联合基层工会编为 X。填全称，或填它的编号。", code="uscc")
    since = DayField(label=_("自哪一天起"))


class RelationForm(forms.Form):
    """A guidance or line relation."""

    guide = named("指导方", "填全称，或填它的编号。", code="uscc")
    relation = forms.ChoiceField(
        label=_("关系"),
        choices=[("guidance", _("业务指导")), ("line", _("产业条线"))],
        widget=forms.RadioSelect,
    )
    since = DayField(label=_("自哪一天起"))


class EmployerForm(forms.Form):
    """An employer as it enters the register."""

    name = text("名称", 120, required=True)
    kind = forms.ChoiceField(label=_("性质"), choices=choices_of(rules.EMPLOYER_LABELS, empty="请选择"))
    uscc = text("统一社会信用代码", 18, hint="18 位，同一家单位全省只登记一次。")
    sector = forms.ChoiceField(label=_("领域"), choices=choices_of(rules.SECTOR_LABELS), initial="other")
    industry_code = text("行业代码", 5, hint="国民经济行业分类，如 C26。")
    headcount = number("职工数（人）", required=True)
    female_headcount = number("其中女职工（人）", required=True)
    migrant_headcount = number("其中外来务工（人）", required=True)
    address = text("地址", 200)
    since = DayField(label=_("入册日"))

    def clean(self) -> dict[str, Any]:
        """Women and migrant workers are among the workers."""
        told = super().clean() or {}
        for part in ("female_headcount", "migrant_headcount"):
            if (
                told.get(part) is not None
                and told.get("headcount") is not None
                and told[part] > told["headcount"]
            ):
                self.add_error(part, _("不能多于职工数。"))
        return told


class EmployerEditForm(EmployerForm):
    """An employer's facts from a day on."""

    since = DayField(label=_("性质、领域、人数自哪一天起变化"), help_text=_("之前的统计保持不变。"))
    version = VersionField()


class LeaveForm(forms.Form):
    """The day from which an employer is in no register, and why."""

    until = DayField(label=_("自哪一天起出册"), help_text=_("当天起不再在册，不能晚于今天。"))
    reason = notes("出册的原因（如注销、迁出、并入其他单位）")


class CoverForm(forms.Form):
    """A union covers an employer from a day on."""

    union = named(
        "覆盖它的工会", "单建会只覆盖一家单位，联合基层工会可以覆盖多家。填全称，或填它的编号。", code="uscc"
    )
    since = DayField(label=_("自哪一天起"))


class ListForm(forms.Form):
    """What every list of the register is narrowed by."""

    name = forms.CharField(label=_("名称（含曾用名）"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    mode = forms.ChoiceField(
        label=_("统筹模式"), choices=choices_of(rules.MODE_LABELS, empty="全部"), required=False
    )
    sector = forms.ChoiceField(
        label=_("领域"), choices=choices_of(rules.SECTOR_LABELS, empty="全部"), required=False
    )
    under = forms.TypedChoiceField(label=_("在哪个组织之下"), coerce=int, empty_value=None, required=False)
    day = DayField(label=_("截至哪一天"), required=False)

    def __init__(self, *args: Any, units: Collection[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["under"].choices = [("", _("我的全部范围")), *units]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was understood; what was not is passed over and told beside its field."""
        self.is_valid()
        return self.cleaned_data


class OrganisationsForm(ListForm):
    """The filters of the list of organisations."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("正常运行")), ("preparing", _("筹备中")), ("closed", _("已撤销"))],
        required=False,
    )
    federation = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = choices_of(rules.KIND_LABELS, empty="全部")  # type: ignore[attr-defined]


class EmployersForm(ListForm):
    """The filters of the list of employers."""

    covered = forms.ChoiceField(
        label=_("覆盖情况"), choices=[("", _("已覆盖")), ("no", _("盲点：尚未覆盖"))], required=False
    )
    zone = forms.TypedChoiceField(label=_("商圈与园区"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, zones: Collection[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["mode"]
        self.fields["name"].label = _("名称")
        self.fields["kind"].choices = choices_of(rules.EMPLOYER_LABELS, empty="全部")  # type: ignore[attr-defined]
        self.fields["zone"].choices = [("", _("全部")), *zones]  # type: ignore[attr-defined]
