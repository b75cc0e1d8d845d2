"""The paper of an application: 入会申请书, printed from the record."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

APPLICATION_PAPER = Template(
    key="welcome.application",
    title=say("入会申请书"),
    file="welcome/templates/welcome/papers/application.typ",
    series="RH",
    fields=(
        Field("name", say("姓名")),
        Field("sex", say("性别"), required=False),
        Field("born", say("出生日期"), FieldKind.DAY, required=False),
        Field("id_kind", say("证件类型")),
        Field("id_no", say("证件号码"), required=False),
        Field("mobile", say("手机号"), required=False),
        Field("employer", say("工作单位"), required=False),
        Field("form", say("从业形态"), required=False),
        Field("union", say("申请加入的工会")),
        Field("words", say("申请人声明")),
        Field("signed", say("签名方式")),
        Field("submitted_on", say("申请日期"), FieldKind.DAY),
        Field("outcome", say("办理结果")),
        Field("decided_on", say("批准日期"), FieldKind.DAY),
    ),
)
PAPERS = (APPLICATION_PAPER,)
