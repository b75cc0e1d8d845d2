"""The shape of what officers and workers type of a needy-worker file."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.hardship import rules
from niangjia.hardship.actions import Asked
from niangjia.kernel.fields import DayField, NamedField, VersionField, choices_of, lines, missing, notes, text
from niangjia.means.rules import WAYS, Way
from niangjia.notices.rules import PLACES

CATEGORIES = {one: rules.CATEGORY_WORDS[one].msgid for one in rules.ELIGIBLE}
ENDINGS = {"lift": "脱困", "cancel": "注销"}
YES, NO = "yes", "no"


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()


class WordsForm(VersionForm):
    """A step with an opinion, which the worker may read."""

    words = lines("意见（职工本人可见）", 500)


class OpinionForm(VersionForm):
    """An opinion that has to be given."""

    words = notes("意见")


class ReasonForm(VersionForm):
    """A step with its reason."""

    reason = notes("理由（职工本人可见）")


class LeadForm(forms.Form):
    """Somebody in need, in three fields."""

    name = text("职工姓名", 50, required=True)
    place = text("在哪里工作或住在哪里", 120, hint="如“三车间”“湍口村”，好让工会找得到人。")
    words = lines("发生了什么", 300, hint="几句话就行。不用写病名和证件号码。")


class LeadForForm(LeadForm):
    """The same, for a union that is chosen: officers above the primary unions."""

    unit = NamedField(
        label=_("由哪家工会联系"),
        max_length=120,
        required=False,
        help_text=_("填工会全称或编号；不填就由本级工会联系。"),
    )


class OwnLeadForm(LeadForm):
    """The same, told by the worker of himself and his family."""

    field_order = ("words", "place")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["name"]
        self.fields["words"].required = True


class AskedForm(VersionForm):
    """What is asked of the worker beside the household's facts."""

    level = forms.ChoiceField(
        label=_("建档标准"),
        choices=choices_of(rules.LEVELS),
        initial=rules.Level.COUNTY,
        widget=forms.RadioSelect,
    )
    labour_since = DayField(
        label=_("劳动关系从哪天起"), required=False, help_text=_("外来务工人员必填，按劳动合同填写。")
    )
    lives_here = forms.ChoiceField(
        label=_("是否在本市居住"),
        required=False,
        choices=[("", _("还没有核实")), (YES, _("是")), (NO, _("否"))],
        help_text=_("外来务工人员必填。"),
    )

    @property
    def asked(self) -> Asked:
        """What was answered."""
        told = self.cleaned_data
        lives = {YES: True, NO: False}.get(told["lives_here"])
        return Asked(told["level"], told["labour_since"], lives)


class ApplyForm(AskedForm):
    """The household that applies, by its number."""

    household = forms.IntegerField(
        label=_("家庭编号"),
        min_value=1,
        max_value=10**12,
        help_text=_("家庭档案页上的编号。还没有登记家庭的，请先登记。"),
        error_messages={"required": missing("家庭编号")},
    )
    field_order = ("household", "level", "labour_since", "lives_here")


class NewFileForm(ApplyForm):
    """The same without a lead."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["version"]


class TemporaryForm(ReasonForm):
    """Why a household cannot wait."""

    household = ApplyForm.base_fields["household"]
    field_order = ("household", "reason")


class EndTemporaryForm(ReasonForm):
    """What becomes of a temporary file."""

    promote = forms.ChoiceField(
        label=_("怎么办理"),
        choices=[(YES, _("转正，按正常程序建档")), (NO, _("注销临时档案"))],
        widget=forms.RadioSelect,
    )
    field_order = ("promote", "reason")

    def clean_promote(self) -> bool:
        """Whether it goes the regular way."""
        return bool(self.cleaned_data["promote"] == YES)


class TownForm(WordsForm):
    """The town's opinion; an exception where an exclusion stands in the way."""

    exception = lines(
        "例外审批理由", 500, hint="只有存在“不予建档的情形”而确有困难时才填，由批准的工会决定。"
    )


class NoticeForm(VersionForm):
    """When and where the notice hangs."""

    starts_on = DayField(label=_("公示从哪天起"))
    place = forms.ChoiceField(label=_("在哪里公示"), choices=choices_of(PLACES), widget=forms.RadioSelect)
    board = text("公示栏位置", 120)


class AppealForm(VersionForm):
    """Why the refusal is wrong."""

    words = notes("申诉理由")


class AnswerAppealForm(VersionForm):
    """The answer to an appeal."""

    upheld = forms.ChoiceField(
        label=_("申诉是否成立"),
        choices=[(YES, _("成立，重新办理")), (NO, _("不成立，维持原决定"))],
        widget=forms.RadioSelect,
    )
    words = notes("答复（职工本人可见）")

    def clean_upheld(self) -> bool:
        """Whether the file is taken up again."""
        return bool(self.cleaned_data["upheld"] == YES)


class EndForm(VersionForm):
    """Why the file is to end."""

    end = forms.ChoiceField(label=_("办理事项"), choices=choices_of(ENDINGS), widget=forms.RadioSelect)
    cause = forms.ChoiceField(label=_("原因"), choices=choices_of(rules.ENDS, empty="请选择"))
    why = notes("情况说明")


class AuthoriseForm(forms.Form):
    """An adult has signed."""

    way = forms.ChoiceField(
        label=_("授权方式"),
        choices=choices_of(WAYS, only=(Way.PAPER, Way.DEVICE)),
        widget=forms.RadioSelect,
    )
    signed_on = DayField(label=_("签字日期"))


class PlainForm(forms.Form):
    """Nothing but a button."""


class CompareForm(forms.Form):
    """A file of the national system, held against the register."""

    file = forms.FileField(
        label=_("全国系统导出的文件"),
        help_text=_("XLSX 或 CSV，第一行是列名，要有档案编号一列。文件只用来核对，不保存。"),
        error_messages={"required": _("请选择文件。")},
    )


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    number = forms.CharField(label=_("档案编号"), max_length=16, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    category = forms.ChoiceField(
        label=_("困难类别"), choices=choices_of(CATEGORIES, empty="全部"), required=False
    )
    level = forms.ChoiceField(
        label=_("建档标准"), choices=choices_of(rules.LEVELS, empty="全部"), required=False
    )
    town = forms.ChoiceField(label=_("下级工会"), required=False)
    only = forms.ChoiceField(
        label=_("只看"),
        required=False,
        choices=[("", _("全部")), ("unchanged", _("一年没有变动的")), ("never", _("从未帮扶的"))],
    )

    def __init__(self, *args: Any, towns: Collection[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(one), rules.LABELS[one].render(gettext)) for one in rules.State]
        groups = [("", gettext("全部")), ("open", gettext("办理中")), ("standing", gettext("在档"))]
        self.fields["state"].choices = [*groups, *words]  # type: ignore[attr-defined]
        self.fields["town"].choices = [("", gettext("全部")), *((str(pk), name) for pk, name in towns)]  # type: ignore[attr-defined]
        if not towns:
            del self.fields["town"]

    @property
    def told(self) -> Mapping[str, str]:
        """What was understood of the address."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items()}
