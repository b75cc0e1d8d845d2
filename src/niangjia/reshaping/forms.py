"""The shape of what officers type of a restructure."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
from niangjia.kernel.words import Said
from niangjia.network.rules import KIND_LABELS as ORGANISATION_KINDS
from niangjia.network.rules import MODE_LABELS
from niangjia.restructuring.rules import CONVERSIONS, FOUNDED, KIND_LABELS, State

MOST_LINES = 500
CONVERTED = sorted({kind for kinds in CONVERSIONS.values() for kind in kinds})
NEW = sorted({kind for kinds in FOUNDED.values() for kind in kinds})


class ManyNamed(NamedField):
    """Several records, one a line, each by its full name or number."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The numbers of the records, in the order typed."""
        typed = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if not typed and self.required:
            raise ValidationError(self.error_messages["required"])
        if len(typed) > MOST_LINES:
            raise ValidationError(_("一次最多写 500 行。请分几次办。"))
        return [super(ManyNamed, self).clean(line).pk for line in typed]


def _named(label: str, hint: str, *, many: bool = False, required: bool = True) -> NamedField:
    return (ManyNamed if many else NamedField)(
        label=_(label),
        max_length=20_000 if many else 120,
        help_text=_(hint),
        required=required,
        error_messages={"required": missing(label)},
    )


def _words(labels: Mapping[Any, Said], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((str(one), labels[one].render(gettext)) for one in labels)]


class ProposeForm(forms.Form):
    """What is to be done to which unions, on which day, and why."""

    kind = forms.ChoiceField(label=_("办什么"), choices=choices_of(KIND_LABELS))
    sources = _named("原组织", "要撤销、并入、改制或分立的组织，一行一个，填全称或编号。", many=True)
    heir = _named("接收组织", "并入哪个组织；撤销的不填就由上级工会接收。", required=False)
    effective_on = DayField(
        label=_("生效日"), help_text=_("到这一天自动执行；已经过去的日子，批准、经审后马上执行。")
    )
    reason = lines("理由", 1000, required=True)
    new_name = text("改为名称", 120, hint="只有改制要填。")
    new_kind = forms.ChoiceField(
        label=_("改为类别"), choices=choices_of(ORGANISATION_KINDS, CONVERTED, empty="不改"), required=False
    )
    new_mode = forms.ChoiceField(
        label=_("改为统筹模式"), choices=choices_of(MODE_LABELS, empty="不改"), required=False
    )
    source_goes_on = forms.BooleanField(label=_("分立后原组织保留"), required=False)
    member_plan = lines("会员安排", 500)
    asset_plan = lines("经费财产安排", 500)
    debt_plan = lines("债权债务安排", 500)
    dossier_plan = lines("档案印章安排", 500)

    def __init__(self, *args: Any, rows: Any, heirs: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sources"].rows = rows  # type: ignore[attr-defined]
        self.fields["heir"].rows = heirs  # type: ignore[attr-defined]


class ResubmitForm(forms.Form):
    """The plan with another day and other words."""

    version = VersionField()
    effective_on = DayField(label=_("生效日"))
    reason = lines("理由", 1000, required=True)
    member_plan = lines("会员安排", 500)
    asset_plan = lines("经费财产安排", 500)
    debt_plan = lines("债权债务安排", 500)
    dossier_plan = lines("档案印章安排", 500)


class ShareForm(forms.Form):
    """One heir and what goes to it."""

    version = VersionField()
    heir = _named("接收组织", "现有的组织，填全称或编号；分立要新设立的，填在下面。", required=False)
    new_name = text("新组织名称", 120, hint="只有分立可以新设组织。")
    new_kind = forms.ChoiceField(
        label=_("新组织类别"),
        choices=choices_of(ORGANISATION_KINDS, NEW, empty="和原组织相同"),
        required=False,
    )
    new_mode = forms.ChoiceField(
        label=_("统筹模式"), choices=choices_of(MODE_LABELS, empty="不适用"), required=False
    )
    units = _named("划入的工会", "一行一个，填全称或编号。", many=True, required=False)
    employers = _named("划入的单位", "一行一个，填全称或编号。", many=True, required=False)
    takes_rest = forms.BooleanField(label=_("没有列明的都归它"), required=False)

    def __init__(self, *args: Any, rows: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, found in rows.items():
            self.fields[name].rows = found  # type: ignore[attr-defined]


class ConsultForm(forms.Form):
    """What the members' meeting said."""

    version = VersionField()
    held_on = DayField(label=_("会议日期"))
    present = number("到会人数", required=True, most=1_000_000)
    votes_for = number("赞成", required=True, most=1_000_000)
    votes_against = number("反对", required=True, most=1_000_000)
    minutes = text("会议记录", 300, required=True, hint="会议名称、文号或者存放处。")


class ApproveForm(forms.Form):
    """The approval with its number."""

    version = VersionField()
    decision_no = text("批复文号", 80, required=True)


class AuditForm(forms.Form):
    """What the audit committee found."""

    version = VersionField()
    audit_no = text("经审报告文号", 80, required=True)
    balance = forms.DecimalField(
        label=_("移交结余（元）"), min_value=0, max_value=10**9, decimal_places=2, max_digits=12
    )
    deed_no = text("财产移交文书号", 80, hint="原组织有阵地的必须填。")


class CloseForm(forms.Form):
    """What was handed over."""

    version = VersionField()
    closing = lines("办结说明", 500, required=True, hint="印章、档案、结余怎样移交。")


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes()


class RestructureFilterForm(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(KIND_LABELS, empty="全部"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, labels: Mapping[str, Said], **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(one), labels[one].render(gettext)) for one in State]
        self.fields["state"].choices = [("", gettext("全部")), *words]  # type: ignore[attr-defined]
