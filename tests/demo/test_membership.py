"""The demo world lives: members, applications, a drive, foundings, a merger, a worker who may stand twice."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import AT, TODAY
from tests.people.bulk_tables import PEOPLE, readable, undone

from niangjia.accounts import queries as accounts
from niangjia.demo.actions import build_demo
from niangjia.demo.actions.crowding import Joining, enrol, enrol_many
from niangjia.demo.actions.laying import Ground, lay
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.membership import FIRM, months_before, neighbours
from niangjia.demo.rules.ningbo import Size
from niangjia.demo.rules.sketch import Sketch, general_unions
from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.rules.world import world as made_world
from niangjia.dues import queries as dues
from niangjia.founding import queries as founding
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.identifiers import persons
from niangjia.kernel.scoping import enter_scope
from niangjia.members import queries as members
from niangjia.members.actions import recount_tallies
from niangjia.restructuring import queries as restructuring
from niangjia.tree import queries as tree

PLACES = {"province": "浙江省总工会", "city": "某市总工会", "county": "某区总工会", "town": "某镇总工会"}
TABLES = (*PEOPLE, "members_membership")
DAYS = (date(2018, 8, 20), date(2024, 2, 29), date(2026, 1, 2))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def sketched(request):
    return request.param, made_world(size=Size.SMALL, dazhou_facts=shipped_facts("B1"), today=request.param)


def unit(name):
    return tree.units_in_scope(scope=EVERYWHERE).get(name=name).pk


def page(login, road, *args):
    """What somebody of the demo world reads, logged in with his second factor shown."""
    client, user = Client(), accounts.user_by_username(username=login)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    found = client.get(reverse(road, args=args), follow=True)
    enter_scope(EVERYWHERE)
    return found.content.decode()


def test_everybody_of_the_world_bears_a_number_and_a_mobile_of_his_own(sketched):
    day, made = sketched
    workers = [row.worker for row in (*made.membership.members, *made.membership.applicants)]
    told = [*workers, *made.officers.people]
    assert 300 <= len(made.membership.members) <= 600
    assert len({row.number for row in told}) == len({row.mobile for row in told}) == len(told)
    for row in workers:
        assert row.number.startswith("990101")
        assert row.number[17] == persons.check_character(row.number[:17])
        assert re.fullmatch(r"199000\d{5}", row.mobile)
    assert (
        made.membership == made_world(size=Size.SMALL, dazhou_facts=shipped_facts("B1"), today=day).membership
    )


def test_members_joined_when_their_union_stood_and_they_were_of_age(sketched):
    day, made = sketched
    unions = {row.key: row.established_on for part in (made.dazhou, made.many) for row in part.organisations}
    for row in made.membership.members:
        born = date.fromisoformat(row.worker.number[6:14])
        assert unions[row.union] <= row.since <= day
        assert row.since.year - born.year >= 17


def test_a_merger_is_proposed_between_two_federations_of_one_town(sketched):
    source, heir = neighbours(sketched[1].many)
    parents = {row.key: row.parent for row in sketched[1].many.organisations}
    assert source != heir
    assert parents[source] == parents[heir]


def test_months_run_over_the_turn_of_the_year():
    assert months_before(date(2026, 1, 2), how_many=2) == (date(2025, 11, 1), date(2025, 12, 1))


def test_many_members_at_once_are_the_members_that_one_by_one_would_be(world):
    joinings = [Joining(one, 0, date(2016, 5, 1)) for one in crowd(how_many=6, dice=Dice(3))]
    ground = Ground(today=TODAY, at=AT, by=SYSTEM)
    lay(sketch=Sketch(organisations=general_unions({**PLACES, "since": date(2000, 1, 1)})), on=ground)
    rows = [replace(one, union_id=ground.units["town"]) for one in joinings]
    singly = undone(lambda: _entered(lambda: [enrol(joining=one, on=ground) for one in rows]))
    assert _entered(lambda: enrol_many(joinings=rows, on=ground)) == singly
    assert len(singly["members_membership"]) == 6


def _entered(act):
    act()
    return readable(TABLES)


def test_the_world_lives_in_the_house(db):
    with clock.fixed(TODAY):
        build_demo(size="small")
        enter_scope(EVERYWHERE)
        _members_are_counted()
        _the_member_sees_his_card()
        _applications_wait()
        _foundings_and_the_merger_stand()


def _members_are_counted():
    counts = {
        name: members.member_counts(unit_id=unit(name), day=TODAY).members for name in ("大洲镇总工会", FIRM)
    }
    assert counts["大洲镇总工会"] > counts[FIRM] > 20
    village = members.member_counts(unit_id=unit("匡堰镇高家村工会联合会"), day=TODAY).members
    assert 150 < village < 300
    assert recount_tallies(today=TODAY, at=AT) == []
    person = accounts.user_by_username(username="mem").person_id
    assert dues.dues_of_person(person_id=person).count() == 3


def _the_member_sees_his_card():
    assert FIRM in page("mem", "my-membership")
    assert FIRM in page("mem", "my-card")


def _applications_wait():
    tasks_of = {login: page(login, "desk") for login in ("pri", "fed", "cty")}
    assert tasks_of["pri"].count("入会申请：") >= 3
    assert "接收转入会员：" in tasks_of["pri"]
    assert tasks_of["fed"].count("入会申请：") >= 3
    assert "批复成立：大洲镇农旅服务工会联合会" in tasks_of["cty"]
    assert "小微园集中入会" in page("fed", "drives")
    assert page("cty", "duplicates").count("姓名相同") == 1


def _foundings_and_the_merger_stand():
    rows = founding.establishments_within(scope=EVERYWHERE).values_list("state", flat=True)
    assert sorted(rows) == sorted(
        ["drafted", "submitted", "approved_to_prepare", "result_submitted", "approved"]
    )
    assert unit("横店镇影视服务工会联合会")
    assert [row.state for row in restructuring.restructures_in_scope(scope=EVERYWHERE)] == ["proposed"]
