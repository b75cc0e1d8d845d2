"""What a worker tells on the phone, a page at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.aid.rules import KINDS, AidKind
from niangjia.casework.rules import FIT
from niangjia.households.rules import RELATIONS, SELF, STAGES
from niangjia.kernel.fields import DayField, VersionField, YuanField, choices_of, lines, notes, text
from niangjia.kernel.words import Said
from niangjia.people.rules.consenting import purpose_of
from niangjia.pleas.rules import NEEDED

Hints = Mapping[str, Mapping[str, str]]


class KindForm(forms.Form):
    """Which help is asked for: what fits whom, and what is needed, stands beside each."""

    kind = forms.ChoiceField(
        label=_("您要哪一种帮助"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种帮助。拿不准的，选最接近的一种，工会会帮您改。")},
    )
    hints: Hints

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(str(one), KINDS[one].render(gettext)) for one in AidKind]  # type: ignore[attr-defined]
        told = {str(one): FIT[one].render(gettext) + NEEDED[one].render(gettext) for one in AidKind}
        self.hints = {"kind": told}

    def clean_kind(self) -> AidKind:
        """The kind meant."""
        return AidKind(self.cleaned_data["kind"])


class ConsentForm(forms.Form):
    """Each thing is agreed to by itself, after its own words (PIPL 29)."""

    def __init__(self, *args: Any, purposes: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        for code in purposes:
            asked = purpose_of(code)
            self.fields[code] = forms.BooleanField(
                label=_("我同意"),
                help_text=asked.text(asked.version).render(gettext),
                error_messages={
                    "required": gettext(
                        "不同意“{label}”就不能在网上申请。您可以请工会干部上门，当面问清楚再定。"
                    ).format(label=asked.label.render(gettext))
                },
            )


class NextForm(forms.Form):
    """A page that only shows; its button leads on."""


class KinForm(forms.Form):
    """Who lives with the worker."""

    name = text("姓名", 50, required=True)
    relation = forms.ChoiceField(
        label=_("和您的关系"),
        choices=choices_of({code: word for code, word in RELATIONS.items() if code != SELF}, empty="请选择"),
        error_messages={"required": _("请选择和您的关系。")},
    )
    born = DayField(label=_("出生日期"), required=False)


class ChildForm(forms.Form):
    """For which child."""

    version = VersionField()
    student = forms.TypedChoiceField(
        label=_("哪个孩子"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": _("请选择为哪个孩子申请。")},
    )
    hints: Hints

    def __init__(self, *args: Any, children: Sequence[tuple[int, str, Said | str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["student"].choices = [(str(number), name) for number, name, _ in children]  # type: ignore[attr-defined]
        told = {
            str(number): hint.render(gettext) if isinstance(hint, Said) else hint
            for number, _, hint in children
        }
        self.hints = {"student": told}


class SchoolForm(forms.Form):
    """Where the child goes to school."""

    version = VersionField()
    stage = forms.ChoiceField(
        label=_("今年入读"),
        widget=forms.RadioSelect,
        choices=choices_of(STAGES),
        error_messages={"required": _("请选择今年入读哪一段。")},
    )
    school = text("学校", 100, required=True, hint="写录取通知书上的全名。")
    school_kind = forms.ChoiceField(
        label=_("是不是下面这些"),
        required=False,
        help_text=_("这些就读类别另有安排，不在助学范围内。"),
    )
    admission_no = text("录取通知书编号", 40, required=True, hint="录取通知书上写着；在校生填学籍号。")
    tuition = YuanField(
        label=_("一学年学费（元）"),
        help_text=_("录取通知书上写着，大约就行，以后可以改。"),
        error_messages={"required": _("请填写一学年学费，如 6800。"), "invalid": _("请填写数字，如 6800。")},
    )

    def __init__(self, *args: Any, excluded: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school_kind"].choices = [("", _("都不是")), *((one, _(one)) for one in excluded)]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """What has happened, and how much is missing; for study aid the sum follows from the standard."""

    version = VersionField()
    words = lines(
        "遇到了什么困难",
        500,
        required=True,
        hint="想到什么写什么，几句话就行。只有办理您申请的工会干部看得到。",
    )
    asked = YuanField(
        label=_("您希望得到多少帮助（元）"),
        help_text=_("写实际差多少；批多少由工会按规定定。"),
        error_messages={"required": _("请填写金额，如 3000。"), "invalid": _("请填写数字，如 3000。")},
    )
    other_aid = text("别处给过的帮助", 200, hint="如学校助学金、民政救助，没有就不填。")

    def __init__(self, *args: Any, fixed: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if fixed:
            del self.fields["asked"]


class FileForm(forms.Form):
    """A photograph or a document."""

    file = forms.FileField(
        label=_("拍照或从相册选"),
        help_text=_("照片、PDF 都可以，一次传一个。照片会自动压缩。"),
        error_messages={"required": _("请先选一个文件。没有材料要传的，直接点“下一步”。")},
    )


class AccountForm(forms.Form):
    """The worker's own account; the holder is known and is not asked."""

    number = forms.CharField(
        label=_("银行卡号"),
        max_length=30,
        help_text=_("填您本人名下的卡。只用来发钱，页面上只显示后四位。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-no-save": ""}),
        error_messages={"required": _("请填写银行卡号。")},
    )
    bank = text("开户银行", 80, required=True, hint="如“农业银行大洲支行”。")


class CheckForm(forms.Form):
    """Everything was read once more and is true."""

    version = VersionField()
    true = forms.BooleanField(
        label=_("以上都是实情。工会上门核实时，我会配合。"),
        error_messages={"required": _("请核对以后勾选，再提交。")},
    )


class OwnAppealForm(forms.Form):
    """Why the refusal is not accepted."""

    version = VersionField()
    appeal = notes("申诉理由")


class OwnWithdrawForm(forms.Form):
    """The family asks no more."""

    version = VersionField()
    reason = text("为什么撤回", 200)


class VersionForm(forms.Form):
    """A step on what the reader saw."""

    version = VersionField()
