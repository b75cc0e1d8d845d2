"""Two records side by side, merged by two officers and parted again; accessible at both sizes."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role, words_of
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.scoping import enter_scope
from niangjia.matching import actions
from niangjia.matching.models import DuplicateCase
from niangjia.members import actions as members
from niangjia.people import actions as people
from niangjia.people import rules
from niangjia.people.models import Person
from tests.browser.conftest import DESK, PHONE
from tests.conftest import AT
from tests.portal.building import SINCE


def record(union, *, number="", mobile="", born=None):
    paper = rules.Paper(IdKind.RESIDENT, number) if number else None
    person = people.register_person(
        draft=people.PersonDraft("李小梅", born=born), keeper_id=union.pk, paper=paper, mobile=mobile,
        today=AT.date(), by=SYSTEM, at=AT,
    )  # fmt: skip
    told = {"union_id": union.pk, "since": max(SINCE, union.established_on), "by": SYSTEM, "at": AT}
    members.admit(person_id=person.pk, draft=members.MembershipDraft(), **told)
    return person


@pytest.fixture
def pair(site, settings):
    """Two records of one woman in one federation's town, the case, and two officers of the county."""
    world = site.world
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        kept = record(world.mall, number="990101196806120027", mobile="13957400001")
        dropped = record(world.town, born=date(1968, 6, 12))
        actions.find_duplicates(today=AT.date(), at=AT)
        case = DuplicateCase.objects.get()
    county = replace(
        site.officer,
        role=Role.CTY,
        unit_id=world.county.pk,
        unit_path=world.county.path,
        unit_name="鄞州区总工会",
        words=words_of(Role.CTY, import_string(settings.NIANGJIA_GRANTS)),
    )
    officers = [replace(county, user_id=number) for number in (21, 22)]
    return SimpleNamespace(kept=kept, dropped=dropped, case=case, officers=officers)


def merged_into(person):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return Person.objects.get(pk=person.pk).merged_into_id


def send(eye):
    with eye.page.expect_navigation():
        eye.page.click("main form button[type=submit]")
    final = eye.page.locator("dialog[open] button[type=submit], dialog[open] [data-go]")
    if final.count():
        with eye.page.expect_navigation():
            final.first.click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1360"])
def test_two_officers_merge_and_part_a_pair_side_by_side(look, site, pair, size):
    eye, here = look(size, js=False), reverse("duplicate", args=[pair.case.pk])
    site.acts(pair.officers[0])
    for address in (
        reverse("duplicates"),
        here,
        reverse("real-name"),
        reverse("real-name-rows", args=[0, "id"]),
    ):
        assert (address, look(size).at(address).axe(), eye.at(address).overflow()) == (address, [], 0)
    eye.at(here)
    shown = eye.page.content()
    assert "尾号 0027" in shown
    assert "990101196806120027" not in shown
    eye.at(reverse("propose-merge", args=[pair.case.pk]))
    eye.page.check(f"input[name=keep][value='{pair.kept.pk}']")
    eye.page.check("input[name=beside][value=end]")
    eye.page.fill("textarea[name=reason]", "本人到场说明是同一人")
    send(eye)
    _agree(eye, site, pair, 1)
    assert merged_into(pair.dropped) == pair.kept.pk
    eye.at(reverse("propose-split", args=[pair.case.pk]))
    eye.page.fill("textarea[name=reason]", "后来查明是两个人")
    send(eye)
    _agree(eye, site, pair, 0)
    assert merged_into(pair.dropped) is None
    assert "已拆分" in eye.at(here).page.content()


def _agree(eye, site, pair, place):
    """The officer at that place decides what the other proposed."""
    site.acts(pair.officers[place])
    eye.at(reverse("decide-duplicate", args=[pair.case.pk]))
    eye.page.check("input[name=agree][value=yes]")
    eye.page.fill("textarea[name=answer]", "核对无误")
    send(eye)
