from datetime import date

import pytest

from niangjia.bodies import rules
from niangjia.bodies.rules import PostKind
from niangjia.kernel.errors import Refused
from niangjia.network.rules import OrgKind

TODAY = date(2018, 8, 20)


@pytest.mark.parametrize(
    ("years", "kind", "refused"),
    [
        (3, OrgKind.SINGLE, False),
        (5, OrgKind.JOINT, False),
        (4, OrgKind.SINGLE, True),
        (3, OrgKind.COUNTY, True),
        (5, OrgKind.COUNTY, False),
        (None, OrgKind.COUNTY, False),
    ],
)
def test_a_primary_union_is_elected_for_three_or_five_years_and_a_local_one_for_five(years, kind, refused):
    if refused:
        with pytest.raises(Refused, match="届期只能是"):
            rules.require_term(years, allowed=(3, 5), kind=kind)
    else:
        rules.require_term(years, allowed=(3, 5), kind=kind)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ("relative", OrgKind.SINGLE, "近亲属不得"),
        ("", OrgKind.JOINT, "声明"),
        ("relative", OrgKind.COUNTY, ""),
    ],
)
def test_a_near_relative_is_asked_for_where_there_is_an_enterprise(answer, kind, words):
    if not words:
        rules.require_no_relative(answer, kind=kind)
        return
    with pytest.raises(Refused, match=words) as refused:
        rules.require_no_relative(answer, kind=kind)
    assert refused.value.field == "relative"


@pytest.mark.parametrize(
    ("ends_on", "said"),
    [
        (None, None),
        (date(2018, 8, 20), "已届满，尚未换届"),
        (date(2018, 9, 20), "1 个月内届满"),
        (date(2018, 9, 21), "3 个月内届满"),
        (date(2019, 2, 20), "6 个月内届满"),
        (date(2019, 2, 21), None),
    ],
)
def test_a_term_is_reminded_of_six_three_and_one_months_before_its_end(ends_on, said):
    reminder = rules.term_reminder(ends_on, today=TODAY, months=(6, 3, 1))
    assert (None if reminder is None else str(reminder)) == said


def test_a_committee_is_advised_from_25_on_and_a_full_time_chair_from_200_on():
    def advice(workers, *posts, kind=OrgKind.SINGLE):
        bounds = {"required_from": 25, "full_time_from": 200}
        return len(list(rules.committee_advice(kind, workers=workers, posts=posts, **bounds)))

    chair, part_time = (PostKind.CHAIR, True), (PostKind.CHAIR, False)
    assert [advice(24), advice(25), advice(25, part_time)] == [0, 1, 0]
    assert [advice(200), advice(200, part_time), advice(200, chair)] == [2, 1, 0]
    assert advice(500, kind=OrgKind.COUNTY) == 0
