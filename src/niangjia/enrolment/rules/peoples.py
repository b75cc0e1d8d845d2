"""The peoples by their names, as rolls write them (GB/T 3304)."""

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import parse_people
from niangjia.kernel.words import say

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 "
    "纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 "
    "鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_NAMES = _PEOPLES.split()
CODES = {name: f"{place:02}" for place, name in enumerate(_NAMES, 1)}
NAMES = {code: f"{name}族" for name, code in CODES.items()} | {"97": "其他", "98": "外国血统中国籍人士"}


def people_code(text: str) -> str:
    """The code of a people by its name or code.

    >>> people_code("畲族"), people_code("汉"), people_code("1")
    ('22', '01', '01')
    """
    told = text.strip()
    code = CODES.get(told.removesuffix("族")) or next((c for c, name in NAMES.items() if name == told), None)
    if code:
        return code
    try:
        return parse_people(told)
    except BadInput as error:
        raise BadInput(
            say("没有查到民族“{text}”。请写全称，如“畲族”，或国家标准代码。", text=told)
        ) from error
