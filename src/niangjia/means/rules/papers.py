"""The paper by which every adult of a household agrees to the economic check."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

AUTHORISATION = Template(
    key="means.authorisation",
    title=say("家庭经济状况核对授权书"),
    file="means/templates/means/papers/authorisation.typ",
    series="HS",
    fields=(
        Field("head", say("申请人")),
        Field("household", say("家庭编号")),
        Field("unit", say("受理工会")),
        Field(
            "members",
            say("授权人"),
            FieldKind.ROWS,
            columns=(
                Field("name", say("姓名")),
                Field("relation", say("与户主关系")),
                Field("paper", say("证件"), required=False),
                Field("signed_on", say("签字日期"), required=False),
            ),
        ),
        Field("day", say("日期"), FieldKind.DAY),
    ),
)
"""家庭经济状况核对授权书: signed by every adult who lives in the household."""

PAPERS = (AUTHORISATION,)
