"""Two federations are merged end to end in the browser: proposed, consulted, approved, audited, executed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.network import queries as network
from niangjia.network.models import Organisation
from niangjia.network.rules import OrgKind, Status
from niangjia.project.grants import ALL
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.rules import State
from tests.browser.conftest import DESK, PHONE
from tests.network.worlds import found

PICTURES = os.environ.get("NIANGJIA_PICTURES", "")


@pytest.fixture
def way(site):
    """The officers of the way, and the two federations."""
    town = site.world.town
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        heir = found(OrgKind.FEDERATION, "下应东片工会联合会", town, mode="area")
        source = Organisation.objects.filter(kind=OrgKind.FEDERATION, unit__parent=town.unit)
        source = source.exclude(pk=heir.pk).order_by("pk").first()
        employers = network.counts(unit_id=town.pk, day=clock.today()).employers()

    def acts(role, org, number):
        who = replace(
            site.officer, role=role, user_id=number, post_id=number, unit_id=org.pk, unit_path=org.path,
            unit_name=org.name, words=words_of(role, ALL),
        )  # fmt: skip
        site.acts(who)

    return acts, source, heir, employers


def judged(eye, name):
    """The page is accessible and fits; a picture is kept where somebody wants to look."""
    if PICTURES:
        eye.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert (name, eye.axe(), eye.overflow() <= 0) == (name, [], True)


def sent(eye, told):
    """The form is filled and sent."""
    for name, value in told.items():
        eye.page.fill(f"[name={name}]", value)
    eye.page.click("main form.form-nj button[type=submit]")
    if eye.page.locator("dialog[open] button.btn-stop, dialog[open] button[type=submit]").count():
        eye.page.locator("dialog[open] button").first.click()
    eye.page.wait_for_load_state("load")


def proposed(site, eye, way):
    """The town proposes from the page of the federation."""
    acts, source, heir, _ = way
    acts(Role.TWN, site.world.town, 11)
    eye.at(f"{reverse('propose-restructure')}?source={source.pk}")
    judged(eye, "propose")
    eye.page.select_option("[name=kind]", "merge")
    today = clock.today().isoformat()
    sent(eye, {"heir": heir.name, "effective_on": today, "reason": "两家联合会相邻，合并后统一服务。"})
    judged(eye, "proposed")
    return one()


def stepped(eye, road, row, told, name):
    """A step is taken on its own page."""
    eye.at(reverse(road, args=[row.pk]))
    judged(eye, name)
    sent(eye, told)


def test_two_federations_are_merged_from_the_proposal_to_the_day(site, look, way):
    acts, source, heir, employers = way
    eye, today = look(DESK), clock.today().isoformat()
    row = proposed(site, eye, way)
    here = reverse("restructure", args=[row.pk])
    assert eye.page.url.endswith(here)
    votes = {"present": "30", "votes_for": "28", "votes_against": "1", "minutes": "会员代表大会纪要"}
    stepped(eye, "consult-members", row, {"held_on": today, **votes}, "consult")
    acts(Role.CTY, site.world.county, 12)
    stepped(eye, "approve-restructure", row, {"decision_no": "鄞总工〔2018〕21 号"}, "approve")
    acts(Role.AUD, site.world.county, 13)
    report = {"audit_no": "鄞经审〔2018〕5 号", "balance": "12345.00", "deed_no": "移交书 3 号"}
    stepped(eye, "audit-restructure", row, report, "audit")
    acts(Role.CTY, site.world.county, 12)
    judged(eye.at(here), "audited")
    stepped(eye, "execute-restructure", row, {}, "execute")
    judged(eye.at(here), "executed")
    assert one().state == State.EXECUTED
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        assert Organisation.objects.get(pk=source.pk).status == Status.MERGED
        assert network.counts(unit_id=site.world.town.pk, day=clock.today()).employers() == employers
    eye.at(reverse("public-organisation", args=[source.pk]))
    assert heir.name in eye.page.inner_text("main")
    phone = look(PHONE)
    for name, address in (("list", reverse("restructures")), ("page", here)):
        judged(phone.at(address), f"phone-{name}")


def one():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return Restructure.objects.get()
