"""Policy delivered at the door: which help this household may use; no database."""

from dataclasses import replace

from niangjia.eligibility import rules
from niangjia.eligibility.rules import Answer, Around, Cause, Help
from niangjia.kernel.money import Yuan
from tests.eligibility.households import household, standards

KNOWN = Around(
    stages=("undergraduate",),
    amounts={"undergraduate": Yuan.of(5000)},
    in_hospital=False,
    out_of_work=1,
    is_member=True,
)


def offers(situation, around=KNOWN, by=None):
    by = by or standards()
    return {one.kind: one for one in rules.leaflet(situation, by, rules.judge(situation, by), around)}


def answers(situation, around=KNOWN):
    return {kind: one.answer for kind, one in offers(situation, around).items()}


def test_every_kind_of_help_has_an_answer_a_reason_and_a_next_step():
    found = offers(household())
    assert list(found) == list(Help)
    assert all(str(one.why) and str(one.how) and one.rule for one in found.values())


def test_a_household_in_deep_hardship_may_use_nearly_everything():
    assert answers(household()) == {
        Help.LIVING: Answer.YES, Help.MEDICAL: Answer.YES, Help.STUDY: Answer.YES, Help.TEMPORARY: Answer.NO,
        Help.WARMTH: Answer.YES, Help.SYMPATHY: Answer.NO, Help.WORK: Answer.YES, Help.CIVIL: Answer.YES,
    }  # fmt: skip
    assert "本科（标准 5,000.00 元）" in str(offers(household())[Help.STUDY].why)


def test_a_sudden_blow_opens_temporary_help_and_not_the_monthly_one():
    struck = household(income=100_000, medical=82_000, persons=1, cause=Cause.ILLNESS)
    by = standards(living="700.00")
    found = {kind: one.answer for kind, one in offers(struck, by=by).items()}
    assert (found[Help.LIVING], found[Help.MEDICAL], found[Help.TEMPORARY]) == (
        Answer.NO,
        Answer.YES,
        Answer.YES,
    )
    unfit = replace(struck, income=Yuan.of(300_000))
    assert answers(unfit)[Help.TEMPORARY] is Answer.YES


def test_what_is_not_known_is_asked_for_and_never_refused():
    unknown = replace(household(), expenses={}, income=None)
    found = answers(unknown, Around(stages=("vocational",), is_member=True))
    assert {kind for kind, one in found.items() if one is Answer.NEEDS} == {
        Help.LIVING, Help.MEDICAL, Help.STUDY, Help.WARMTH, Help.SYMPATHY, Help.WORK, Help.CIVIL
    }  # fmt: skip
    assert "还缺" in str(offers(unknown)[Help.LIVING].why)


def test_civil_affairs_up_to_the_margin_inclusive():
    on_the_margin = household(income=1215 * 36, medical=0)
    assert answers(on_the_margin)[Help.CIVIL] is Answer.YES
    assert answers(replace(on_the_margin, income=Yuan(1215_00 * 36 + 1)))[Help.CIVIL] is Answer.NO


def test_a_family_with_a_file_is_visited_without_asking_and_a_stranger_is_told_to_join():
    rich = household(income=200_000, medical=0)
    assert answers(rich, replace(KNOWN, filed=True))[Help.WARMTH] is Answer.YES
    stranger = offers(rich, replace(KNOWN, is_member=False, in_hospital=True))[Help.SYMPATHY]
    assert stranger.answer is Answer.NO
    assert "入会" in str(stranger.how)
    assert answers(rich, replace(KNOWN, in_hospital=True, stages=()))[Help.SYMPATHY] is Answer.YES


def test_what_this_household_may_ask_for_now():
    by, family = standards(), household()
    found = rules.leaflet(family, by, rules.judge(family, by), KNOWN)
    assert {one.kind for one in found if one.answer is Answer.YES} == {
        Help.LIVING, Help.MEDICAL, Help.STUDY, Help.WARMTH, Help.WORK, Help.CIVIL
    }  # fmt: skip
