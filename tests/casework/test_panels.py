"""The pages of households, targets and campaigns show what the apps above know of them, each in its scope."""

from bs4 import BeautifulSoup
from django.urls import reverse

from niangjia.campaigns import actions as campaigns
from niangjia.campaigns import queries
from niangjia.campaigns.actions import Lead
from tests.casework.test_phone import text
from tests.conftest import AT


def links(answer):
    return {one["href"] for one in BeautifulSoup(answer.content.decode(), "html.parser").select("a[href]")}


def test_a_household_shows_its_visits_applications_and_what_may_be_done_for_it(people, desk):
    home = people.family()
    page = reverse("household", args=[home.pk])
    assert f"{reverse('new-hardship-file')}?household={home.pk}" in links(desk(people.town).get(page))
    people.visit(home)
    row = people.submitted(home)
    found = desk(people.town).get(page)
    assert "入户走访" in text(found)
    assert reverse("aid-application", args=[row.pk]) in links(found)
    assert f"{reverse('new-visit')}?household={home.pk}" in links(found)
    read = desk(people.auditor).get(page)
    assert reverse("aid-application", args=[row.pk]) in links(read)
    assert f"{reverse('new-visit')}?household={home.pk}" not in links(read), "an auditor only reads"


def test_a_target_leads_to_the_form_of_its_visit_while_it_waits(people, desk):
    unit = people.land["left_town"].pk
    lead = Lead("赵某强", "湍口村 3 组")
    row = campaigns.report_target(
        campaign_id=people.campaign.pk, unit_id=unit, lead=lead, by=people.town, at=AT
    )
    page, form = reverse("target", args=[row.pk]), f"{reverse('new-visit')}?target={row.pk}"
    assert form in links(desk(people.town).get(page))
    assert "登记走访：赵某强" in text(desk(people.town).get(form))
    home = people.family()
    people.visit(home)
    visited = queries.targets_of_household(household_id=home.pk).get()
    found = desk(people.town).get(reverse("target", args=[visited.pk]))
    assert "入户走访" in text(found)
    assert f"{reverse('new-visit')}?target={visited.pk}" not in links(found)


def test_a_campaign_shows_what_was_asked_and_granted_in_it(people, desk):
    board = reverse("campaign", args=[people.campaign.pk])
    assert "帮扶在办" not in text(desk(people.county).get(board))
    people.submitted(people.family())
    found = desk(people.county).get(board)
    assert "帮扶在办 1 件" in text(found)
    under_way = next(one for one in links(found) if "state=open" in one)
    assert "共 1 件" in text(desk(people.county).get(under_way))
