"""The shape of what officers and members type of membership, and of the filters of the lists."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.fields import DayField, MoneyField, VersionField, choices_of, named, notes, text
from niangjia.kernel.identifiers import IdKind
from niangjia.members.rules import FORMS, LACKS, Ended
from niangjia.people.rules import ID_KINDS, SEXES

NEVER_KEPT = {"data-no-save": "", "autocomplete": "off", "inputmode": "text"}
LEAVING = {
    str(Ended.LEFT): "本人退会",
    str(Ended.DEEMED_LEFT): "委员会决定：视为自动退会",
    str(Ended.STRUCK): "除籍",
    str(Ended.DIED): "去世",
}


def _number(label: Any, length: int, hint: Any) -> forms.CharField:
    """A number of a person: never kept on the device, never in an address."""
    widget = forms.TextInput(attrs=NEVER_KEPT)
    return forms.CharField(label=label, max_length=length, required=False, help_text=hint, widget=widget)


class WorkForm(forms.Form):
    """Where and how a member works."""

    employer = named("用人单位", "填全称、编号或统一社会信用代码；没有单位的可以不填。", code="uscc")
    workplace = named(
        "实际用工单位", "派遣工、品牌专柜员工填实际上班的单位；与用人单位相同的不填。", code="uscc"
    )
    group = named("工会小组", "填全称或编号；没有分组的不填。")
    form = forms.ChoiceField(label=_("新就业形态"), choices=choices_of(FORMS, empty="不属于"), required=False)
    platform = text("平台或车辆", 60, hint="如平台名称、车牌号，可以不填。")
    migrant = forms.BooleanField(label=_("外来务工人员"), required=False)
    fee_base = MoneyField(label=_("会费基数（元/月）"), required=False)

    def __init__(self, *args: Any, employers: Any, groups: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("employer", "workplace"):
            self.fields[name].rows = employers  # type: ignore[attr-defined]
            self.fields[name].required = False
        self.fields["group"].rows = groups  # type: ignore[attr-defined]
        self.fields["group"].required = False


class EnrolForm(WorkForm):
    """A worker as he is told at the counter; sex and birth follow from a resident's number."""

    name = text("姓名", 50, required=True, hint="与证件上的写法一致。")
    kind = forms.ChoiceField(
        label=_("证件类型"), choices=choices_of(ID_KINDS), initial=IdKind.RESIDENT, required=False
    )
    number = _number(_("证件号码"), 40, _("会带出性别和出生日期，并核对是否已在别处入会；可以以后补登。"))
    mobile = _number(_("手机号"), 20, _("用来接收通知和验证码。"))
    sex = forms.ChoiceField(
        label=_("性别"), choices=choices_of(SEXES), widget=forms.RadioSelect, required=False
    )
    born = DayField(label=_("出生日期"), required=False)
    since = DayField(label=_("入会日期"))
    beside = forms.ChoiceField(
        label=_("登记方式"),
        choices=[("", _("登记为会员（计数）")), ("yes", _("登记为挂靠：会籍在别处，这里不计数"))],
        required=False,
    )
    basis = text("依据", 120, hint="如入会申请书编号、批准日期。")

    field_order = (
        "name", "kind", "number", "mobile", "sex", "born", "since", "employer", "workplace", "form",
        "platform", "group", "migrant", "fee_base", "beside", "basis",
    )  # fmt: skip


class WorkEditForm(WorkForm):
    """The facts of a membership as they are now."""

    version = VersionField()


class TurnForm(forms.Form):
    """A membership is kept or resumed from a day on."""

    since = DayField(label=_("自哪一天起"))
    reason = notes()
    version = VersionField()


class EndForm(forms.Form):
    """A membership ends on a day, for one of the reasons of the statutes."""

    until = DayField(label=_("自哪一天起不再是会员"))
    ended = forms.ChoiceField(
        label=_("原因"), choices=[(code, _(word)) for code, word in LEAVING.items()], widget=forms.RadioSelect
    )
    reason = notes("说明（如委员会决定的日期和文号）")
    version = VersionField()


class ChooseForm(forms.Form):
    """The day from which the chosen union counts me."""

    since = DayField(label=_("自哪一天起"))


class MembersForm(forms.Form):
    """The filters of the list of members."""

    words = forms.CharField(label=_("姓名、拼音、手机或卡号"), max_length=40, required=False)
    under = forms.TypedChoiceField(label=_("在哪个组织之下"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[
            ("", _("在会")), ("retained", _("保留会籍")),
            ("affiliated", _("挂靠（不计数）")), ("ended", _("已终止")),
        ],
        required=False,
    )  # fmt: skip
    form = forms.ChoiceField(label=_("新就业形态"), choices=choices_of(FORMS, empty="全部"), required=False)
    lacks = forms.ChoiceField(label=_("实名缺项"), required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=choices_of(SEXES, empty="全部"), required=False)
    migrant = forms.ChoiceField(
        label=_("外来务工"), choices=[("", _("全部")), ("yes", _("是")), ("no", _("否"))], required=False
    )
    day = DayField(label=_("截至哪一天"), required=False)
    union = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53, required=False)
    employer = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53, required=False)

    def __init__(self, *args: Any, units: Collection[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["under"].choices = [("", _("我的全部范围")), *units]  # type: ignore[attr-defined]
        lacks = [(code, _(words.msgid)) for code, words in LACKS.items()]
        self.fields["lacks"].choices = [("", _("不限")), ("any", _("任何一项")), *lacks]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was understood; what was not is passed over and told beside its field."""
        self.is_valid()
        return self.cleaned_data


class CardForm(forms.Form):
    """The text of a card's QR code."""

    text = forms.CharField(
        label=_("二维码里的文字"),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用手机扫会员卡上的二维码，把得到的文字贴在这里。"),
    )
