"""Names with dots, rare characters and masks (D-7)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import Code, mask_name, normal_name, parse_name
from niangjia.kernel.identifiers.names import LONGEST, SHORTEST

DOTS = "·•‧・･．.∙⋅᛫"[:-1]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize("dot", [*DOTS, " · ", " •"])
def test_every_dot_matches_the_one_on_the_card(dot):
    assert normal_name(f"阿卜杜热合曼{dot}买买提") == "阿卜杜热合曼·买买提"


def test_a_missing_dot_matches_by_key():
    assert parse_name("阿卜杜热合曼买买提").key == parse_name("阿卜杜热合曼•买买提").key


def test_a_name_is_printed_as_on_the_card():
    name = parse_name("  阿卜杜热合曼•买买提 ")
    assert (name.printed, str(name)) == ("阿卜杜热合曼•买买提", "阿卜杜热合曼•买买提")
    assert name.matching == "阿卜杜热合曼·买买提"


@pytest.mark.parametrize(
    "name", ["陈𬱖", "𠮷田", "㛃㜘", "〇一", "John A. Smith", "Jean-Luc O'Neill", "王" * 50]
)
def test_rare_characters_and_foreign_names_are_let_in(name):
    assert parse_name(name).printed == name


def test_blanks_inside_a_chinese_name_do_not_count():
    assert parse_name("张　三").matching == parse_name("张三").matching == "张三"
    assert parse_name("John  Smith").matching == "John Smith"


def test_compatible_characters_are_one():
    assert parse_name("\uf9b2伟").matching == "零伟"


@pytest.mark.parametrize("name", ["", " ", "张", "张·", "王" * 51])
def test_a_name_has_two_to_fifty_characters(name):
    with pytest.raises(BadInput, match="姓名"):
        parse_name(name)


@pytest.mark.parametrize(
    "name", ["张?", "张*三", "张□", "张3", "张三\x00", "李\u200b四", "张（三）", "<b>张"]
)
def test_signs_in_place_of_characters_are_refused(name):
    with pytest.raises(BadInput, match="姓名里不能有"):
        parse_name(name)


def test_a_private_character_warns():
    assert [finding.code for finding in parse_name("陈\ue123").findings] == [Code.PRIVATE_CHARACTER]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("张三丰", "张某"),
        ("欧阳小明", "欧阳某"),
        ("欧阳", "欧某"),
        ("阿卜杜热合曼•买买提", "阿卜杜热合曼·某"),
        ("𠮷田", "𠮷某"),
        ("John Smith", "John 某"),
    ],
)
def test_a_mask_keeps_the_first_segment_only(name, masked):
    assert mask_name(name) == parse_name(name).masked == masked


@given(st.text(HAN, min_size=2, max_size=20))
def test_a_mask_never_tells_how_long_the_name_is(name):
    assert len(mask_name(name)) in {2, 3}
    assert name[2:] not in mask_name(name) or len(name) == 2


@given(st.text("0129XxABHM×٣一①½ⅷ²·•?*+-(). \x00\u200b\U0001d7d7𠮷éß", max_size=30))
def test_normal_names_stay_normal(text):
    assert normal_name(normal_name(text)) == normal_name(text)
    with contextlib.suppress(BadInput):
        assert SHORTEST <= len(parse_name(text).matching) <= LONGEST
