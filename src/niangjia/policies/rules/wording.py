"""Values, bounds, marks and dimensions of the catalogue in words for people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import LEVEL_WORDS, UNITS, Bounds, Definition, Kind, Shape, Text
from niangjia.kernel.words import Said, listed, say

AREA_WORDS: Mapping[str, Said] = {
    "aid": say("帮扶"),
    "appraisal": say("民主评议"),
    "audit": say("审计日志"),
    "calendar": say("日历"),
    "congress": say("职代会"),
    "disclosure": say("厂务公开"),
    "donation": say("爱心捐款"),
    "export": say("数据导出"),
    "federation": say("工会联合会"),
    "insurance": say("团体保险"),
    "join": say("入会办理"),
    "ledger": say("账务"),
    "legal_aid": say("法律援助"),
    "mediation": say("劳动争议调解"),
    "member": say("会员"),
    "messages": say("消息"),
    "mutual": say("互助会"),
    "negotiation": say("集体协商"),
    "notices": say("公示"),
    "org": say("组织建设"),
    "papers": say("附件与文书"),
    "pay": say("付款"),
    "pia": say("个人信息影响评估"),
    "privacy": say("个人信息保护"),
    "rating": say("星级工会"),
    "recuperation": say("疗休养"),
    "restructure": say("撤并改"),
    "rights": say("维权"),
    "supervision": say("劳动法律监督"),
    "tasks": say("待办"),
    "term": say("届期"),
    "visit": say("走访慰问"),
}
COLUMN_WORDS: Mapping[str, Said] = {
    "age_from": say("起始年龄"),
    "age_to": say("截止年龄"),
    "amount": say("金额"),
    "by_order": say("只凭支付单列支"),
    "class": say("类别"),
    "code": say("代号"),
    "day": say("日"),
    "delegates": say("代表人数"),
    "delegates_high": say("代表最多"),
    "delegates_low": say("代表最少"),
    "digest_at": say("汇总几点发"),
    "dimension": say("方面"),
    "each_further": say("每增加人数"),
    "enrolment_min": say("最低参保比例"),
    "event": say("情形"),
    "grade": say("等次"),
    "group": say("分组"),
    "holidays": say("放假"),
    "keep": say("保存时间"),
    "lead_days": say("提前天数"),
    "level": say("级别"),
    "members_from": say("会员人数起"),
    "members_to": say("会员人数止"),
    "month": say("月"),
    "months": say("保险月数"),
    "more": say("增加代表"),
    "name": say("名称"),
    "occasion": say("慰问情形"),
    "pays_once": say("只赔一次"),
    "persons_min": say("最少人数"),
    "quiet_since": say("免打扰自几点"),
    "quiet_until": say("免打扰至几点"),
    "score": say("分数"),
    "seats_high": say("委员最多"),
    "seats_low": say("委员最少"),
    "sex": say("性别"),
    "staff_from": say("职工人数起"),
    "star": say("星级"),
    "sum_insured": say("保险金额"),
    "unit": say("时间单位"),
    "value": say("分值"),
    "waiting_days": say("等待天数"),
    "weight": say("权重"),
    "workdays": say("调休上班"),
}
CHOICE_WORDS: Mapping[str, Said] = {
    "any": say("不限"),
    "asset": say("资产"),
    "birth": say("生育"),
    "birthday": say("生日"),
    "city": say("市"),
    "county": say("县（市、区）"),
    "day": say("天"),
    "death": say("去世"),
    "expense": say("支出"),
    "federation": say("工会联合会"),
    "female": say("女"),
    "heat": say("高温"),
    "holiday": say("节日"),
    "hospital": say("住院"),
    "income": say("收入"),
    "internal": say("工会内部"),
    "liability": say("负债"),
    "male": say("男"),
    "marriage": say("结婚"),
    "misfortune": say("重大变故"),
    "month": say("个月"),
    "mutual_aid_fund": say("转入互助会"),
    "net": say("净资产"),
    "off": say("不收"),
    "optional": say("选收"),
    "primary": say("基层工会"),
    "public": say("面向社会"),
    "required": say("必收"),
    "retirement": say("退休"),
    "return_to_donors": say("退还捐款人"),
    "similar_purpose": say("用于相近的用途并公布"),
    "town": say("镇街"),
    "year": say("年"),
}
DIM_WORDS: Mapping[str, Said] = {
    "city": say("市"),
    "county": say("县（市、区）"),
    "data_class": say("资料类别"),
    "filed": say("已建档"),
    "occasion": say("慰问情形"),
    "product": say("产品"),
    "stage": say("学段"),
    "year": say("年份"),
}
DIM_VALUES: Mapping[str, Said] = {
    "aid_file": say("帮扶档案"),
    "death": say("去世"),
    "false": say("否"),
    "gps": say("定位记录"),
    "hospital": say("住院"),
    "membership": say("会籍资料"),
    "true": say("是"),
    "undergraduate": say("本科"),
    "visit_photo": say("走访照片"),
    "vocational": say("高职"),
    "women_health": say("女性安康"),
}
_YES, _NO, _NOTHING = say("是"), say("否"), say("没有定")
_ONE: Mapping[str, Said] = {
    "day": say("1 天"),
    "employer": say("1 家"),
    "month": say("1 个月"),
    "person": say("1 人"),
    "row": say("1 行"),
    "score": say("1 分"),
    "times": say("1 倍"),
    "workday": say("1 个工作日"),
    "year": say("1 年"),
}
_SOME_DAYS = 6


def value_said(definition: Definition, value: object) -> Said:
    """A value with its unit, in one line.

    >>> str(_number(Fraction(1, 200), "share")), str(_number(Fraction(2, 3), "share"))
    ('0.5%', '2/3')
    """
    return _said(definition.shape, value, definition.unit)


def stored_said(definition: Definition, raw: object) -> Said:
    """A stored value in words, even one that lies outside the bounds above."""
    return value_said(definition, replace(definition.shape, bounds=Bounds()).read(raw))


def _said(shape: Shape, value: object, unit: str) -> Said:
    if isinstance(value, Mapping):
        return _record(shape, value, unit)
    if isinstance(value, tuple):
        return _several(shape, value, unit)
    return _single(value, unit)


def _record(shape: Shape, value: Mapping[str, object], unit: str) -> Said:
    """A row in words; what is said of a thing with a name stands behind the name: 镇街：3,000.00 元."""
    (first, named), *rest = value.items()
    if not rest or named is None or shape.columns[first].kind not in {Kind.CHOICE, Kind.TEXT}:
        return listed([_cell(name, shape.columns[name], part, unit) for name, part in value.items()])
    if len(rest) == 1:
        (name, part), *_ = rest
        what = _said(shape.columns[name], part, _unit_of(shape.columns[name], unit))
    else:
        what = listed([_cell(name, shape.columns[name], part, unit) for name, part in rest])
    return say("{name}：{value}", name=_single(named, "none"), value=what)


def _unit_of(column: Shape, unit: str) -> str:
    return "none" if column.kind is not Kind.NUMBER else unit


def _single(value: object, unit: str) -> Said:
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int | Fraction | Yuan):
        return amount_said(value, unit)
    if isinstance(value, date):
        return Said("{text}", (("text", value),))
    return CHOICE_WORDS.get(str(value)) or words_said(str(value))


def words_said(text: str) -> Said:
    """Words of the catalogue in the reader's language; what a union wrote itself stays as it is.

    >>> str(words_said("示例值")), str(words_said("{空}"))
    ('示例值', '{空}')
    """
    return Text(text, "").said if text else _plain(text)


def _plain(text: str) -> Said:
    return Said("{text}", (("text", text),))


def amount_said(value: int | Fraction | Yuan, unit: str) -> Said:
    """A number with its unit.

    >>> str(amount_said(5, "workday")), str(amount_said(Yuan.of(5000), "yuan"))
    ('5 个工作日', '5,000.00 元')
    """
    if isinstance(value, Yuan):
        return say("{amount} 元", amount=value)
    if value == 1 and unit in _ONE:
        return _ONE[unit]
    if isinstance(value, Fraction):
        return _number(value, unit)
    words = UNITS[unit].said
    return say("{n} {unit}", n=f"{value:,}", unit=words) if str(words) else _plain(f"{value:,}")


def number_text(value: Fraction, unit: str) -> str:
    """A fraction in digits: as a decimal where it ends, a share in percent, else as it is.

    >>> number_text(Fraction(4, 5), "share"), number_text(Fraction(4, 5), ""), number_text(Fraction(2, 3), "")
    ('80%', '0.8', '2/3')
    """
    ends = value.denominator
    for prime in (2, 5):
        while ends % prime == 0:
            ends //= prime
    if ends != 1:
        return str(value)
    return f"{_decimal(value * 100)}%" if unit == "share" else _decimal(value)


def _decimal(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _number(value: Fraction, unit: str) -> Said:
    short = number_text(value, unit)
    if unit == "share":
        return _plain(short)
    words = UNITS[unit].said
    return say("{n} {unit}", n=short, unit=words) if str(words) else _plain(short)


def _several(shape: Shape, value: Sequence[object], unit: str) -> Said:
    if not value:
        return _NOTHING
    if shape.kind is Kind.TABLE:
        rows = [_said(Shape(Kind.RECORD, columns=shape.columns), row, unit) for row in value]
        return listed(rows, joint="{first}；{rest}")
    if shape.kind is Kind.DAYS and len(value) > _SOME_DAYS:
        first, last = value[0], value[-1]
        return say("{n} 天（{first} 至 {last}）", n=len(value), first=first, last=last)
    return listed([_single(part, unit) for part in value])


def _cell(name: str, column: Shape, part: object, unit: str) -> Said:
    label = COLUMN_WORDS.get(name) or _plain(name)
    return say("{label} {value}", label=label, value=_said(column, part, _unit_of(column, unit)))


def bounds_said(bounds: Bounds, unit: str) -> Said | None:
    """The least and the greatest value, or None where both sides are open."""
    low = None if bounds.low is None else amount_said(bounds.low, unit)
    high = None if bounds.high is None else amount_said(bounds.high, unit)
    if low and high:
        return say("{low} 至 {high}", low=low, high=high)
    if low:
        return say("不低于 {low}", low=low)
    return say("不超过 {high}", high=high) if high else None


def mark_said(mark: str) -> Said:
    """Where a rule comes from, by its mark in the specification."""
    if mark == "K*":
        return say("国家或全总的规定，原文待复核")
    if mark.startswith("K"):
        return say("国家或全总的规定")
    if mark == "S":
        return say("公开报道的做法")
    return say("各地自定") if mark == "U" else say("平台设计时的取值")


def is_example(definition: Definition, *, verified: bool, is_shipped: bool) -> bool:
    """True for a shipped value that nobody confirmed: it must be shown as an example."""
    return is_shipped and not verified and definition.mark in {"U", "I"}


def levels_said(definition: Definition) -> Said:
    """Who may set it."""
    if definition.locked:
        return say("平台统一锁定，各级不能另设")
    if not definition.levels:
        return say("全国统一，各级不能另设")
    return listed([LEVEL_WORDS[one] for one in sorted(definition.levels, key=lambda one: one.rank)])


def dims_said(dims: Mapping[str, str]) -> Said | None:
    """For which case a value holds: 学段：本科，已建档：是."""
    if not dims:
        return None
    parts = [
        say(
            "{name}：{value}",
            name=DIM_WORDS.get(name) or _plain(name),
            value=DIM_VALUES.get(raw) or _plain(raw),
        )
        for name, raw in dims.items()
    ]
    return listed(parts, joint="{first}，{rest}")
