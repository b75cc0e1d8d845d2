"""The shape of what officers type of committees, facilities and zones."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.bodies import rules
from niangjia.kernel.fields import DayField, VersionField, choices_of, named, number, text


class TermForm(forms.Form):
    """A term of a committee."""

    number = number("第几届", required=True, most=999)
    since = DayField(label=_("届期自哪一天起"))
    term_years = forms.ChoiceField(label=_("届期"), widget=forms.RadioSelect)
    elected_on = DayField(label=_("选举日"), required=False)
    approval_doc_no = text("批复文号", 80)

    def __init__(self, *args: Any, years: Collection[int], **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(one), gettext("{n} 年").format(n=one)) for one in sorted(years)]
        self.fields["term_years"].choices = words  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """Somebody takes a committee post."""

    kind = forms.ChoiceField(label=_("职务"), choices=choices_of(rules.POST_LABELS, empty="请选择"))
    name = text("姓名", 50, required=True, hint="名册里还没有的，先记姓名，证件以后补登。")
    person = forms.ChoiceField(label=_("是哪一位"), required=False)
    relative = forms.ChoiceField(
        label=_("本人是不是企业主要负责人的近亲属"),
        choices=[("no", _("不是")), ("relative", _("是"))],
        widget=forms.RadioSelect,
        required=False,
    )
    full_time = forms.BooleanField(label=_("专职"), required=False)
    since = DayField(label=_("任职日"))

    def __init__(
        self, *args: Any, primary: bool, namesakes: Collection[tuple[int, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if not primary:
            del self.fields["relative"]
        if len(namesakes) > 1:
            offered = [("", _("请选择")), *((str(pk), word) for pk, word in namesakes)]
            self.fields["person"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["person"]


class FacilityForm(forms.Form):
    """A facility with all that is told of it (R-SRV-04)."""

    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(rules.FACILITY_LABELS, empty="请选择"))
    name = text("名称", 120, required=True)
    obtained_by = forms.ChoiceField(
        label=_("取得方式"), choices=choices_of(rules.OBTAINED_LABELS, empty="请选择")
    )
    area_m2 = number("面积（平方米）")
    area_mu = forms.DecimalField(
        label=_("面积（亩）"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    rooms = text("功能", 200, hint="用顿号隔开，如：图书室、健身房。")
    investment = forms.DecimalField(
        label=_("投入（元）"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    opening_hours = text("开放时间", 120)
    is_shared = forms.BooleanField(label=_("与联合会各单位共享"), required=False)
    address = text("地址", 200)
    latitude = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("经度"), min_value=-180, max_value=180, required=False)
    since = DayField(label=_("启用日"))
    until = DayField(label=_("停用日"), required=False)

    def clean(self) -> dict[str, Any]:
        """The columns of the table: rooms one by one, money in fen, an end after the beginning."""
        told = dict(super().clean() or {})
        if told.get("since") and told.get("until") and told["until"] <= told["since"]:
            self.add_error("until", _("停用日须晚于启用日。"))
        told["rooms"] = [room.strip() for room in re.split("[、，,]", told.get("rooms", "")) if room.strip()]
        yuan = told.pop("investment", None)
        told["investment_fen"] = None if yuan is None else int(yuan * 100)
        return told


class FacilityEditForm(FacilityForm):
    """A facility as it is now."""

    version = VersionField()


class ZoneForm(forms.Form):
    """A business district, park, building, area, featured town or village."""

    name = text("名称", 120, required=True)
    kind = forms.ChoiceField(label=_("类别"), choices=choices_of(rules.ZONE_LABELS, empty="请选择"))
    address = text("地址", 200)
    since = DayField(label=_("自哪一天起"))
    until = DayField(label=_("至哪一天止"), required=False)

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] <= told["since"]:
            self.add_error("until", _("结束日须晚于开始日。"))
        return told


class ZoneEditForm(ZoneForm):
    """A zone as it is now."""

    version = VersionField()


class EnterZoneForm(forms.Form):
    """An employer lies in a zone from a day on."""

    employer = named("单位", "填全称、编号或统一社会信用代码。", code="uscc")
    since = DayField(label=_("自哪一天起"))
