"""Shape of what a worker types on the phone, and an officer for him."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.joining.rules import CHANNELS, Channel
from niangjia.kernel import clock
from niangjia.kernel.errors import BadInput
from niangjia.kernel.fields import DayField, choices_of, lines, missing, text
from niangjia.kernel.identifiers import IdKind, PersonalId, Sex, parse_mobile, parse_name
from niangjia.members.rules import FORMS
from niangjia.people.rules import ID_KINDS, SEXES, Paper, read_paper

FORM_CHOICES = {str(form): word for form, word in FORMS.items()}
_SECRET = {"data-no-save": "", "autocomplete": "off", "spellcheck": "false"}


def said(error: BadInput) -> ValidationError:
    """The reasons of a refusal, for the field that is being cleaned."""
    return ValidationError([reason.render(gettext) for reason in error.reasons])


class PersonFields(forms.Form):
    """Who somebody is: name and paper; sex and birth are asked only where the number does not tell them."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": missing("姓名")},
    )
    kind = forms.ChoiceField(label=_("证件类型"), choices=choices_of(ID_KINDS), initial=IdKind.RESIDENT)
    number = forms.CharField(
        label=_("证件号码"),
        max_length=60,
        help_text=_("照证件填写，居民身份证为 18 位，最后一位可以是 X。加密保存。"),
        widget=forms.TextInput(attrs=_SECRET),
        error_messages={"required": missing("证件号码")},
    )
    sex = forms.ChoiceField(
        label=_("性别"), choices=choices_of(SEXES), widget=forms.RadioSelect, required=False
    )
    born = DayField(label=_("出生日期"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.value: PersonalId | None = None
        if not (self.is_bound and self._asks_more()) and not (
            self.initial.get("born") or self.initial.get("sex")
        ):
            del self.fields["sex"], self.fields["born"]

    def _asks_more(self) -> bool:
        """Whether this kind of paper does not tell sex and birth by itself."""
        kind, typed = (self.data.get(self.add_prefix(name), "") for name in ("kind", "number"))
        if kind not in set(IdKind):
            return False
        try:
            value = read_paper(Paper(IdKind(kind), typed), today=clock.today())
        except BadInput:
            return False
        return value.sex is None or value.born is None

    def clean_name(self) -> str:
        """The name as on the card."""
        try:
            return parse_name(self.cleaned_data["name"]).printed
        except BadInput as error:
            raise said(error) from error

    def clean(self) -> dict[str, Any]:
        """The paper, read; what it does not tell is asked for."""
        told = super().clean() or {}
        if not {"kind", "number"} <= told.keys():
            return told
        paper = Paper(IdKind(told["kind"]), told["number"])
        sex = Sex(told["sex"]) if told.get("sex") else None
        try:
            self.value = read_paper(
                paper, today=clock.today(), sex=sex, born=told.get("born"), field="number"
            )
        except BadInput as error:
            self.add_error("number", said(error))
            return told
        for name in ("sex", "born"):
            if name in self.fields and not told.get(name) and getattr(self.value, name) is None:
                self.add_error(name, gettext("这种证件的号码里看不出来，请补填一下。"))
        return told


class WhoForm(PersonFields):
    """The first screen."""


class WorkFields(forms.Form):
    """How to reach somebody and where he works; what the code tells is not asked."""

    mobile = forms.CharField(
        label=_("手机号"),
        max_length=30,
        help_text=_("用来告诉您办理结果。港澳台号码请带上 +852、+853 或 +886。"),
        widget=forms.TextInput(attrs={"type": "tel", **_SECRET, "autocomplete": "tel"}),
        error_messages={"required": missing("手机号")},
    )
    workplace = forms.ChoiceField(label=_("您在哪一家上班"), required=False)
    employer_told = forms.CharField(
        label=_("工作单位"),
        max_length=120,
        required=False,
        help_text=_("写全称；没有固定单位的不用填。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    form = forms.ChoiceField(
        label=_("从业形态"),
        choices=[("", _("在单位上班")), *choices_of(FORM_CHOICES)],
        required=False,
        help_text=_("货车司机、快递员、外卖配送员等，在哪里跑、在哪里住都可以入会。"),
    )
    platform = text("平台或车辆", 60, hint="例如平台名称；车牌可填可不填。")

    def clean_mobile(self) -> str:
        """A number that can be reached."""
        try:
            return parse_mobile(self.cleaned_data["mobile"]).e164
        except BadInput as error:
            raise said(error) from error

    def clean(self) -> dict[str, Any]:
        """Somewhere he works, or how."""
        told = super().clean() or {}
        asked = [name for name in ("workplace", "employer_told", "form") if name in self.fields]
        if asked and not any(told.get(name) for name in asked):
            self.add_error(
                "employer_told", gettext("请写明工作单位；没有固定单位的，请选从业形态，例如“货车司机”。")
            )
        return told


class WorkForm(WorkFields):
    """The second screen; `asks` names the fields that are still open for this applicant."""

    def __init__(
        self, *args: Any, asks: Iterable[str], workplaces: Iterable[tuple[int, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name in set(self.fields) - set(asks):
            del self.fields[name]
        if "workplace" in self.fields:
            offered = [(str(pk), name) for pk, name in workplaces]
            self.fields["workplace"].choices = [("", gettext("不在这里面")), *offered]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """The last screen: agreed, signed or not."""

    consent = forms.BooleanField(
        label=_("我已阅读并同意上面的内容"),
        error_messages={"required": _("请先阅读并勾选同意，再提交申请。")},
    )
    signature = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60_000)


class FindForm(forms.Form):
    """What somebody tells who does not know his union."""

    employer = text("工作单位", 120, hint="写几个字就行，例如“某某电子商务”。")
    place = text("在哪个镇街或村社", 60, hint="例如“翠苑街道”。")
    form = forms.ChoiceField(
        label=_("从业形态"), choices=[("", _("在单位上班")), *choices_of(FORM_CHOICES)], required=False
    )


class ReceiptForm(forms.Form):
    """The receipt code of an application."""

    receipt = text("回执码", 40, required=True, hint="20 个字母和数字，大小写都可以，横线可以不填。")


class AnswerForm(forms.Form):
    """What was missing."""

    words = lines("补充说明", 500, required=True)
    number = forms.CharField(
        label=_("更正后的证件号码"),
        max_length=60,
        required=False,
        help_text=_("号码没有错就不用填。"),
        widget=forms.TextInput(attrs=_SECRET),
    )
    mobile = forms.CharField(
        label=_("更正后的手机号"), max_length=30, required=False, widget=forms.TextInput(attrs=_SECRET)
    )


class AppealForm(forms.Form):
    """Why the union above should look again."""

    words = lines("您的理由", 500, required=True)


class EnterForm(WorkFields, PersonFields):
    """An officer enters for a worker, at the door or from paper; the applicant has agreed before him."""

    field_order = ("channel", "name", "kind", "number", "sex", "born", "mobile")
    channel = forms.ChoiceField(
        label=_("途径"),
        choices=choices_of(CHANNELS, (Channel.DOOR, Channel.PAPER)),
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label=_("本人已看过入会告知并同意；纸质申请有本人签名"),
        error_messages={"required": _("请先请本人看过告知并同意。")},
    )

    def __init__(self, *args: Any, workplaces: Iterable[tuple[int, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(str(pk), name) for pk, name in workplaces]
        if offered:
            self.fields["workplace"].choices = [("", gettext("不在这里面")), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["workplace"]
