"""Invented names of people and firms, put together from lists of our own. Pure."""

from niangjia.demo.rules.dice import Hand

SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜戴夏钟汪任姜范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")  # fmt: skip  # noqa: E501
FIRST = tuple("安宝彬博晨成春达德栋恩方丰福刚国海浩恒宏华辉慧吉佳嘉建杰洁锦景静钧俊凯康兰磊立丽林玲龙梅敏明宁培鹏平琪启强勤青清庆泉仁荣瑞森善胜思松涛婷伟文霞晓欣新秀旭雪雅延燕毅英勇玉源远云泽振正志忠卓")  # fmt: skip  # noqa: E501
SECOND = tuple("安波成昌超川东帆飞芬峰刚光桂河红虹花晖惠健江娇娟军俊坤岚乐莉亮琳柳露曼勉民娜南妮楠萍青蓉儒润珊生诗顺舒爽涛天桐彤伟巍贤翔晓欣兴妍阳洋瑶怡义艺颖永友羽韵贞珍芝中舟洲竹")  # fmt: skip  # noqa: E501

BRANDS = tuple("朗禾瑞沁恒芮晟沐澄屿柏舟启岚昱杉悦棠皓茗宸溪弘荟铭穗乔璟桓苑臻汐钧稷")
TRADES = (
    ("C", "五金制品"),
    ("C", "塑料制品"),
    ("C", "模具"),
    ("C", "电器"),
    ("C", "服饰"),
    ("C", "文具"),
    ("C", "汽车零部件"),
    ("C", "机械"),
    ("C", "纺织"),
    ("C", "食品"),
    ("F", "贸易"),
    ("F", "百货"),
    ("G", "物流"),
    ("G", "货运"),
    ("H", "餐饮"),
    ("I", "软件"),
    ("L", "商务服务"),
    ("E", "建筑工程"),
    ("R", "文化传播"),
    ("O", "汽车服务"),
)
INSTITUTIONS = (
    ("P", "小学"),
    ("P", "幼儿园"),
    ("Q", "社区卫生服务中心"),
    ("R", "文化站"),
    ("M", "技术服务中心"),
)
SOCIAL = (("S", "行业协会"), ("Q", "社会工作服务中心"), ("P", "培训中心"))
STALLS = (("F", "服装店"), ("F", "水果店"), ("H", "小吃店"), ("F", "手机店"), ("O", "理发店"), ("F", "花店"))


def person_name(hand: Hand) -> str:
    """The name of an invented person: one surname, one or two given characters."""
    surname, given = hand.pick(SURNAMES), hand.pick(FIRST)
    return surname + given + (hand.pick(SECOND) if hand.number(0, 9) else "")


def brand(hand: Hand) -> str:
    """Two characters that mean nothing yet."""
    one = hand.number(0, len(BRANDS) - 1)
    return BRANDS[one] + BRANDS[(one + hand.number(1, len(BRANDS) - 1)) % len(BRANDS)]
