"""The paper of a visit: 走访记录, of which the family keeps a copy with its case number (R-AID-03)."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

RECORD = Template(
    key="visits.record",
    title=say("入户走访记录"),
    file="visits/templates/visits/papers/record.typ",
    series="ZF",
    fields=(
        Field("case", say("家庭编号")),
        Field("head", say("职工姓名")),
        Field("campaign", say("专项行动"), required=False),
        Field("residence", say("住址"), required=False),
        Field("visited", say("走访时间")),
        Field("people", say("共同生活人数"), FieldKind.NUMBER),
        Field("result", say("走访结果")),
        Field("statement", say("走访情况"), required=False),
        Field("visitors", say("走访干部")),
        Field("family", say("家人签名"), required=False),
        Field(
            "asks",
            say("提出的申请"),
            FieldKind.ROWS,
            required=False,
            columns=(
                Field("kind", say("种类")),
                Field("whom", say("为谁申请"), required=False),
                Field("standing", say("办理情况")),
            ),
        ),
    ),
)
PAPERS = (RECORD,)
