"""The list, the page, the forms, the papers and the API, as officers of their scopes open them."""

import pytest
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC
from niangjia.papers.models import Paper
from niangjia.reshaping.actions import issue_paper
from niangjia.restructuring import actions
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.rules import State
from tests.conftest import AT, TODAY
from tests.network.acting import NOW, Desk
from tests.restructuring.worlds import draft, execute, ready


@pytest.fixture
def desk(settings, client, who):
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    with clock.fixed(AT):
        yield lambda name: Desk(client, who[name])
    NOW["actor"] = PUBLIC


def test_the_page_says_what_moves_and_offers_the_next_step(land, who, desk):
    row = actions.propose(draft=draft(land), by=who["town"], at=AT)
    text = desk("fed").get(reverse("restructure", args=[row.pk])).content.decode()
    for words in ("工业园工会联合会并入", "随工会划转的单位", "登记会员讨论结果"):
        assert words in text
    assert "批准撤并改" not in text
    assert desk("far").get(reverse("restructure", args=[row.pk])).status_code == 404


def test_a_plan_is_proposed_on_the_form_and_found_in_the_list(land, who, desk):
    told = {
        "kind": "merge",
        "sources": land["a"].name,
        "heir": land["b"].name,
        "effective_on": TODAY.isoformat(),
    }
    answer = desk("town").post(reverse("propose-restructure"), reason="小而散", **told)
    row = Restructure.objects.get()
    assert answer.headers["Location"] == reverse("restructure", args=[row.pk])
    text = desk("county").get(reverse("restructures"), state="proposed", kind="merge").content.decode()
    assert str(row.effective_on.year) in text
    assert land["a"].name in text
    assert land["a"].name not in desk("county").get(reverse("restructures"), kind="split").content.decode()


def test_the_papers_tell_what_is_on_record(land, who):
    row = ready(land, who)
    for name in ("decision", "assets", "roster"):
        issue_paper(restructure_id=row.pk, name=name, by=who["county"], at=AT)
    assert sorted(Paper.objects.values_list("series", flat=True)) == ["CB", "CM", "CY"]
    assert set(Paper.objects.values_list("unit_id", flat=True)) == {land["county"].pk}


def test_the_ended_union_says_on_its_pages_who_took_over(land, who, desk):
    execute(ready(land, who), who)
    for road in ("organisation", "public-organisation"):
        assert land["b"].name in desk("county").get(reverse(road, args=[land["a"].pk])).content.decode()
    assert land["b"].name in desk("county").get(reverse("find"), q="A工业园").content.decode()


def test_the_api_tells_the_same(land, who, desk):
    row = ready(land, who)
    found = desk("county").get(f"/api/restructures/{row.pk}").json()
    assert (found["state"], found["kind"]) == (State.AUDITED, "merge")
    assert [one["part"] for one in found["sides"]] == ["source", "heir"]
    assert [one["id"] for one in desk("county").get("/api/restructures").json()["items"]] == [row.pk]
    assert desk("far").get(f"/api/restructures/{row.pk}").status_code == 404


def test_a_small_federation_is_told_of_employers_and_members_alike(land, who, desk):
    row = actions.propose(draft=draft(land), by=who["town"], at=AT)
    pages = [
        reverse("restructure", args=[row.pk]),
        f"{reverse('propose-restructure')}?source={land['b'].pk}",
        reverse("organisation", args=[land["a"].pk]),
    ]
    for page in pages:
        text = desk("town").get(page).content.decode()
        assert "覆盖单位 5 家，少于 20 家" in text, page
        assert "会员 0 人，少于 200 人" in text, page
