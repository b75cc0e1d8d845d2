"""The columns of a list of people to be visited, as it comes in by file. Pure."""

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say

ALIASES = {
    "name": ("职工姓名", "名字", "name"),
    "place": ("住处", "单位", "住址", "家庭住址", "工作单位", "单位/住处", "地址"),
    "words": ("上报情况", "困难情况", "备注"),
    "number": ("身份证号", "身份证号码", "公民身份号码", "证件号"),
    "roll": ("来源", "名单"),
    "union": ("工会", "镇街工会", "所属工会"),
    "campaign": ("行动", "行动名称"),
}
"""Headings that other offices use."""
EXAMPLE = {"name": "何秀英", "place": "湍口村 1 号", "roll": "民政低保名册"}
COLUMNS = (
    Column("name", say("姓名"), aliases=ALIASES["name"], required=True, longest=50, width=12,
           example=EXAMPLE["name"], hint=say("与证件上的写法一致。"), personal=True),
    Column("place", say("单位或住处"), longest=120, width=30,
           aliases=ALIASES["place"],
           example=EXAMPLE["place"], hint=say("上门找得到的地方。"), personal=True),
    Column("words", say("情况"), aliases=ALIASES["words"], longest=500, width=40,
           personal=True, hint=say("一句话说明困难，不写病名和其他隐私。")),
    Column("number", say("证件号码"), ColumnType.CODE, longest=40, width=22, personal=True,
           aliases=ALIASES["number"],
           hint=say("可以不填。填了就能认出名册里已有的人和另一份名单里的同一个人；号码本身不保存。")),
    Column("roll", say("名单来源"), aliases=ALIASES["roll"], longest=40, width=20, example=EXAMPLE["roll"],
           hint=say("这份名单从哪里来，例如“民政低保名册”。不填就算上报。")),
    Column("union", say("负责走访的工会"), aliases=ALIASES["union"], longest=120, width=30,
           hint=say("工会全称。不填就由您所在的工会走访。")),
    Column("campaign", say("专项行动"), aliases=ALIASES["campaign"], longest=80, width=24,
           hint=say("行动名称。只有一项在进行时不用填。")),
)  # fmt: skip
