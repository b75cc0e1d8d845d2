from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import SINCE, cover

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.network import actions, queries
from niangjia.network.models import Coverage, Employer
from niangjia.network.queries import Filters

YESTERDAY = TODAY - timedelta(1)


def leave(firm, until=TODAY, by=SYSTEM):
    actions.leave_register(employer_id=firm.pk, until=until, by=by, at=AT, reason="注销")


def blind(day):
    rows = queries.employers_in_scope(scope=EVERYWHERE, filters=Filters(covered=False, day=day), today=TODAY)
    return {row.name for row in rows}


def test_an_employer_that_is_covered_today_does_not_leave_and_is_told_what_comes_first(land):
    with pytest.raises(Refused, match=r"“衢江区东磁工会”.*先.*结束这条覆盖") as error:
        leave(land["left_firm"])
    assert error.value.field == "until"
    assert Employer.objects.get(pk=land["left_firm"].pk).until is None


def test_the_counts_fall_from_the_day_and_the_past_stays(land):
    before = queries.counts(unit_id=land["left_county"].pk, day=YESTERDAY).amounts
    coverage = Coverage.objects.get(employer=land["left_firm"])
    actions.end_coverage(coverage=coverage, until=TODAY, by=SYSTEM, at=AT, reason="关停")
    assert "衢江区东磁公司" in blind(TODAY)
    leave(land["left_firm"])
    assert "衢江区东磁公司" not in blind(TODAY)
    assert queries.counts(unit_id=land["left_county"].pk, day=TODAY).employers() == 0
    assert queries.counts(unit_id=land["left_county"].pk, day=YESTERDAY).amounts == before
    assert [row.until for row in queries.coverages_of(employer=land["left_firm"])] == [TODAY]
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def test_an_employer_nobody_covers_leaves_and_was_a_blind_spot_until_then(land):
    leave(land["left_shop"])
    assert "衢江区张三杂货店" not in blind(TODAY)
    assert "衢江区张三杂货店" in blind(YESTERDAY)
    assert not queries.employers_of(scope=EVERYWHERE).filter(pk=land["left_shop"].pk).exists()


@pytest.mark.parametrize(
    ("until", "words"),
    [(TODAY + timedelta(1), "不能晚于今天"), (SINCE, "须晚于"), (date(2010, 1, 1), "须晚于")],
)
def test_the_day_lies_between_its_entry_and_today(land, until, words):
    with pytest.raises(Refused, match=words):
        leave(land["left_shop"], until=until)


def test_it_does_not_leave_before_the_end_of_a_coverage_that_has_ended(land):
    cover(land["left_joint"], land["left_shop"], since=date(2017, 1, 1))
    coverage = Coverage.objects.get(employer=land["left_shop"])
    actions.end_coverage(coverage=coverage, until=YESTERDAY, by=SYSTEM, at=AT, reason="迁出")
    with pytest.raises(Refused, match="不能早于"):
        leave(land["left_shop"], until=date(2017, 6, 1))
    leave(land["left_shop"], until=YESTERDAY)


def test_nobody_leaves_twice_and_nobody_covers_what_has_left(land):
    leave(land["left_shop"])
    with pytest.raises(Refused, match="出册，不用再办"):
        leave(land["left_shop"])
    with pytest.raises(Refused):
        cover(land["left_joint"], land["left_shop"], since=TODAY)


def test_an_officer_of_another_county_or_without_the_word_does_not_let_it_leave(land):
    for who in (officer(Role.CTY, land["right_county"]), officer(Role.AUD, land["left_county"])):
        with pytest.raises(NotAllowed):
            leave(land["left_shop"], by=who)
