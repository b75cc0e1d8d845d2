from datetime import date
from fractions import Fraction

import pytest

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Kind, Shape, dump, shipped
from niangjia.network.rules import OrgKind
from niangjia.policies import rules


def every_shape(shape):
    yield shape
    for column in shape.columns.values():
        yield from every_shape(column)


def test_every_area_column_choice_and_case_of_the_catalogue_has_words():
    for definition in shipped():
        assert definition.key.partition(".")[0] in rules.AREA_WORDS
        assert set(definition.dims) <= rules.DIM_WORDS.keys()
        for shape in every_shape(definition.shape):
            assert shape.columns.keys() <= rules.COLUMN_WORDS.keys(), definition.key
            assert set(shape.choices) <= rules.CHOICE_WORDS.keys(), definition.key


def test_every_shipped_value_can_be_said_and_typed_back_unchanged():
    for definition in shipped():
        for default in definition.defaults:
            assert str(rules.value_said(definition, default.value))
            typed = rules.as_typed(definition.shape, default.value)
            if typed:
                raw = rules.read_typed(definition.shape, typed)
                assert definition.shape.read(raw) == default.value, definition.key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("aid.notice_workdays", "5 个工作日"),
        ("rating.subsidy_ceiling_person_year", "5,000.00 元"),
        ("member.dues_rate", "0.5%"),
        ("congress.quorum", "2/3"),
        ("aid.visit_required", "是"),
        ("org.term_years_allowed", "3 年、5 年"),
        ("donation.range_default", "工会内部"),
        ("aid.caps", "没有定"),
        (
            "rating.subsidy_table",
            "星级 3、金额 2,000.00 元；星级 4、金额 3,000.00 元；星级 5、金额 5,000.00 元",
        ),
    ],
)
def test_a_value_is_said_with_its_unit(key, words):
    definition = shipped().definition(key)
    assert str(rules.value_said(definition, definition.defaults[0].value)) == words


def test_many_days_are_said_as_a_number_with_first_and_last():
    shape = Shape(Kind.DAYS)
    days = tuple(date(2018, 2, day) for day in range(15, 25))
    definition = shipped().definition("calendar.workdays")
    assert "10 天（2018年2月15日 至 2018年2月24日）" in str(
        rules.value_said(definition, {"holidays": days, "workdays": ()})
    )
    assert shape.read(rules.read_typed(shape, "2018-02-15、2018-02-16")) == days[:2]


def test_percent_signs_and_thousands_are_understood():
    assert Shape(Kind.NUMBER).read(rules.read_typed(Shape(Kind.NUMBER), "12.5%")) == Fraction(1, 8)
    assert Shape(Kind.MONEY).read(rules.read_typed(Shape(Kind.MONEY), "5,000.00")) == Yuan.of(5000)


def test_a_row_with_too_few_columns_says_which_are_wanted():
    shape = shipped().definition("rating.subsidy_table").shape
    with pytest.raises(BadInput, match=r"星级 \| 金额"):
        rules.read_typed(shape, "3")


def test_every_kind_of_union_but_branches_and_groups_stands_on_a_level():
    without = {kind for kind in OrgKind if rules.level_of(kind) is None}
    assert without == {OrgKind.BRANCH, OrgKind.GROUP}


def test_only_unconfirmed_shipped_values_of_local_rules_are_examples():
    local, law = shipped().definition("visit.hospital_days"), shipped().definition("aid.notice_workdays")
    assert rules.is_example(local, verified=False, is_shipped=True)
    assert not rules.is_example(local, verified=True, is_shipped=False)
    assert not rules.is_example(law, verified=True, is_shipped=True)


def test_the_same_case_has_the_same_key_in_any_order():
    assert rules.dims_key({"a": "1", "b": "2"}) == rules.dims_key({"b": "2", "a": "1"})


def test_what_is_dumped_is_what_the_catalogue_reads():
    assert dump(Yuan.of(5000)) == "5000.00"


def english(text):
    words = {"基层工会": "Primary union", "是": "Yes"}
    return words.get(text, text)


def test_choices_inside_rows_are_shown_and_read_in_the_readers_language():
    shape = shipped().definition("aid.approval_limits").shape
    value = shipped().definition("aid.approval_limits").defaults[0].value
    typed = rules.as_typed(shape, value, translate=english)
    assert typed.splitlines()[0].startswith("Primary union | ")
    assert shape.read(rules.read_typed(shape, typed, translate=english)) == value
    assert shape.read(rules.read_typed(shape, rules.as_typed(shape, value), translate=english)) == value


def test_a_share_is_prefilled_in_percent_as_the_page_shows_it():
    definition = shipped().definition("aid.accident_expense_ratio")
    value = definition.defaults[0].value
    typed = rules.as_typed(definition.shape, value, unit=definition.unit)
    assert typed == str(rules.value_said(definition, value)) == "80%"
    assert definition.shape.read(rules.read_typed(definition.shape, typed)) == value
