"""The shape of what is typed about notices."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.fields import DayField, choices_of, missing, notes, text
from niangjia.kernel.money import Yuan
from niangjia.notices.rules import NOTICE, OUTCOMES, PLACES

_PARTS = ("name", "place", "matter", "amount")


class RowsField(forms.CharField):
    """A row a line, its parts apart by a tab, a comma or a stroke: name, place, matter, sum."""

    def __init__(self, **more: Any) -> None:
        area = forms.Textarea(attrs={"rows": 8})
        super().__init__(max_length=60_000, widget=area, **more)

    def clean(self, value: Any) -> list[dict[str, object]]:
        """The rows; what cannot be read says in which line."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [_row(line, place) for place, line in enumerate(lines, 1) if line]


def _row(line: str, place: int) -> dict[str, object]:
    parts = [part.strip() for part in line.replace("，", ",").replace("|", ",").replace("\t", ",").split(",")]
    if not parts[0] or len(parts) > len(_PARTS):
        words = _("第 %(n)s 行读不懂。每行依次填姓名、所在单位、事项、金额，用逗号隔开。")
        raise ValidationError(words, params={"n": place})
    row: dict[str, object] = {name: part for name, part in zip(_PARTS, parts, strict=False) if part}
    if "amount" in row:
        try:
            row["amount"] = Yuan.of(str(row["amount"]))
        except (NiangjiaError, ValueError) as error:
            words = _("第 %(n)s 行的金额读不懂。请填数字，如 3000.00。")
            raise ValidationError(words, params={"n": place}) from error
    return row


class OpenForm(forms.Form):
    """A notice of the acting post's union."""

    title = text("标题", 120, required=True, hint="如“2018 年金秋助学拟帮扶名单公示”。")
    starts_on = DayField(label=_("哪一天开始公示"))
    place = forms.ChoiceField(label=_("在哪里公示"), choices=choices_of(PLACES), initial="both")
    board = text("公示栏在哪里", 120, hint="如“镇政府一楼大厅”。只在平台公示的不用填。")
    rows = RowsField(
        label=_("公示内容"),
        help_text=_(
            "每人一行：姓名，所在单位，事项，金额。系统只保存隐去后的内容：姓名留姓，金额只写档次；"
            "不要写证件号、电话、账号和病情。"
        ),
        error_messages={"required": missing("公示内容")},
    )


class WithdrawForm(forms.Form):
    """Why a notice is taken down."""

    reason = notes("撤下事由")


class ObjectForm(forms.Form):
    """An objection, signed or not."""

    words = forms.CharField(
        label=_("您的异议"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写清楚是公示里的哪一行、哪里不对。不用写您的电话，凭回执码就能查答复。"),
        error_messages={"required": _("请写下您的异议。")},
    )
    signed = text("署名", 50, hint="可以不署名。")


class FollowForm(forms.Form):
    """The receipt code."""

    receipt = text("回执码", 30, required=True, hint="15 个字母和数字，大小写都可以。")


class AnswerForm(forms.Form):
    """What came of an objection, and why."""

    outcome = forms.ChoiceField(label=_("核实结果"), choices=choices_of(OUTCOMES), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("答复"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("说明核实的经过和结果。持回执码的人会看到这段话。"),
        error_messages={"required": missing("答复")},
    )


class OfficeForm(forms.Form):
    """What the office's list is narrowed to."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    waiting = forms.ChoiceField(
        label=_("异议"), choices=choices_of({"yes": "有异议没答复"}, empty="全部"), required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {state: str(NOTICE.label(state)) for state in NOTICE.ordered_states}
        self.fields["state"].choices = choices_of(words, empty="全部")  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
