from datetime import date, timedelta

import pytest

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.versions import Overtaken
from niangjia.vitality import actions, queries
from niangjia.vitality.rules import ActivityKind, Goal, Life, Signs, life_of, maturity
from tests.conftest import AT, TODAY
from tests.members.people import member

FOUNDED = date(2010, 1, 1)


def did(unit, kind=ActivityKind.EVENT, on=TODAY, by=SYSTEM):
    draft = actions.ActivityDraft(kind, "送清凉走访", on, attendances=12)
    return actions.record_activity(unit_id=unit.pk, draft=draft, by=by, at=AT)


def standing(unit):
    return queries.standing_of(unit_id=unit.pk, scope=EVERYWHERE, today=TODAY)


@pytest.mark.parametrize(("ago", "life"), [(90, Life.ALIVE), (91, Life.DORMANT)])
def test_the_last_day_of_the_policy_still_counts_as_alive(ago, life):
    signs = Signs(FOUNDED, last_activity=TODAY - timedelta(days=ago))
    assert life_of(signs, today=TODAY, dormant_days=90) is life


def test_a_new_federation_has_its_time_first():
    assert life_of(Signs(TODAY - timedelta(days=30)), today=TODAY, dormant_days=90) is Life.ALIVE


def test_office_work_is_no_sign_of_life():
    assert life_of(Signs(FOUNDED, last_work=TODAY), today=TODAY, dormant_days=90) is Life.DORMANT


def test_each_goal_says_what_is_missing_and_what_would_help():
    told = maturity(Signs(FOUNDED), today=TODAY, dormant_days=90)
    assert not any(check.holds for checks in told.values() for check in checks)
    assert set(told) == set(Goal)
    whole = Signs(
        FOUNDED, last_meeting=TODAY, stations=1, staff=1, term_runs=True, haves=7, haves_asked=7, members=3,
        members_before=3,
    )  # fmt: skip
    done = maturity(whole, today=TODAY, dormant_days=90)
    assert all(check.holds for checks in done.values() for check in checks)


def test_a_federation_wakes_up_with_an_activity_and_falls_asleep_when_it_is_voided(land):
    fed = land["left_fed"]
    assert standing(fed).life is Life.DORMANT
    made = did(fed)
    assert standing(fed).life is Life.ALIVE
    actions.void_activity(activity_id=made.pk, reason="登记错了组织", by=SYSTEM, at=AT)
    assert standing(fed).life is Life.DORMANT


@pytest.mark.parametrize(
    ("on", "words"), [(TODAY + timedelta(1), "不能晚于今天"), (date(2015, 1, 1), "起成立")]
)
def test_an_activity_outside_its_days_is_refused(land, on, words):
    with pytest.raises(Refused, match=words):
        did(land["left_fed"], on=on)


def test_the_seven_haves_are_those_of_the_policy_and_two_who_check_at_once_are_told(land):
    fed = land["left_fed"]
    asked = queries.items_asked(unit_id=fed.pk, day=TODAY)
    told = {"unit_id": fed.pk, "evidence": {}, "by": SYSTEM, "at": AT}
    with pytest.raises(Refused, match="已按文件更新"):
        actions.check_seven_haves(met={"有食堂": True}, version=0, **told)
    made = actions.check_seven_haves(met=dict.fromkeys(asked, True), version=0, **told)
    assert (made.met, len(asked)) == (7, 7)
    with pytest.raises(Overtaken):
        actions.check_seven_haves(met=dict.fromkeys(asked, False), version=0, **told)
    again = actions.check_seven_haves(met=dict.fromkeys(asked, False), version=1, **told)
    assert (again.met, again.version) == (0, 2)


def test_small_and_sleeping_federations_are_listed_and_opened(land, town):
    member(land["left_single"], employer=land["left_firm"])
    fed = land["left_fed"]
    page = town.get("/vitality/?life=dormant").content.decode()
    assert fed.name in page
    assert fed.name in town.get("/vitality/?life=small").content.decode()
    here = f"/vitality/{fed.pk}/"
    assert "可能只在纸面上" in town.get(here).content.decode()
    assert "会员 1 人，少于 200 人，建议并入邻近的联合会。" in town.get(here).content.decode()
    assert "家，少于 20 家，建议并入邻近的联合会。" in town.get(here).content.decode()
    answer = town.post(
        f"{here}activities/",
        kind="meeting",
        title="季度会议",
        held_on="2018-08-18",
        attendances="9",
        place="镇政府",
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert "季度会议" in town.get(here).content.decode()
    assert fed.name not in town.get("/vitality/?life=dormant").content.decode()
    form = town.get(f"{here}seven-haves/").content.decode()
    assert "有组织班子" in form
    told = {f"ok{n}": "yes" for n in range(7)} | {"version": "0", "evidence0": "批复"}
    assert town.post(f"{here}seven-haves/", **told).status_code == 302
    assert "批复" in town.get(here).content.decode()
