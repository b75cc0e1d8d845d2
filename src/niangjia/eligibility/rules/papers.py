"""The leaflet that is left at the door 政策告知单."""

from niangjia.kernel.words import say
from niangjia.papers.rules import Field, FieldKind, Template

LEAFLET = Template(
    key="eligibility.leaflet",
    title=say("帮扶政策告知单"),
    file="eligibility/templates/eligibility/papers/leaflet.typ",
    series="ZC",
    fields=(
        Field("worker", say("职工")),
        Field("unit", say("联系工会")),
        Field("category", say("初步认定")),
        Field(
            "offers",
            say("可以使用的政策"),
            FieldKind.ROWS,
            columns=(
                Field("label", say("政策")),
                Field("answer", say("您家的情况")),
                Field("why", say("为什么")),
                Field("how", say("怎么办")),
            ),
        ),
        Field(
            "ways",
            say("什么会改变结果"),
            FieldKind.ROWS,
            required=False,
            columns=(Field("words", say("说明")),),
        ),
        Field("day", say("日期"), FieldKind.DAY),
    ),
)
PAPERS = (LEAFLET,)
