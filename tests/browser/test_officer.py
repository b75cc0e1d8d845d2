"""Every page an officer may open, by the roads themselves: accessible, within the width, no policy error."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.bodies.models import Committee, Facility, Zone
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role, words_of
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.network.models import Employer
from niangjia.people import actions as people
from niangjia.people import rules
from niangjia.supervision.models import SupervisedTask
from niangjia.tasks import actions as tasks
from niangjia.tasks.models import DutyStart
from tests.browser.test_portal import DEVICES
from tests.conftest import AT
from tests.portal.building import SINCE
from tests.structure.roads import roads


def lady(keeper):
    """A person of the town's register with a paper and a mobile, so that every page about people opens."""
    paper = rules.Paper(IdKind.RESIDENT, "990101196806120027")
    person = people.register_person(
        draft=people.PersonDraft(name="李小梅"), keeper_id=keeper.pk, paper=paper, mobile="13957400001",
        today=SINCE, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person, person.documents.get(), person.contacts.get()


def to_do(town, county):
    """A task that is overdue, something asked of the town, and a yearly duty."""
    asked = {"title": "着手成立手工业联合工会", "words": "先摸清底数。", "due_on": AT.date()}
    asked |= {"from_unit": county.unit, "to_unit": town.unit, "given_at": AT}
    supervised = SupervisedTask.objects.create(**asked)
    start = DutyStart.objects.create(unit=county.unit, code="statistics-town", since=SINCE, set_at=AT)
    told = {"title": say("核对单位覆盖数"), "word": "tasks.read", "due_on": AT.date(), "by_hand": True}
    draft = tasks.TaskDraft(key="walk", kind="tasks.day_to_day", unit_id=county.pk, **told)
    task = tasks.lay(draft=draft, by=SYSTEM, at=AT)
    return {"task_id": task.pk, "supervised_id": supervised.pk, "duty_id": start.pk}


@pytest.fixture
def desk(site, settings):
    """The county's officer with every word of the role, and the addresses of the pages that open by GET."""
    world = site.world
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        zone = Zone.objects.create(
            keeper=world.town.unit, name="下应商圈", kind="business_district", since=SINCE
        )
        term = Committee.objects.create(
            organisation=world.town, number=1, since=SINCE, until=SINCE.replace(year=2030)
        )
        person, document, contact = lady(world.town)
        values = {
            "person_id": person.pk,
            "document_id": document.pk,
            "contact_id": contact.pk,
            "unit_id": world.mall.pk,
            "employer_id": Employer.objects.filter(keeper__path__startswith=world.town.path).first().pk,
            "zone_id": zone.pk,
            "facility_id": Facility.objects.first().pk,
            "committee_id": term.pk,
            "key": "federation.dormant_days",
            **to_do(world.town, world.county),
        }
    county = replace(
        site.officer,
        role=Role.CTY,
        unit_id=world.county.pk,
        unit_path=world.county.path,
        unit_name="鄞州区总工会",
        words=words_of(Role.CTY, import_string(settings.NIANGJIA_GRANTS)),
    )
    site.acts(county)
    addresses = [
        road.path(values)
        for road in roads()
        if road.word
        and county.may(road.word)
        and not road.route.startswith("api/")
        and {*road.arguments} <= {*values}
    ]
    return SimpleNamespace(addresses=addresses)


@pytest.mark.parametrize("device", DEVICES)
def test_every_page_of_an_officer_is_accessible_and_fits(look, desk, device):
    eye = look(**DEVICES[device])
    found, opened = {}, 0
    for address in desk.addresses:
        status = eye.page.goto(eye.base + address, wait_until="load").status
        if status == 200 and "text/html" in eye.page.evaluate("document.contentType"):
            opened += 1
            trouble = eye.axe() + ([("overflow", eye.overflow())] if eye.overflow() > 0 else [])
            found |= {address: trouble} if trouble else {}
    assert opened > 20
    assert found == {}
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []


@pytest.mark.parametrize("device", DEVICES)
def test_the_log_in_pages_are_accessible_and_fit(look, site, device):
    eye = look(**DEVICES[device])
    for name in ("account_login", "account_request_login_code", "policies"):
        shown = eye.at(reverse(name))
        assert (name, shown.axe(), shown.overflow()) == (name, [], 0)
