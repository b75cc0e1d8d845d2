"""The shape of what officers type of persons: a number to find one, facts, the purpose of a look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, VersionField, choices_of, notes, text
from niangjia.kernel.identifiers import IdKind
from niangjia.people import rules
from niangjia.people.rules import rights

NEVER_KEPT = {"data-no-save": "", "autocomplete": "off", "inputmode": "text"}
KIND = choices_of(rules.ID_KINDS)


def _number(label: Any, length: int, hint: Any) -> forms.CharField:
    """A number of a person: never kept on the device, never in an address."""
    widget = forms.TextInput(attrs=NEVER_KEPT)
    return forms.CharField(label=label, max_length=length, required=False, help_text=hint, widget=widget)


class FindForm(forms.Form):
    """One exact number: of a paper, or of a mobile. There is no list to leaf through (R-G-02)."""

    kind = forms.ChoiceField(label=_("证件类型"), choices=KIND, initial=IdKind.RESIDENT)
    number = _number(_("证件号码"), 40, _("填完整的号码，15 位旧号也认。"))
    mobile = _number(_("手机号"), 20, _("没有证件号码时，填完整的手机号。"))

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        told = super().clean() or {}
        if not told.get("number") and not told.get("mobile"):
            self.add_error("number", _("请填写证件号码，或者填写手机号。"))
        elif told.get("number") and told.get("mobile"):
            self.add_error("mobile", _("证件号码和手机号只填一个。"))
        return told


class PersonForm(forms.Form):
    """What is known of a person beside the numbers."""

    name = text("姓名", 50, required=True, hint="与证件上的写法一致。")
    sex = forms.ChoiceField(
        label=_("性别"), choices=choices_of(rules.SEXES), widget=forms.RadioSelect, required=False
    )
    born = DayField(label=_("出生日期"), required=False)
    ethnicity = text("民族代码", 2, hint="国家标准代码，如汉族填 01；不知道可以不填。")


class CorrectForm(PersonForm):
    """The facts as they are right, and why they change."""

    deceased_on = DayField(label=_("去世日"), required=False)
    reason = notes("更正的原因")
    version = VersionField()


class RegisterForm(PersonForm):
    """A person enters the register; sex and birth follow from a resident's number."""

    kind = forms.ChoiceField(label=_("证件类型"), choices=KIND, initial=IdKind.RESIDENT)
    number = _number(_("证件号码"), 40, _("居民身份证号码会带出性别和出生日期；证件可以以后补登。"))
    mobile = _number(_("手机号"), 20, _("用来接收验证码登录。"))

    checked = forms.BooleanField(
        label=_("已核对，不是同一个人，仍要登记"), required=False, widget=forms.HiddenInput
    )

    field_order = ("name", "kind", "number", "mobile", "sex", "born", "ethnicity", "checked")

    def ask_to_check(self) -> None:
        """Somebody alike was found: the clerk is asked, and may still save."""
        self.fields["checked"].widget = forms.CheckboxInput()


class PurposeForm(forms.Form):
    """What a full number is needed for; the person can read it."""

    purpose = forms.ChoiceField(
        label=_("查看的用途"),
        choices=[(code, _(words.msgid)) for code, words in rights.REVEAL_PURPOSES.items()],
        widget=forms.RadioSelect,
    )
    words = notes("具体说明")
