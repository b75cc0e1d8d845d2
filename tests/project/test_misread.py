from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from niangjia.project.misread import trouble_of


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    page: Annotated[int, Field(ge=1, le=9)] = 1
    day: date | None = None
    name: Annotated[str, Field(min_length=2, max_length=3)] = "工会"
    kind: Literal["a", "b"] = "a"
    at: float = 1.0
    is_open: bool = True


def said_of(**values):
    with pytest.raises(ValidationError) as found:
        Asked(**values)
    return [str(trouble_of({**one, "loc": ("query", *one["loc"])})) for one in found.value.errors()]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"page": "x"}, "参数 page 要写成整数，如 12。"),
        ({"page": 0}, "参数 page 不能小于 1。"),
        ({"page": 10}, "参数 page 不能大于 9。"),
        ({"day": "gestern"}, "参数 day 要写成日期，如 2018-08-20。"),
        ({"name": "工"}, "参数 name 至少要有 2 个字。"),
        ({"name": "工会组织"}, "参数 name 最多 3 个字。"),
        ({"kind": "c"}, "参数 kind 只能是其中之一：a, b。"),
        ({"at": "here"}, "参数 at 要写成数字，如 12.5。"),
        ({"is_open": "perhaps"}, "参数 is_open 要写成 true 或 false。"),
        ({"more": 1}, "接口没有参数 more，请去掉它。"),
    ],
)
def test_each_error_of_the_reader_is_a_sentence_of_our_own_that_names_the_parameter(values, sentence):
    assert said_of(**values) == [sentence]


def test_an_unknown_error_still_names_the_parameter_and_shows_no_foreign_words():
    said = str(trouble_of({"type": "quite_new", "loc": ("query", "page"), "msg": "Quite new"}))
    assert said == "参数 page 无法识别，请对照接口文档的写法。"
