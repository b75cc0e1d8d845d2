"""The papers of transfers: the letter of introduction."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

LETTER = Template(
    key="transfers.introduction",
    title=say("工会会员转会介绍信"),
    file="transfers/templates/transfers/papers/introduction.typ",
    series="ZH",
    fields=(
        Field("name", say("姓名")),
        Field("sex", say("性别"), required=False),
        Field("joined_on", say("入会日期"), FieldKind.DAY),
        Field("card", say("会员卡号")),
        Field("from_union", say("转出工会")),
        Field("to_union", say("转入工会")),
        Field("reason", say("事由")),
        Field("dues", say("会费缴至"), required=False),
    ),
)
"""转会介绍信: who goes from where to where, and until when he has paid."""

PAPERS = (LETTER,)
