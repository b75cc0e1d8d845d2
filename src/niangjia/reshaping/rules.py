"""The papers of a restructure: the decision, the list of what is handed over, the roster of members."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

_FOLDER = "reshaping/templates/reshaping/papers"
_WHAT = (
    Field("title", say("事项")),
    Field("sources", say("原组织")),
    Field("heir", say("接收组织"), required=False),
    Field("effective_on", say("生效日"), FieldKind.DAY),
    Field("decision_no", say("批复文号")),
)

DECISION = Template(
    key="restructuring.decision",
    title=say("撤并改决定"),
    file=f"{_FOLDER}/decision.typ",
    series="CB",
    fields=(
        *_WHAT,
        Field("reason", say("理由")),
        Field("consulted_on", say("会员讨论日"), FieldKind.DAY),
        Field("votes", say("会员意见")),
        Field("member_plan", say("会员安排"), required=False),
        Field("asset_plan", say("经费财产安排"), required=False),
        Field("debt_plan", say("债权债务安排"), required=False),
        Field("dossier_plan", say("档案印章安排"), required=False),
        Field(
            "moves",
            say("去向"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("what", say("划转")),
                Field("n", say("数量"), FieldKind.NUMBER),
                Field("to", say("去向")),
            ),
        ),
    ),
)
"""撤并改决定: what the union above decides, for whom, from which day."""

ASSETS = Template(
    key="restructuring.assets",
    title=say("财务移交清单"),
    file=f"{_FOLDER}/assets.typ",
    series="CY",
    fields=(
        *_WHAT,
        Field("audit_no", say("经审报告文号")),
        Field("balance", say("移交结余"), FieldKind.MONEY),
        Field("deed_no", say("财产移交文书号"), required=False),
        Field(
            "facilities",
            say("阵地"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("place", say("序号"), FieldKind.NUMBER),
                Field("name", say("名称")),
                Field("kind", say("类别")),
                Field("address", say("地址"), required=False),
                Field("investment", say("投入"), required=False),
            ),
        ),
    ),
)
"""财务移交清单: the balance after the audit, and the facilities that go with it (R-ORG-15)."""

ROSTER = Template(
    key="restructuring.roster",
    title=say("会员移交名册"),
    file=f"{_FOLDER}/roster.typ",
    series="CM",
    fields=(
        *_WHAT,
        Field("n", say("会员人数"), FieldKind.NUMBER),
        Field(
            "rows",
            say("会员"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("place", say("序号"), FieldKind.NUMBER),
                Field("name", say("姓名")),
                Field("employer", say("工作单位"), required=False),
                Field("from_union", say("原工会")),
                Field("to_union", say("转入工会"), required=False),
            ),
        ),
    ),
)
"""会员移交名册: its rows come from whoever keeps members (port `NIANGJIA_HANDOVER_ROWS`)."""

PAPERS = (DECISION, ASSETS, ROSTER)
BY_NAME = {"decision": DECISION, "assets": ASSETS, "roster": ROSTER}
