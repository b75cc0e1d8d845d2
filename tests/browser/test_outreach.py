"""Household files and campaigns in Chromium: accessible, in their width, and told without JavaScript."""

import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.campaigns import actions as campaigns
from niangjia.campaigns.actions import Lead
from niangjia.campaigns.rules import Outcome
from niangjia.households import actions, queries
from niangjia.households.models import Household
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.people import actions as people
from niangjia.people import queries as register
from tests.browser.conftest import DESK, PHONE
from tests.campaigns.worlds import Drive
from tests.conftest import AT
from tests.households.worlds import SON, WIFE, Village
from tests.network.worlds import zhejiang
from tests.portal import acting

SHOTS = os.environ.get("NIANGJIA_SHOTS")
"""A folder for pictures, to be looked at."""
SIZES = ((PHONE, {}), (DESK, {}), (PHONE, {"elder": True}), (DESK, {"english": True}))


@pytest.fixture
def site(live_server, settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        world = built()
    yield SimpleNamespace(url=live_server.url, acts=acting.enter, **world)
    acting.enter(None)


def built():
    """A family told by two officers who disagree, a campaign with its outcomes, a worker who consented."""
    village = Village(zhejiang())
    row = village.household(members=(("spouse", "李大山", WIFE), ("child", "王小明", SON)))
    village.complete(row, remarks="丈夫去年患病，女儿今年上高中，家庭主要靠本人工资。")
    stale, _ = actions.changes_of(told={"income_year": "48000"}, bases={})
    actions.amend(household_id=row.pk, changes=stale, by=village.mate, at=AT, source="visit:1")
    village.household(number="", name="周大山", members=(("parent", "周老根", ""),))
    drive = Drive(village)
    targets = [
        drive.report(name, place=f"湍口村 {n} 号", words="丈夫患病，女儿上学。")
        for n, name in enumerate(("赵五", "钱六", "孙七", "何秀英"), 1)
    ]
    drive.settle(targets[0])
    drive.settle(targets[1], Outcome.DECLINED, "本人谢绝，说暂时不需要。")
    drive.report("吴八", by=village.county)
    lead = Lead("周大山", household_id=Household.objects.get(head__name="周大山").pk)
    linked = campaigns.report_target(
        campaign_id=drive.campaign.pk, unit_id=village.town.unit_id, lead=lead, by=village.town, at=AT
    )
    campaigns.plan_visits(
        targets=[(targets[2].pk, 1), (linked.pk, 1)], holder_id=village.town.user_id,
        planned_on=date(2018, 8, 20), by=village.town, at=AT,
    )  # fmt: skip
    for target in targets[:3]:
        target.mentions.create(roll="民政低保名册", mentioned_at=AT)
    (person,) = register.records(person_ids=[row.head_id])
    worker = accounts.actor_as_oneself(user=village.account("own", person))
    people.give_consent(person_id=worker.person_id, purpose="finance", by=worker, at=AT)
    members = queries.members_of(household=row)
    (dispute,) = queries.proposals_of(household=row)
    return {
        "town": village.town, "county": village.county, "worker": worker, "home": row.pk,
        "member": members[2].number, "dispute": dispute.number, "campaign": drive.campaign.pk,
        "target": targets[3].pk,
    }  # fmt: skip


def pages(site):
    """Who opens which page."""
    home, campaign = f"/households/{site.home}/", f"/campaigns/{site.campaign}/"
    desk = {
        "homes": "/households/", "open": "/households/new/", "home": home, "head": f"{home}head/",
        "income": f"{home}sections/income/", "family": f"{home}sections/family/", "form": f"{home}form/",
        "add": f"{home}members/new/", "member": f"{home}members/{site.member}/",
        "edit-member": f"{home}members/{site.member}/edit/", "card": f"{home}members/{site.member}/card/",
        "leave": f"{home}members/{site.member}/leave/", "history": f"{home}history/income_year/",
        "settle": f"{home}disagreements/{site.dispute}/", "campaigns": "/campaigns/", "board": campaign,
        "targets": f"{campaign}targets/", "plan": f"{campaign}plan/", "proof": f"{campaign}completeness/",
        "target": f"/targets/{site.target}/", "plan-one": f"/targets/{site.target}/plan/",
        "outcome": f"/targets/{site.target}/settle/", "today": "/targets/today/?day=2018-08-20",
        "route": "/targets/route/?day=2018-08-20", "leads": "/leads/", "report": "/leads/new/",
    }  # fmt: skip
    county = {"county-board": campaign, "close": f"{campaign}close/", "new-campaign": "/campaigns/new/"}
    own = {
        "mine": "/me/household/", "consents": "/me/household/consents/",
        "tell": "/me/household/income/?onward=1", "tell-member": f"/me/household/members/{site.member}/",
        "my-leads": "/me/leads/", "raise": "/me/leads/new/",
    }  # fmt: skip
    for who, some in ((site.town, desk), (site.county, county), (site.worker, own)):
        yield from ((who, name, address) for name, address in some.items())


def test_every_page_is_accessible_and_in_its_width_in_every_size(look, site):
    wrong = {}
    for size, how in SIZES:
        eye = look(size, **how)
        for who, name, address in pages(site):
            site.acts(who)
            eye.at(address)
            found = eye.axe() + ([("overflow", eye.overflow())] if eye.overflow() > 0 else [])
            wrong |= {f"{name} {size[0]} {how}": found} if found else {}
            if SHOTS:
                kind = "-".join([str(size[0]), *how])
                eye.page.screenshot(path=Path(SHOTS) / f"{name}-{kind}.png", full_page=True)
        assert [said for said in eye.troubles if "Content Security Policy" in said] == []
    assert wrong == {}


def test_the_family_tells_itself_on_a_phone_without_javascript(look, site):
    site.acts(site.worker)
    eye = look(PHONE, js=False)
    eye.at("/me/household/")
    eye.page.click(".actions-nj a.btn-primary")
    assert eye.page.inner_text("h1") == "先征得您的同意"
    eye.page.click("form.form-nj button[type=submit]")
    eye.page.fill("[name=residence]", "湍口村 9 号")
    eye.page.click("form.form-nj button[type=submit]")
    assert eye.page.inner_text("h1") == "收入"
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        row = Household.objects.get(pk=site.home)
        assert queries.facts_of(household=row)[None]["residence"] == "湍口村 9 号"
