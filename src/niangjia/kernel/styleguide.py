"""Sample content for the styleguide page: every component of the furniture once. All people are invented."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import shapes
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

_MAP = (
    ("永嘉", 90, 1, 3, 3),
    ("乐清", 93, 1, 4, 3),
    ("鹿城", 96, 2, 3, 4),
    ("龙湾", 95, 2, 4, 4),
    ("洞头", 94, 2, 5, 4),
    ("文成", 84, 3, 2, 1),
    ("瓯海", 95, 3, 3, 4),
    ("瑞安", 97, 3, 4, 4),
    ("泰顺", 82, 4, 1, 1),
    ("平阳", 88, 4, 3, 2),
    ("苍南", 87, 5, 3, 2),
    ("龙港", 91, 5, 4, 3),
)
_NAV = (
    (
        say("工作"),
        ((say("待办"), "clipboard-list", 12), (say("工会名册"), "network", 0), (say("工会地图"), "map", 0)),
    ),
    (say("管理"), ((say("政策"), "book-open", 0), (say("用户与岗位"), "users", 3))),
)


class SampleForm(forms.Form):
    """One field of every kind."""

    child = forms.CharField(label=_("孩子姓名"))
    level = forms.ChoiceField(
        label=_("今年入读"),
        widget=forms.RadioSelect,
        choices=[("a", _("高中")), ("b", _("高职")), ("c", _("本科"))],
    )
    fee = forms.CharField(
        label=_("一学年学费"),
        help_text=_("录取通知书上写着，大约就行，以后可改。"),
        error_messages={"required": _("请填写一学年学费，如 6800。")},
    )
    kind = forms.ChoiceField(
        label=_("工会类型"),
        choices=[("", _("请选择")), ("1", _("基层工会")), ("2", _("联合工会"))],
        required=False,
    )
    story = forms.CharField(label=_("家里的情况"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("我同意工会向民政部门核对家庭经济状况。"))


class DecisionForm(forms.Form):
    """A decision; nothing is chosen beforehand."""

    hints: ClassVar = {
        "decision": {
            "yes": say("开始公示，期满送区总工会审批。"),
            "back": say("写明要补什么，职工会收到短信。"),
            "no": say("须写理由，职工可以申诉。"),
        }
    }

    decision = forms.ChoiceField(
        label=_("审核结论"),
        widget=forms.RadioSelect,
        choices=[("yes", _("同意")), ("back", _("退回补充")), ("no", _("不同意"))],
    )
    opinion = forms.CharField(
        label=_("意见（职工本人可见）"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class SampleFilter(forms.Form):
    """Filters as a list page has them."""

    q = forms.CharField(label=_("名称"), required=False)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[("", _("全部")), ("single", _("单独建会")), ("joint", _("联合工会"))],
        required=False,
    )
    since = forms.DateField(
        label=_("建会不早于"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )


def _table(caption: Said) -> shapes.Table:
    names = ("大洲村第一五金厂工会", "大洲村包装厂工会", "大洲村小微企业联合工会")
    rows = [
        shapes.Row(
            cells=[
                name,
                shapes.Cell("大洲村工会联合会", href="#"),
                date(2018, 3, 6),
                number,
                shapes.Cell(word, status=state),
            ],
            href=f"#{number}",
        )
        for name, number, word, state in zip(
            names,
            (128, 46, 1012),
            (say("正常"), say("换届中"), say("须补材料")),
            ("done", "now", "warn"),
            strict=True,
        )
    ]
    columns = [
        shapes.Column(say("名称"), sort="name"),
        shapes.Column(say("上级")),
        shapes.Column(say("建会日期"), sort="since"),
        shapes.Column(say("会员"), sort="members", right=True),
        shapes.Column(say("状态")),
    ]
    return shapes.Table(
        caption,
        columns,
        rows,
        note=say("数据截至今天，每家单位只计一次。"),
        foot=[say("合计"), "", "", 1186, ""],
    )


def _drawing() -> shapes.Drawing:
    singles = [
        shapes.DrawnUnion(f"{name}工会", "#", f"衢州{name}有限公司", "#")
        for name in (
            "恒丰五金",
            "大洲包装",
            "南山竹业",
            "溪口电子",
            "联民食品",
            "三合机械",
            "东港纸品",
            "上方钙业",
            "双桥服饰",
            "石室物流",
        )
    ]
    joints = [
        shapes.DrawnUnion("大洲小微企业联合工会", "#", employers=9, employer_href="#"),
        shapes.DrawnUnion("商贸服务联合工会", "#", employers=5, employer_href="#"),
    ]
    return shapes.Drawing(
        "大洲镇工会联合会", singles, joints, n=10, x=2, employers=24, href="#", rows_href="#"
    )


def _navigation() -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "items": [
                {"label": name, "url": "#", "icon": icon, "badge": badge, "current": name == say("工会名册")}
                for name, icon, badge in items
            ],
        }
        for label, items in _NAV
    ]


def _numbers() -> list[shapes.Figure]:
    return [
        shapes.Figure(say("工会联合会"), 2513, "#", unit=say("家"), wording=say("2500余家")),
        shapes.Figure(
            say("覆盖单位"), 80214, "#", unit=say("家"), wording=say("8万余家"), note=say("每家只计一次")
        ),
        shapes.Figure(say("商圈工会联合会"), 86, "#", unit=say("家")),
        shapes.Figure(say("已报半年总结"), "20 / 21", "#", unit=say("家"), note=say("1 家还没报，点开看")),
    ]


def _case() -> dict[str, Any]:
    told = (
        (say("上门登记"), "done", say("两名干部 8月14日")),
        (say("镇街审核"), "now", say("您 · 剩 2 天")),
        (say("公示"), "todo", say("5 个工作日")),
        (say("区总审批"), "todo", say("区总工会")),
        (say("发放"), "todo", say("本人账户")),
    )
    return {
        "stages": [shapes.Stage(label, state, note) for label, state, note in told],
        "events": [
            shapes.Event("08-14 16:20", "陈晓梅", say("提交上门登记表（第 3 版）")),
            shapes.Event("08-12 20:11", "王建国", say("手机提交申请（第 1、2 版）")),
        ],
        "facts": [
            shapes.Fact(say("全称"), "衢江区大洲镇工会联合会"),
            shapes.Fact(say("上级"), "衢江区总工会", "#"),
            shapes.Fact(say("成立"), date(2018, 3, 6)),
            shapes.Fact(say("会员"), 1186),
            shapes.Fact(say("账户余额"), Yuan.of("48200.00")),
            shapes.Fact(say("主席"), "陈某"),
        ],
    }


def _head() -> dict[str, Any]:
    return {
        "crumbs": [
            shapes.Crumb(say("工会名册"), "#"),
            shapes.Crumb("衢江区", "#"),
            shapes.Crumb(say("大洲镇工会联合会")),
        ],
        "acts": [
            shapes.Act(say("打印"), "#", icon="printer"),
            shapes.Act(say("登记新建工会"), "#", icon="plus", kind="primary"),
        ],
        "tabs": [
            shapes.Tab(say("概况"), "#", current=True),
            shapes.Tab(say("所辖工会"), "#", count=12),
            shapes.Tab(say("换届"), "#"),
        ],
        "navigation": _navigation(),
        "actor": {"name": "陈晓梅", "user_id": 1, "post_id": 1},
        "acting_post": "湍口镇总工会 · 帮扶专干",
        "demo_world": True,
    }


def _lists() -> dict[str, Any]:
    first = shapes.Act(say("登记第一处阵地"), "#", kind="primary")
    return {
        "figures": _numbers(),
        "table": _table(say("工会名册")),
        "long_table": _table(say("覆盖单位")),
        "no_rows": shapes.Table(
            say("阵地"), [shapes.Column(say("名称"))], [], empty=say("还没有登记阵地。"), first=first
        ),
        "pager": shapes.Pager(total=2513, first=41, last=60, number=3, pages=126),
        "keyset": shapes.Pager(total=80214, first=1, last=50, after="b2"),
        "tiles": [shapes.Tile(name, f"{n}%", "#", row, col, step) for name, n, row, col, step in _MAP],
        "legend": [say("82% 以下"), "82–85%", "85–89%", "89–94%", say("94% 以上")],
        "drawing": _drawing(),
        "filter": SampleFilter({"kind": "joint"}),
    }


def sample(*, sent: bool = False) -> dict[str, Any]:
    """The context of furniture/styleguide.html; with `sent` the form has come back with errors."""
    form = SampleForm({"child": "王雨桐"} if sent else None)
    return {**_head(), **_lists(), **_case(), "form": form, "decision": DecisionForm()}
