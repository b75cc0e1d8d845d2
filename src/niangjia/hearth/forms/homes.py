"""Shape of what officers type of households: who lives there, who leaves, which telling holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.households import rules
from niangjia.kernel.fields import DayField, choices_of, notes, text
from niangjia.kernel.identifiers import IdKind
from niangjia.people.rules import ID_KINDS

KIND = choices_of(ID_KINDS)
OTHERS = {code: label for code, label in rules.RELATIONS.items() if code != rules.SELF}
STATES = {
    "complete": "已齐全",
    "incomplete": "待补全",
    "disputed": "有待核定",
    "unproven": "证件未核对",
}
NEVER_KEPT = {"data-no-save": "", "autocomplete": "off"}


def _number(label: Any, length: int, hint: Any, *, required: bool = False) -> forms.CharField:
    """A number of a person: never kept on the device, never in an address."""
    widget = forms.TextInput(attrs=NEVER_KEPT)
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, widget=widget)


class PersonForm(forms.Form):
    """Who it is: found by the number first, so that nothing known is typed again (R-G-07)."""

    kind = forms.ChoiceField(label=_("证件类型"), choices=KIND, initial=IdKind.RESIDENT)
    number = _number(_("证件号码"), 40, _("名册里已有的人按号码带出；校验不过的先记下，等核对。"))
    name = text("姓名", 50, hint="与证件上的写法一致；您管理的名册里已有的人可以不填。")
    mobile = _number(_("手机号"), 20, _("新登记的人填，用来接收验证码。"))
    checked = forms.BooleanField(
        label=_("已核对，不是同一个人，仍要登记"), required=False, widget=forms.HiddenInput
    )

    field_order = ("relation", "number", "kind", "name", "mobile", "checked")

    def ask_to_check(self) -> None:
        """Somebody alike was found: the officer is asked, and may still save."""
        self.fields["checked"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        """A number or a name."""
        told = super().clean() or {}
        if not told.get("number") and not told.get("name"):
            self.add_error("number", _("请填写证件号码；暂时没有的，请填写姓名。"))
        return told


class OpenForm(PersonForm):
    """The worker at the head of a household."""


class MemberForm(PersonForm):
    """Somebody who lives with him."""

    relation = forms.ChoiceField(label=_("与户主关系"), choices=choices_of(OTHERS, empty="请选择"))


class ProveForm(forms.Form):
    """The number on the card, and two witnesses where it is genuine though it does not pass (D-6)."""

    kind = forms.ChoiceField(label=_("证件类型"), choices=KIND, initial=IdKind.RESIDENT)
    number = _number(_("证件号码"), 40, _("对照证件原件逐位填写。"), required=True)
    genuine = forms.BooleanField(
        label=_("证件属实：号码校验不过，但证件原件就是这样"),
        required=False,
        help_text=_("须上传证件照片，并由另一名干部到场确认。"),
    )
    card = forms.FileField(label=_("证件照片"), required=False, help_text=_("只留照片的指纹，不留照片。"))
    witness = forms.ChoiceField(label=_("第二见证人"), required=False)

    def __init__(self, *args: Any, witnesses: dict[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(str(number), name) for number, name in witnesses.items()]
        self.fields["witness"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A genuine card is shown and seen by two."""
        told = super().clean() or {}
        if told.get("genuine"):
            if not told.get("card"):
                self.add_error("card", _("请上传证件照片。"))
            if not told.get("witness"):
                self.add_error("witness", _("请选择第二见证人。"))
        return told


class LeaveForm(forms.Form):
    """Somebody lives there no longer."""

    on = DayField(label=_("自哪一天起不再共同生活"))
    reason = notes("原因")


class HeadForm(forms.Form):
    """Another member becomes the head."""

    member = forms.ChoiceField(label=_("新户主"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=_("原户主与新户主的关系"),
        choices=choices_of(OTHERS, empty="已不在这一户（去世、迁出等）"),
        required=False,
    )
    reason = notes("更换的原因")

    def __init__(self, *args: Any, members: dict[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].choices = [(str(number), name) for number, name in members.items()]  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Which of two tellings holds, and why; nothing is preselected."""

    take = forms.ChoiceField(
        label=_("以哪一个为准"),
        choices=[("told", _("采用新填的")), ("stands", _("保留原来的"))],
        widget=forms.RadioSelect,
    )
    reason = notes("依据")


class ListForm(forms.Form):
    """What the list of households is narrowed to."""

    name = forms.CharField(label=_("家庭成员姓名"), max_length=50, required=False)
    number = forms.IntegerField(label=_("家庭编号"), min_value=1, max_value=10**15 - 1, required=False)
    state = forms.ChoiceField(label=_("档案"), choices=choices_of(STATES, empty="全部"), required=False)
    under = forms.IntegerField(min_value=1, max_value=10**15 - 1, required=False, widget=forms.HiddenInput)

    @property
    def told(self) -> dict[str, Any]:
        """What was understood of the address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("name", "number", "state", "under")}


class ConsentForm(forms.Form):
    """Each use of sensitive data by itself; none is ticked beforehand (PIPL 14, 29)."""

    def __init__(self, *args: Any, purposes: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in purposes:
            self.fields[one.code] = forms.BooleanField(
                label=_("我同意：{what}").format(what=_(one.label.msgid)),
                help_text=_(one.text(one.version).msgid),
                required=False,
            )
