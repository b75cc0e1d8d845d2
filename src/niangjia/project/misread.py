"""What is wrong with a parameter of the API, in our own words instead of pydantic's English."""

from collections.abc import Mapping
from typing import Any

from niangjia.kernel.words import Said, say

_BY_END: tuple[tuple[tuple[str, ...], str], ...] = (
    (("missing",), "缺少参数 {name}，请补上。"),
    (("int_parsing", "int_type", "int_from_float", "int_parsing_size"), "参数 {name} 要写成整数，如 12。"),
    (("float_parsing", "float_type", "decimal_parsing", "decimal_type"), "参数 {name} 要写成数字，如 12.5。"),
    (("bool_parsing", "bool_type"), "参数 {name} 要写成 true 或 false。"),
    (("date_type", "date_parsing", "date_from_datetime_parsing"), "参数 {name} 要写成日期，如 2018-08-20。"),
    (("datetime_type", "datetime_parsing"), "参数 {name} 要写成时刻，如 2018-08-20T09:30:00+08:00。"),
    (("uuid_type", "uuid_parsing"), "参数 {name} 要写成 UUID。"),
    (("string_type", "string_unicode"), "参数 {name} 要写成文字。"),
    (
        ("list_type", "dict_type", "model_attributes_type"),
        "参数 {name} 的结构不对，请对照接口文档。",
    ),
    (("extra_forbidden",), "接口没有参数 {name}，请去掉它。"),
    (("json_invalid", "json_type"), "参数 {name} 不是有效的 JSON。"),
)
_SENTENCES = {kind: sentence for kinds, sentence in _BY_END for kind in kinds}
_LIMITS = {
    "greater_than": ("gt", "参数 {name} 要大于 {limit}。"),
    "greater_than_equal": ("ge", "参数 {name} 不能小于 {limit}。"),
    "less_than": ("lt", "参数 {name} 要小于 {limit}。"),
    "less_than_equal": ("le", "参数 {name} 不能大于 {limit}。"),
    "string_too_short": ("min_length", "参数 {name} 至少要有 {limit} 个字。"),
    "string_too_long": ("max_length", "参数 {name} 最多 {limit} 个字。"),
    "too_short": ("min_length", "参数 {name} 至少要有 {limit} 项。"),
    "too_long": ("max_length", "参数 {name} 最多 {limit} 项。"),
    "string_pattern_mismatch": ("pattern", "参数 {name} 的写法不对，要符合 {limit}。"),
    "enum": ("expected", "参数 {name} 只能是其中之一：{limit}。"),
    "literal_error": ("expected", "参数 {name} 只能是其中之一：{limit}。"),
}


def trouble_of(item: Mapping[str, Any]) -> Said:
    """One error of pydantic as a sentence that names the parameter and says how to write it.

    >>> str(trouble_of({"type": "greater_than_equal", "loc": ("query", "page"), "ctx": {"ge": 1}}))
    '参数 page 不能小于 1。'
    """
    kind, name = str(item.get("type", "")), _name_of(item.get("loc", ()))
    context = item.get("ctx") or {}
    if kind in _LIMITS and _LIMITS[kind][0] in context:
        key, sentence = _LIMITS[kind]
        limit = str(context[key]).replace("'", "").replace(" or ", ", ")
        return say(sentence, name=name, limit=limit)
    return say(_SENTENCES.get(kind, "参数 {name} 无法识别，请对照接口文档的写法。"), name=name)


def _name_of(place: Any) -> str:
    """Where the error lies, without the part of the request; the whole body has no name of its own."""
    parts = [str(part) for part in place]
    return ".".join(parts[1:]) or (parts[0] if parts else "body")
