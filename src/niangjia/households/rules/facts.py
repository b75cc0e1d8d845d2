"""What is asked of a household and of each of its members: one catalogue for every form (R-G-07). Pure.

The desk, the phone at the door, the completeness check, the comparison of two phones and the export all read
it; the values lie sealed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say


class Shape(StrEnum):
    """How a fact is written: fen, a whole number, words, one of a list, several, yes or no."""

    MONEY = "money"
    COUNT = "count"
    WORDS = "words"
    CHOICE = "choice"
    FLAGS = "flags"
    YES_NO = "yes_no"


class About(StrEnum):
    """What a fact tells of a person, by which it is shown: finance, health, family, where they live."""

    FINANCE = "finance"
    HEALTH = "health"
    FAMILY = "family"
    WORK = "work"
    SCHOOL = "school"
    CONTACT = "contact"
    IDENTITY = "identity"


Value = str | int | bool | list[str]
YES = "1"
NO_FLAGS = "以上情形都没有"
"""The answer that none of the circumstances holds: nothing ticked says only that nobody has asked."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is asked; `asked` facts must be told before a file is approved (R-AID-02)."""

    key: str
    label: str
    shape: Shape
    about: About
    asked: bool = False
    choices: Mapping[str, str] | None = None
    most: int = 200
    hint: str = ""

    @property
    def human(self) -> bool:
        """Whether two different tellings are always settled by a person, and never by the clock."""
        return self.shape is Shape.MONEY or self.about is About.IDENTITY


CAUSES = {
    "illness": "本人或家属患病",
    "disability": "残疾",
    "accident": "意外灾害",
    "education": "子女上学",
    "unemployment": "下岗失业",
    "low_income": "收入低",
    "other": "其他",
}
HOUSING = {
    "own": "自有住房",
    "public": "公租房、廉租房",
    "rented": "租房",
    "dormitory": "集体宿舍",
    "borrowed": "借住",
    "other": "其他",
}
HEALTH = {
    "good": "健康",
    "weak": "体弱",
    "chronic": "慢性病",
    "serious": "重大疾病",
    "disabled": "残疾",
}
DISABILITY = {"none": "无", "1": "一级", "2": "二级", "3": "三级", "4": "四级"}
INSURANCE = {
    "employee": "职工医保",
    "resident": "城乡居民医保",
    "commercial": "商业保险",
    "none": "未参保",
}
IDENTITY = {
    "employed": "在岗",
    "waiting": "待岗",
    "unemployed": "失业",
    "retired": "退休",
    "student": "学生",
    "child": "学龄前儿童",
    "farming": "务农",
    "none": "无业",
    "other": "其他",
}
STAGES = {
    "compulsory": "义务教育",
    "senior": "高中",
    "vocational": "高职（大专）",
    "undergraduate": "本科",
    "graduate": "研究生",
}
_S, _A = Shape, About


def _yuan(key: str, label: str, hint: str = "") -> Fact:
    return Fact(key, label, Shape.MONEY, About.FINANCE, asked=True, hint=hint)


HOUSEHOLD: tuple[Fact, ...] = (
    Fact("residence", "现住址", _S.WORDS, _A.CONTACT, asked=True),
    Fact("phone", "联系电话", _S.WORDS, _A.CONTACT, most=20),
    Fact("migrant", "外来务工", _S.YES_NO, _A.FAMILY, asked=True),
    Fact("single_parent", "单亲家庭", _S.YES_NO, _A.FAMILY, asked=True),
    Fact("zero_employment", "零就业家庭", _S.YES_NO, _A.FAMILY, asked=True),
    Fact("self_help", "有自救能力", _S.YES_NO, _A.FAMILY, asked=True),
    Fact("housing_type", "住房类型", _S.CHOICE, _A.FAMILY, asked=True, choices=HOUSING),
    Fact("housing_area", "住房面积（平方米）", _S.COUNT, _A.FAMILY, asked=True, most=2_000),
    _yuan("income_year", "家庭年可支配收入", "全家一年到手的钱，减去个人缴纳的社保和税。"),
    _yuan("expense_medical", "一年自付医疗费", "报销以后自己付的部分。"),
    _yuan("expense_education", "一年教育支出"),
    _yuan("expense_disability_care", "一年残疾照护支出"),
    _yuan("expense_employment_cost", "一年就业成本"),
    _yuan("expense_accident_loss", "意外灾害损失", "扣除各类赔偿以前的损失。"),
    _yuan("compensation", "已获赔偿和救助"),
    Fact("asset_flags", "不予建档情形", _S.FLAGS, _A.FINANCE),
    Fact("main_cause", "主要致困原因", _S.CHOICE, _A.HEALTH, asked=True, choices=CAUSES),
    Fact("secondary_cause", "次要致困原因", _S.CHOICE, _A.HEALTH, choices=CAUSES),
    Fact("remarks", "情况说明", _S.WORDS, _A.FAMILY, most=1_000),
)
MEMBER: tuple[Fact, ...] = (
    Fact("identity", "身份", _S.CHOICE, _A.WORK, asked=True, choices=IDENTITY),
    _yuan("income_month", "月收入"),
    Fact("health", "健康状况", _S.CHOICE, _A.HEALTH, asked=True, choices=HEALTH),
    Fact("illness", "疾病", _S.WORDS, _A.HEALTH, most=100),
    Fact("disability", "残疾等级", _S.CHOICE, _A.HEALTH, choices=DISABILITY),
    Fact("insurance", "医疗保险", _S.CHOICE, _A.HEALTH, asked=True, choices=INSURANCE),
    Fact("school", "学校", _S.WORDS, _A.SCHOOL, most=100),
    Fact("stage", "学段", _S.CHOICE, _A.SCHOOL, choices=STAGES),
    Fact("grade", "年级", _S.WORDS, _A.SCHOOL, most=20),
    Fact(
        "school_kind", "就读类别", _S.WORDS, _A.SCHOOL, most=60, hint="例如：统招、中外合作办学、军事院校。"
    ),
    Fact("admission_no", "录取通知书编号（在校生填学籍号）", _S.WORDS, _A.SCHOOL, most=40),
    Fact("tuition", "一年学费", _S.MONEY, _A.SCHOOL),
    Fact("id_typed", "所填证件号码（待核对）", _S.WORDS, _A.IDENTITY, most=30),
)
BY_KEY: Mapping[str, Fact] = {one.key: one for one in HOUSEHOLD}
MEMBER_BY_KEY: Mapping[str, Fact] = {one.key: one for one in MEMBER}

RELATIONS = {
    "self": "本人",
    "spouse": "配偶",
    "child": "子女",
    "parent": "父母",
    "grandparent": "祖父母、外祖父母",
    "grandchild": "孙子女、外孙子女",
    "sibling": "兄弟姐妹",
    "other": "其他共同生活的人",
}
SELF = "self"


def fact_of(key: str, *, member: bool) -> Fact:
    """What is asked under a key; raises BadInput for a key that nobody asks."""
    found = (MEMBER_BY_KEY if member else BY_KEY).get(key)
    if found is None:
        raise BadInput(say("没有“{key}”这一项。请用最新的表单重新填写。", key=key), field=key)
    return found


def told(fact: Fact, value: object) -> Value:
    """A value in its normal form: fen as int, choices by code, words without blanks around them.

    >>> told(BY_KEY["income_year"], "54,000"), told(BY_KEY["migrant"], "1")
    (5400000, True)
    """
    return _READERS[fact.shape](fact, value)


def _money(fact: Fact, value: object) -> int:
    try:
        fen = value if isinstance(value, int) and not isinstance(value, bool) else Yuan.of(str(value)).fen
    except BadInput as error:
        raise BadInput(*error.reasons, field=fact.key) from error
    if not 0 <= fen <= _MOST_FEN:
        raise BadInput(say("“{label}”请填 0 至一亿元之间的金额。", label=say(fact.label)), field=fact.key)
    return fen


_MOST_FEN = 10_000_000_000


def _count(fact: Fact, value: object) -> int:
    text = str(value).strip()
    if not text.isdecimal() or not int(text) <= fact.most:
        raise BadInput(
            say("“{label}”请填 0 至 {most} 之间的整数。", label=say(fact.label), most=fact.most),
            field=fact.key,
        )
    return int(text)


def _words(fact: Fact, value: object) -> str:
    text = str(value).strip()
    if len(text) > fact.most:
        raise BadInput(
            say("“{label}”最多 {most} 个字。", label=say(fact.label), most=fact.most), field=fact.key
        )
    return text


def _choice(fact: Fact, value: object) -> str:
    code = str(value).strip()
    if code and code not in (fact.choices or {}):
        raise BadInput(say("“{label}”请从所列的选项里选一个。", label=say(fact.label)), field=fact.key)
    return code


def _flags(fact: Fact, value: object) -> list[str]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple | set | frozenset):
        raise BadInput(say("“{label}”请逐项勾选。", label=say(fact.label)), field=fact.key)
    found = {_words(fact, one) for one in given if str(one).strip()}
    return sorted(found - {NO_FLAGS}) or sorted(found)


def _yes_no(fact: Fact, value: object) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    found = answers.get(str(value).strip().casefold())
    if found is None:
        raise BadInput(say("“{label}”请选择是或否。", label=say(fact.label)), field=fact.key)
    return found


_READERS: Mapping[Shape, Callable[[Fact, object], Value]] = {
    Shape.MONEY: _money,
    Shape.COUNT: _count,
    Shape.WORDS: _words,
    Shape.CHOICE: _choice,
    Shape.FLAGS: _flags,
    Shape.YES_NO: _yes_no,
}
