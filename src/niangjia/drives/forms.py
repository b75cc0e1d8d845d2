"""Shape of what is typed about drives and their stops."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.drives.rules import CHECKS, STOP_STATES, StopState
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


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class DriveForm(forms.Form):
    """A drive through a zone."""

    title = text("名称", 80, required=True, hint="例如“古荡湾楼宇集中入会”。")
    zone = forms.ChoiceField(label=_("楼宇或区域"), error_messages={"required": missing("楼宇或区域")})
    starts_on = DayField(label=_("开始日"))
    ends_on = DayField(label=_("结束日"))
    squad = text("小分队", 200, hint="队名和队员，例如“古荡湾一队：社区 3 人、街道 1 人”。")
    guided_by = NamedField(
        label=_("指导工会"), max_length=120, required=False, help_text=_("一般是镇街总工会，填全称或编号。")
    )
    activities = lines("同期活动", 1000, hint="例如义诊、法律咨询、读书会。")

    def __init__(self, *args: Any, zones: Iterable[tuple[int, str]], unions: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["zone"].choices = [("", gettext("请选择")), *((str(pk), name) for pk, name in zones)]  # type: ignore[attr-defined]
        self.fields["guided_by"].rows = unions  # type: ignore[attr-defined]


class CloseForm(VersionForm):
    """What came of a drive."""

    summary = lines("小结", 1000, required=True)


class VisitForm(VersionForm):
    """What came of a stop."""

    state = forms.ChoiceField(
        label=_("情况"),
        choices=choices_of(
            {k: w.msgid for k, w in STOP_STATES.items()}, [s for s in StopState if s is not StopState.OPEN]
        ),
        widget=forms.RadioSelect,
    )
    asked = number("问了几个人")
    come_back_on = DayField(label=_("约好再来的日子"), required=False)
    checks = forms.MultipleChoiceField(
        label=_("已谈妥"), choices=choices_of(CHECKS), required=False, widget=forms.CheckboxSelectMultiple
    )
    building = text("楼宇", 80)
    floor = forms.IntegerField(label=_("楼层"), min_value=-9, max_value=200, required=False)
    words = lines("记录", 500, hint="谈了什么、还缺什么；不写个人隐私。")

    def __init__(self, *args: Any, has_union: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["asked" if has_union else "checks"]


class CodeForm(forms.Form):
    """A code for the whole drive or for one stop; the drive tells the rest."""

    label = text("用在哪里", 80, required=True)
    expires_on = DayField(label=_("有效到"))
    max_uses = number("最多使用次数", required=True)


class UnionCodeForm(forms.Form):
    """A code of a union, to be printed."""

    label = text("用在哪里", 80, required=True, hint="例如“一楼大厅海报”“8 月 20 日古荡湾小分队”。")
    expires_on = DayField(label=_("有效到"))
    max_uses = number("最多使用次数", required=True, hint="用完或到期后，扫码的人会被引到“找到我的工会”。")
    zone = forms.ChoiceField(
        label=_("贴在哪处楼宇或园区"),
        required=False,
        help_text=_("选了以后，扫码的人从这里的单位中选自己上班的那一家。"),
    )

    def __init__(self, *args: Any, zones: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(str(pk), name) for pk, name in zones]
        self.fields["zone"].choices = [("", gettext("不限")), *offered]  # type: ignore[attr-defined]


class RevokeForm(forms.Form):
    """Why a code is revoked."""

    reason = notes("停用事由")
