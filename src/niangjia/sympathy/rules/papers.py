"""慰问登记: the paper of one visit."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

REGISTRATION = Template(
    key="sympathy.registration",
    title=say("慰问登记表"),
    file="sympathy/templates/sympathy/papers/registration.typ",
    series="WW",
    fields=(
        Field("name", say("慰问对象")),
        Field("unit", say("所在工会")),
        Field("occasion", say("慰问情形")),
        Field("since", say("发生日期"), FieldKind.DAY),
        Field("on", say("慰问日期"), FieldKind.DAY),
        Field("visitors", say("慰问人员")),
        Field("gift", say("慰问品"), required=False),
        Field("gift_value", say("慰问品价值（元）"), FieldKind.MONEY),
        Field("amount", say("慰问金（元）"), FieldKind.MONEY),
        Field("capital", say("慰问金（大写）"), required=False),
        Field("recipient", say("领取人")),
        Field("receipt", say("签收方式")),
        Field("received", say("签收时间"), required=False),
        Field("words", say("职工诉求"), required=False),
    ),
)
PAPERS = (REGISTRATION,)
