"""发放花名册: who is to receive what, with the column for the signature."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

ROSTER = Template(
    key="handouts.roster",
    title=say("慰问发放花名册"),
    file="handouts/templates/handouts/papers/roster.typ",
    series="FF",
    fields=(
        Field("name", say("批次")),
        Field("kind", say("类别")),
        Field("unit", say("工会")),
        Field("on", say("发放日期"), FieldKind.DAY),
        Field("site", say("地点"), required=False),
        Field("goods", say("慰问品"), required=False),
        Field("each", say("每份价值（元）"), FieldKind.MONEY),
        Field("amount", say("每人慰问金（元）"), FieldKind.MONEY),
        Field("count", say("人数")),
        Field("total", say("合计（元）"), FieldKind.MONEY),
        Field("capital", say("合计（大写）")),
        Field("made", say("制表")),
        Field("approved", say("批准"), required=False),
        Field("stock", say("数量"), required=False),
        Field(
            "rows",
            say("花名册"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("number", say("序号")),
                Field("person", say("姓名")),
                Field("union", say("所在工会"), required=False),
                Field("receipt", say("签收"), required=False),
            ),
        ),
    ),
)
PAPERS = (ROSTER,)
