"""The shipped catalogue is whole, and a wrong file is told exactly."""

import re
from datetime import date
from fractions import Fraction

import pytest

from niangjia.kernel import policy
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Catalogue, CatalogueError, Kind, dump

SHIPPED = policy.shipped()
IN_2018 = date(2018, 8, 1)
APPENDIX_H_TEXT = """
org.committee_required_members org.term_years_allowed org.fulltime_chair_headcount org.committee_size_bands
org.election_difference_rate org.seven_haves_items federation.dormant_days federation.merge_min_employers
federation.merge_min_members member.dues_rate member.auto_leave_months aid.min_living_standard
aid.deep_multiple
aid.relative_multiple aid.accident_expense_ratio aid.exclusions aid.migrant_min_years aid.visit_required
aid.min_visitors aid.notice_workdays aid.study_amounts aid.caps aid.approval_limits visit.hospital_days
mutual.benefit_table mutual.council_quorum insurance.product donation.range_default
donation.surplus_rule_default
rating.thresholds rating.subsidy_table rating.subsidy_ceiling_person_year rights.travel_advance_per_worker
rights.reply_workdays rights.collective_alert_workers recuperation.cap recuperation.days_max
recuperation.june_share congress.delegate_bands congress.manager_share_max congress.quorum congress.pass
congress.material_days appraisal.publish_window_days appraisal.dimensions appraisal.weights
appraisal.grade_values appraisal.voter_groups appraisal.min_voters appraisal.receipt_days
disclosure.answer_days export.rows_second_approval privacy.retention calendar.workdays
"""
APPENDIX_H = APPENDIX_H_TEXT.split()
APPENDIX_E_TEXT = """
appraisal.report_publish congress.materials disclosure.answer supervision.not_accepted_letter
supervision.employer_answer mediation.finish legal_aid.decide legal_aid.assign aid.notice aid.review
negotiation.pause_max term.remind visit.hospital join.decide pay.after_approval audit.log_keep pia.keep
congress.report_up
"""
APPENDIX_E = APPENDIX_E_TEXT.split()
SOUND = """
[[policy]]
key = "aid.days"
label = { zh = "天数", en = "Days" }
description = { zh = "说明", en = "What it means" }
type = "count"
unit = "day"
bounds = { low = 1, high = 9 }
levels = ["county"]
dims = ["stage"]
mark = "U"
[[policy.value]]
since = 2018-01-01
value = 5
paper = "文件"
verified = false
"""


def load(tmp_path, text, name="aid.toml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return Catalogue.load([tmp_path])


@pytest.mark.parametrize("key", [*APPENDIX_H, *APPENDIX_E])
def test_every_key_of_the_specification_is_in_the_catalogue(key):
    assert SHIPPED.definition(key).defaults


@pytest.mark.parametrize("key", APPENDIX_H)
def test_the_keys_of_appendix_h_are_keys_and_not_other_names(key):
    assert key in SHIPPED.definitions


@pytest.mark.parametrize("definition", list(SHIPPED), ids=lambda definition: definition.key)
def test_every_policy_has_words_papers_and_readable_values(definition):
    for text in (definition.label, definition.description):
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert not re.search("[\u4e00-\u9fff]", text.en)
    for default in definition.defaults:
        assert default.paper
        assert definition.shape.read(dump(default.value)) == default.value


@pytest.mark.parametrize("definition", list(SHIPPED), ids=lambda definition: definition.key)
def test_uncertain_values_are_never_called_verified(definition):
    if definition.mark in {"U", "I", "K*"}:
        assert not any(default.verified for default in definition.defaults)


def test_only_what_the_page_fixes_is_locked():
    assert {definition.key for definition in SHIPPED if definition.locked} == {
        "rating.subsidy_ceiling_person_year",
        "aid.visit_required",
    }
    assert all(not definition.levels for definition in SHIPPED if definition.locked)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("org.committee_required_members", 25),
        ("org.term_years_allowed", (3, 5)),
        ("member.dues_rate", Fraction(5, 1000)),
        ("aid.min_living_standard", Yuan.of("810")),
        ("aid.relative_multiple", Fraction(2)),
        ("aid.accident_expense_ratio", Fraction(4, 5)),
        ("aid.visit_required", True),
        ("aid.notice_workdays", 5),
        ("aid.caps", ()),
        ("donation.range_default", "internal"),
        ("rating.subsidy_ceiling_person_year", Yuan.of("5000.00")),
        ("rights.travel_advance_per_worker", Yuan.of("1000.00")),
        ("recuperation.cap", Yuan.of("3000")),
        ("congress.quorum", Fraction(2, 3)),
        ("congress.pass", Fraction(1, 2)),
        ("appraisal.publish_window_days", (5, 7)),
        ("appraisal.min_voters", 10),
    ],
)
def test_the_values_of_the_specification_are_shipped(key, value):
    assert policy.on(key, IN_2018).value == value


def test_the_star_subsidies_are_tables():
    rows = policy.on("rating.subsidy_table", IN_2018).value
    assert [(row["star"], row["amount"]) for row in rows] == [
        (3, Yuan.of(2000)),
        (4, Yuan.of(3000)),
        (5, Yuan.of(5000)),
    ]


def test_old_years_are_appraised_under_their_own_scheme():
    for year, dimensions in ((2010, "德能勤绩"), (2018, "德能勤绩廉")):
        day = date(year, 6, 1)
        assert "".join(policy.on("appraisal.dimensions", day).value) == dimensions
        weights = policy.on("appraisal.weights", day).value
        assert "".join(row["dimension"] for row in weights) == dimensions
        assert sum(row["weight"] for row in weights) == 1


@pytest.mark.parametrize(
    ("stage", "filed", "amount"),
    [
        ("undergraduate", True, 5000),
        ("undergraduate", False, 3000),
        ("vocational", True, 4000),
        ("vocational", False, 2000),
    ],
)
def test_study_aid_depends_on_stage_and_file(stage, filed, amount):
    assert policy.on("aid.study_amounts", IN_2018, stage=stage, filed=filed).of(Yuan) == Yuan.of(amount)


def test_the_english_of_every_text_is_handed_to_the_message_files():
    assert SHIPPED.messages()["帮扶公示期"] == "Public notice before approval"
    assert len(SHIPPED) == len({definition.label.zh for definition in SHIPPED})


def test_an_unknown_key_is_told_gently():
    with pytest.raises(BadInput, match=r"没有名为“aid\.nothing”的政策参数"):
        policy.on("aid.nothing", IN_2018)


def test_a_sound_file_loads(tmp_path):
    definition = load(tmp_path, SOUND).definition("aid.days")
    assert (definition.shape.kind, definition.first_day, definition.is_verified) == (
        Kind.COUNT,
        date(2018, 1, 1),
        False,
    )


def test_a_directory_gives_its_files_their_area(tmp_path):
    (tmp_path / "aid").mkdir()
    assert load(tmp_path, SOUND, "aid/days.toml").definition("aid.days")


VALUE_AGAIN = '\n[[policy.value]]\nsince = 2019-01-01\nvalue = 6\npaper = "文件"\nverified = false\n'


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('key = "aid.days"', 'key = "rights.days"', "rights.days: the key must begin with 'aid'"),
        ('key = "aid.days"', 'key = "Days"', "key 'Days' does not match"),
        (', en = "Days"', "", "aid.days: label must be given in zh and en"),
        ('type = "count"', 'type = "float"', "aid.days: type must be one of flag, count"),
        ('unit = "day"', 'unit = "dog"', "aid.days: unit 'dog' is not one of"),
        ('unit = "day"', "", "aid.days: unit is missing"),
        ("high = 9", "hihg = 9", "aid.days: bounds are written as"),
        ("low = 1", "low = 10", "aid.days: bounds: low is above high"),
        ("value = 5", "value = 12", "aid.days: 应在 1 至 9 之间，现在是 12。"),
        ("value = 5", "value = 0.5", "aid.days: 应为整数"),
        ("value = 5", "", "aid.days: a value is missing"),
        ('["county"]', '["village"]', "aid.days: 'village' is no level"),
        ('mark = "U"', 'mark = "?"', "aid.days: mark '?' does not match"),
        ('mark = "U"', 'mark = "U"\nlocked = true', "aid.days: a locked policy cannot name levels"),
        ('mark = "U"', 'mark = "U"\nnote = 1', "aid.days: unknown field 'note'"),
        ('mark = "U"', 'mark = "U"\nchoices = ["a"]', "aid.days: choices belong to a choice"),
        (
            "since = 2018-01-01",
            "since = 2018-01-01T00:00:00",
            "aid.days: since (and until) must be a day",
        ),
        ("since = 2018-01-01", "since = 2018-01-01\nuntil = 2017-01-01", "aid.days: a period must end after"),
        ('paper = "文件"', "", "aid.days: paper is missing"),
        ("verified = false", "", "aid.days: verified must be true or false"),
        (
            "verified = false",
            "verified = false\ndims = { city = 1 }",
            "aid.days: 'city' is not among its dims",
        ),
        (
            "verified = false",
            f"verified = false{VALUE_AGAIN}",
            "aid.days: two values are in force on 2019-01-01",
        ),
        ("[[policy.value]]", "[policy.other]", "aid.days: unknown field 'other'"),
        ("[[policy]]", "[[policy", "is not TOML"),
    ],
)
def test_a_wrong_file_is_told_with_file_key_and_mistake(tmp_path, old, new, wrong):
    assert old in SOUND
    with pytest.raises(CatalogueError) as told:
        load(tmp_path, SOUND.replace(old, new, 1))
    assert str(told.value).startswith("aid.toml: ")
    assert wrong in str(told.value)


def test_all_mistakes_are_told_at_once(tmp_path):
    (tmp_path / "gift.toml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(CatalogueError) as wrong:
        load(tmp_path, SOUND + SOUND.replace('unit = "day"', ""))
    assert len(wrong.value.problems) == 2


def test_two_policies_cannot_share_a_name(tmp_path):
    other = SOUND.replace("aid.days", "aid.more").replace('mark = "U"', 'mark = "U"\nalso = ["aid.days"]')
    with pytest.raises(CatalogueError, match=r"aid.more: its other name 'aid.days' belongs to aid.days"):
        load(tmp_path, SOUND + other)
    with pytest.raises(CatalogueError, match=r"aid.days: is defined twice"):
        load(tmp_path, SOUND + SOUND)
