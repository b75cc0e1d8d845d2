"""我的家庭: the family sees what is known, consents purpose by purpose, tells itself, sees no other."""

import pytest
from bs4 import BeautifulSoup

from niangjia.households import queries
from niangjia.people.models import Consent
from tests.hearth.conftest import worker
from tests.hearth.test_office import form
from tests.households.worlds import SON

HOME, CONSENTS = "/me/household/", "/me/household/consents/"


@pytest.fixture
def family(desk, village):
    row = village.complete(village.household(members=(("spouse", "李大山", ""), ("child", "王小明", SON))))
    head, wife, son = queries.members_of(household=row)
    return row, head, wife, son


def test_the_worker_sees_everything_that_is_known_and_from_whom(desk, village, family):
    _, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    status, html = mine.page(HOME)
    assert status == 200
    for told in ("54,000.00", "湍口村 1 号", "李大山", "工会登记", village.town.unit_name):
        assert told in html


def test_consent_is_asked_before_anything_sensitive_and_each_by_itself(desk, village, family):
    _, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    first = BeautifulSoup(mine.page(HOME)[1], "html.parser").select_one(".actions-nj a.btn-primary")["href"]
    assert first == CONSENTS
    _, html = mine.page(CONSENTS)
    ticks = BeautifulSoup(html, "html.parser").select("input[type=checkbox]")
    assert {one["name"] for one in ticks} == {"finance", "health", "child"}
    assert not any(one.has_attr("checked") for one in ticks)
    assert mine.page(HOME + "income/")[0] == 302, "without consent there is nothing to ask"
    assert mine.sent(CONSENTS, finance="on", once="one")[0] == 302
    assert list(Consent.objects.values_list("purpose", "person_id")) == [("finance", head.person_id)]
    assert mine.page(HOME + "income/")[0] == 200
    _, html = mine.page(HOME + "causes/")
    assert "main_cause" not in form(html), "illness is not asked without its consent"
    assert "remarks" in form(html)


def test_nothing_need_be_consented_to_and_the_rest_is_still_asked(desk, village, family):
    row, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    assert mine.sent(CONSENTS, once="one")[0] == 302
    told = form(mine.page(HOME + "family/")[1]) | {"residence": "湍口村 5 号"}
    assert mine.sent(HOME + "family/", **told)[0] == 302
    assert queries.facts_of(household=row)[None]["residence"] == "湍口村 5 号"


def test_the_pages_lead_on_in_order_with_the_step_and_back_to_the_whole(desk, village, family):
    _, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    address = mine.post(CONSENTS, finance="on", health="on", child="on").headers["Location"]
    seen = []
    while address != HOME:
        _, html = mine.page(address)
        seen.append(BeautifulSoup(html, "html.parser").select_one("h1").text.strip())
        assert f"第 {len(seen)} 步，共 8 步" in html
        address = mine.post(address, **form(html)).headers["Location"]
    assert seen == [
        "家庭情况", "收入", "支出", "住房", "致困原因", "何秀英的情况", "李大山的情况", "王小明的情况",
    ]  # fmt: skip


def test_what_differs_from_an_officers_telling_waits_and_the_family_is_told(desk, village, family):
    row, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    told = form(mine.page(HOME + "family/")[1])
    village.change(row, residence="湍口村 9 号")
    mine.sent(HOME + "family/", **told | {"residence": "湍口村 5 号"})
    assert queries.facts_of(household=row)[None]["residence"] == "湍口村 9 号"
    _, html = mine.page(HOME)
    assert "没有覆盖" in html
    assert "等登记工会核定" in html


def test_the_spouse_sees_the_household_and_tells_of_herself_and_the_child_only(desk, village, family):
    row, head, wife, son = family
    village.tell(row, {"illness": "慢性肾病"}, member=head.number)
    hers = desk.of(worker(village, wife.person_id))
    _, html = hers.page(HOME)
    assert "李大山的情况" in html
    assert "王小明的情况" in html
    assert "慢性肾病" not in html
    status, html = hers.page(f"{HOME}members/{head.number}/")
    assert status == 404
    assert "由他本人或户主填写" in html
    hers.sent(CONSENTS, child="on", finance="on", health="on", once="one")
    assert hers.page(f"{HOME}members/{son.number}/")[0] == 200


def test_a_child_is_led_to_the_worker_and_a_stranger_to_his_union(desk, village, family):
    row, _, _, son = family
    assert desk.of(worker(village, son.person_id)).page(HOME)[0] in {302, 403}
    other = village.household(number="", name="周大山", members=(), by=village.elsewhere)
    stranger = desk.of(worker(village, other.head_id, "stranger"))
    assert "湍口村" not in stranger.page(HOME)[1]
    member = queries.members_of(household=row)[0].number
    assert stranger.page(f"{HOME}members/{member}/")[0] == 404
    assert stranger.page(f"/households/{row.pk}/")[0] == 404


def test_the_worker_is_led_from_the_offices_pages_to_his_own(desk, village, family):
    row, head, *_ = family
    mine = desk.of(worker(village, head.person_id))
    for address in ("/households/", f"/households/{row.pk}/"):
        assert mine.get(address).headers["Location"] == HOME
    assert mine.page(f"/households/{row.pk}/sections/income/")[0] in {302, 403}


def test_who_has_no_household_is_told_the_next_step(desk, village):
    status, html = desk.of(worker(village, village.household(members=()).head_id)).page(HOME)
    assert status == 200
    status, html = desk.of(village.nobody()).page(HOME)
    assert status == 200
    assert "/me/leads/new/" in html
