"""What is said to people, and the errors that carry it."""

import doctest
import importlib
import pkgutil

import pytest

import niangjia.kernel
from niangjia.kernel.errors import (
    BadInput,
    NiangjiaError,
    NotAllowed,
    NotVisible,
    Refused,
    Stale,
    StepRefused,
)
from niangjia.kernel.words import Said, say

PURE_NAMES = "words errors clock periods workdays money identifiers counting workflow policy"
PURE = set(PURE_NAMES.split())


def pure_modules():
    found = pkgutil.walk_packages(niangjia.kernel.__path__, "niangjia.kernel.")
    return [module.name for module in found if module.name.split(".")[2] in PURE]


@pytest.mark.parametrize("name", pure_modules())
def test_the_examples_in_the_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_a_sentence_is_chinese_until_the_edge_translates_it():
    said = say("公示还剩 {days} 个工作日。", days=3)
    assert str(said) == "公示还剩 3 个工作日。"
    assert (
        said.render({"公示还剩 {days} 个工作日。": "{days} working days left."}.get) == "3 working days left."
    )


def test_a_sentence_inside_a_sentence_is_translated_with_it():
    english = {"现在的状态是“{state}”。": "It is {state}.", "草稿": "a draft"}
    assert say("现在的状态是“{state}”。", state=say("草稿")).render(english.get) == "It is a draft."


def test_sentences_are_compared_and_kept_in_sets():
    assert {say("好"), say("好"), say("{n}", n=1)} == {Said("好"), Said("{n}", (("n", 1),))}


@pytest.mark.parametrize("values", [{}, {"days": 3, "more": 1}])
def test_wrong_values_are_told_where_the_sentence_is_said(values):
    with pytest.raises(TypeError, match="needs the values days"):
        say("还剩 {days} 天", **values)


def test_every_error_has_a_stable_code_of_its_own():
    codes = [error.code for error in (Refused, BadInput, StepRefused, Stale, NotVisible, NotAllowed)]
    assert codes == ["refused", "bad_input", "step_refused", "stale", "not_visible", "not_allowed"]


def test_a_refusal_gives_every_reason():
    error = Refused(say("公示未满。"), say("没有走访。"))
    assert [str(reason) for reason in error.reasons] == ["公示未满。", "没有走访。"]
    assert str(error) == "公示未满。 没有走访。"


def test_bad_input_knows_its_fields():
    error = BadInput(say("太短。"), field="name", fields={"mobile": (say("缺少。"),)})
    assert {name: [str(one) for one in told] for name, told in error.fields.items()} == {
        "mobile": ["缺少。"],
        "name": ["太短。"],
    }
    assert len(error.reasons) == 2


@pytest.mark.parametrize("error", [NotVisible(), NotAllowed(), Stale()])
def test_errors_without_words_still_speak_gently(error):
    assert isinstance(error, NiangjiaError)
    assert len(str(error)) > 8
