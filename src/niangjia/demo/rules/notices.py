"""What the Dazhou town union posts: a list that hangs, one that has run its days; the people are invented."""

from niangjia.kernel.money import Yuan
from niangjia.notices.rules import RollEntry

FACTORIES = ("开山虹套", "业胜金属", "天源肥业")
_SURNAMES = "王李张刘陈杨黄赵吴周"
ROLL = tuple(
    RollEntry(f"{surname}{given}", FACTORIES[place % len(FACTORIES)])
    for surname in _SURNAMES
    for place, given in enumerate("安宝彬博晨成春达德栋恩方丰福刚国海浩")
)
"""The workers among whom the named are hidden: ten surnames, eighteen of each."""

HANGING = (
    {"name": "王建国", "place": "开山虹套", "matter": "金秋助学", "amount": Yuan.of("5000.00")},
    {"name": "李秀英", "place": "业胜金属", "matter": "金秋助学", "amount": Yuan.of("3000.00")},
    {"name": "欧阳春", "place": "天源肥业", "matter": "金秋助学", "amount": Yuan.of("4000.00")},
)
ENDED = (
    {"name": "张阿囡", "place": "业胜金属", "matter": "临时困难补助", "amount": Yuan.of("800.00")},
    {"name": "陈志平", "place": "开山虹套", "matter": "临时困难补助", "amount": Yuan.of("600.00")},
)
