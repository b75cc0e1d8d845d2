"""The paper of a household: 家庭情况表, printed from the record."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

HOUSEHOLD_FORM = Template(
    key="hearth.household",
    title=say("家庭情况表"),
    file="hearth/templates/hearth/papers/household.typ",
    series="JT",
    fields=(
        Field("head", say("职工姓名")),
        Field("tail", say("证件尾号"), required=False),
        Field("keeper", say("登记工会")),
        Field("number", say("家庭编号")),
        Field(
            "members",
            say("共同生活的人"),
            FieldKind.ROWS,
            columns=(
                Field("name", say("姓名")),
                Field("relation", say("与户主关系")),
                Field("age", say("年龄"), required=False),
                Field("identity", say("身份"), required=False),
                Field("income", say("月收入（元）"), required=False),
                Field("health", say("健康"), required=False),
                Field("school", say("单位或学校"), required=False),
            ),
        ),
        Field(
            "facts",
            say("家庭情况"),
            FieldKind.ROWS,
            columns=(
                Field("section", say("部分")),
                Field("label", say("项目")),
                Field("value", say("内容"), required=False),
                Field("source", say("来源"), required=False),
            ),
        ),
        Field("missing", say("尚缺"), required=False),
        Field("day", say("打印日期"), FieldKind.DAY),
    ),
)
PAPERS = (HOUSEHOLD_FORM,)
