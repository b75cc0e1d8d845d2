"""The shape of what the public pages are asked: every wrong value is told gently and exactly."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.asking import HIGHEST_ID, Asked, in_words
from niangjia.kernel.words import Said
from niangjia.portal.rules import MEASURES, Position

LONGEST_NAME = 60
SHORTEST_NAME = 2


class DayForm(Asked):
    """A day up to today; none is today."""

    day = forms.DateField(
        label=_("统计到哪一天"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("请写成这样的日期：2018-08-20。")},
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def clean_day(self) -> Any:
        """A day after today has no figures yet."""
        day = self.cleaned_data["day"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("今天以后的日子还没有数字，请选今天或更早的一天。"))
        return day


class BoardForm(DayForm):
    """The day and the measure that colours the map."""

    colour = forms.ChoiceField(
        label=_("地图按哪一项着色"),
        required=False,
        choices=[(key, in_words(measure.label)) for key, measure in MEASURES.items()],
        error_messages={"invalid_choice": _("没有这一项数字。请从列表里选一项。")},
    )


class RowsForm(DayForm):
    """Which number's rows, on which day, from where on."""

    of = forms.CharField(max_length=40, required=False)
    after = forms.CharField(max_length=120, required=False)
    before = forms.CharField(max_length=120, required=False)


class PositionForm(Asked):
    """A reader's position, used for this answer only."""

    lat = forms.FloatField(required=False, error_messages={"invalid": _("纬度要写成数字，如 29.87。")})
    lon = forms.FloatField(required=False, error_messages={"invalid": _("经度要写成数字，如 121.55。")})

    def position(self) -> Position | None:
        """The position, if both numbers were given."""
        answers = self.answers()
        return Position.given(answers["lat"], answers["lon"])


class FindForm(PositionForm):
    """A name, a place, a position; any of them, or none."""

    q = forms.CharField(
        label=_("工会或单位名称"),
        max_length=LONGEST_NAME,
        min_length=SHORTEST_NAME,
        required=False,
        error_messages={
            "min_length": _("请至少写两个字，如“宁波”。"),
            "max_length": _("名称太长，请写其中几个字，最多 60 个字。"),
        },
    )
    place = forms.IntegerField(
        min_value=1,
        max_value=HIGHEST_ID,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("没有这个地方。请从省开始一步一步选。")},
    )


class ToDoForm(Asked):
    """What the to-do list is narrowed to."""

    of = forms.ChoiceField(
        label=_("看谁的待办"), required=False, choices=[("", _("我的")), ("below", _("本级和下级"))]
    )
    kind = forms.CharField(label=_("类别"), required=False, max_length=LONGEST_NAME, widget=forms.Select)
    unit = forms.CharField(label=_("组织名称"), required=False, max_length=LONGEST_NAME)
    when = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), ("overdue", ""), ("today", ""), ("later", "")],
    )

    def offer(self, *, kinds: Mapping[str, Said], below: bool) -> None:
        """The kinds that are on the desk; the desks below for who may look there."""
        self.fields["kind"].widget.choices = [
            ("", gettext("全部")),
            *((k, w.render(gettext)) for k, w in kinds.items()),
        ]
        if not below:
            del self.fields["of"]

    def clean_of(self) -> str:
        """One's own desk, where nothing is asked."""
        return self.cleaned_data["of"] or "mine"
