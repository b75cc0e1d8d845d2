"""The shapes of what is asked of the policies page and of what an officer sets."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import BadInput
from niangjia.kernel.policy import Definition, Kind
from niangjia.kernel.words import Said, say
from niangjia.policies import rules
from niangjia.policies.queries import UnitChoice


def _rendered(said: Said) -> str:
    return said.render(gettext)


_render: Callable[[Said], Any] = lazy(_rendered, str)
_DAY = {"invalid": _("请写成这样的日期：2018-08-20。")}
_AREAS = [(area, _render(words)) for area, words in rules.AREA_WORDS.items()]
_HIGHEST = 2**63 - 1


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=_DAY,
        **more,
    )


class InForceForm(forms.Form):
    """Which union, which day, which area; nothing asked is the platform's own values of today."""

    unit = forms.IntegerField(label=_("看哪个工会"), required=False, min_value=1, max_value=_HIGHEST)
    day = _day(_("看哪一天"), required=False)
    area = forms.ChoiceField(label=_("领域"), required=False, choices=[("", _("全部领域")), *_AREAS])
    case = forms.IntegerField(required=False, min_value=0, max_value=99, widget=forms.HiddenInput)

    def answers(self, *, today: date) -> dict[str, Any]:
        """The cleaned values; a wrong one is refused in words."""
        if not self.is_valid():
            raise BadInput(
                fields={
                    name: tuple(say("{error}", error=str(error)) for error in errors)
                    for name, errors in self.errors.items()
                }
            )
        return {
            "unit_id": self.cleaned_data["unit"],
            "day": self.cleaned_data["day"] or today,
            "area": self.cleaned_data["area"],
            "case": self.cleaned_data["case"] or 0,
        }

    def offer(self, choices: Sequence[UnitChoice], *, chosen: int | None, with_area: bool = True) -> None:
        """The unions become a select: the way down to the chosen one, and those right below.

        The chosen one is not set in: its name also stands on the chip that removes it.
        """
        if not with_area:
            del self.fields["area"]
        options: list[tuple[str, Any]] = [("", _("不选工会，看平台默认值"))]
        options += [
            (str(one.unit_id), "　" * (0 if one.unit_id == chosen else one.depth) + one.name)
            for one in choices
        ]
        self.fields["unit"].widget = forms.Select(choices=options)
        self.fields["unit"].choices = options  # type: ignore[attr-defined]


def _case_field(definition: Definition, name: str) -> forms.Field:
    """One dimension of a case: a choice where all its values have words, else a line (a year, a place)."""
    label = _render(rules.DIM_WORDS[name])
    known = sorted({default.dims[name] for default in definition.defaults if name in default.dims})
    if not known or not rules.DIM_VALUES.keys() >= {*known}:
        return forms.CharField(
            label=label, required=False, max_length=40, help_text=_("不填就适用于各种情形。")
        )
    choices = [("", _("各种情形")), *((one, _render(rules.DIM_VALUES[one])) for one in known)]
    return forms.ChoiceField(label=label, required=False, choices=choices)


class ValueForm(forms.Form):
    """A union's own value of one policy: value, days, paper, and what it sets for those below."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    value = forms.CharField(label=_("本单位的值"), required=False)
    low = forms.CharField(label=_("下级不得低于"), required=False, max_length=40)
    high = forms.CharField(label=_("下级不得高于"), required=False, max_length=40)
    locked = forms.BooleanField(label=_("下级不得更改"), required=False)
    since = _day(_("自哪一天起生效"))
    until = _day(_("到哪一天停用（当天不含）"), required=False)
    paper = forms.CharField(
        label=_("依据文件"), max_length=200, help_text=_("写文件名称和文号，公开页面会显示。")
    )

    field_order = ("version", "value", "since", "until", "paper", "low", "high", "locked")

    def __init__(self, *args: Any, definition: Definition, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self._shape_value()
        if not leads or not definition.shape.kind.is_ordered:
            del self.fields["low"], self.fields["high"]
        if not leads:
            del self.fields["locked"]
        for name in definition.dims:
            self.fields[f"dim_{name}"] = _case_field(definition, name)
        self.order_fields(["version", *(f"dim_{name}" for name in definition.dims), *self.field_order])

    def _shape_value(self) -> None:
        shape, field = self.definition.shape, self.fields["value"]
        hint = rules.hint_for(shape)
        field.help_text = _render(hint) if hint else ""
        if shape.kind in {Kind.FLAG, Kind.CHOICE}:
            known = shape.choices or ("true", "false")
            words = {"true": say("是"), "false": say("否"), **rules.CHOICE_WORDS}
            options = [("", _("请选择")), *((name, _render(words[name])) for name in known)]
            self.fields["value"] = forms.ChoiceField(label=field.label, required=False, choices=options)
        elif shape.kind in {Kind.TABLE, Kind.TEXTS, Kind.DAYS, Kind.RECORD}:
            field.widget = forms.Textarea(attrs={"rows": 6})

    def draft(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        shape = self.definition.shape
        typed = cleaned["value"]
        return {
            "key": self.definition.key,
            "value": rules.read_typed(shape, typed, translate=gettext) if typed else None,
            "since": cleaned["since"],
            "until": cleaned["until"],
            "paper": cleaned["paper"],
            "low": rules.read_bound(shape, cleaned.get("low", "")),
            "high": rules.read_bound(shape, cleaned.get("high", "")),
            "locked": cleaned.get("locked", False),
            "dims": {name: cleaned[f"dim_{name}"] for name in self.definition.dims if cleaned[f"dim_{name}"]},
        }


class EndForm(forms.Form):
    """From which day the union's own value no longer holds, and why."""

    until = _day(_("自哪一天起停用"))
    reason = forms.CharField(label=_("停用的原因"), max_length=200)


class WithdrawForm(forms.Form):
    """Why a planned value is taken back."""

    reason = forms.CharField(label=_("撤回的原因"), max_length=200)
