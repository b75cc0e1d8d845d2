"""The pages of founding: the invitation, the list, one establishment, every form on the way."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests.conftest import TODAY
from tests.founding.worlds import CODE, GROUP, SLATE, UNION_CODE, VOTES
from tests.network import worlds

from niangjia.founding.models import UnionEstablishment
from niangjia.founding.rules import State
from niangjia.network.models import Coverage, Organisation
from niangjia.papers.models import Paper

REQUEST = {
    "parent": "衢江区大洲镇工会联合会", "kind": "single_primary_union", "name": "大洲新风电子厂工会委员会",
    "workers": "60", "members": "40", "term_years": "3", "phone": "0570-8800000", "address": "", "mode": "",
    "words": "",
}  # fmt: skip
EMPLOYER = {
    "name": "大洲新风电子厂",
    "uscc": CODE,
    "kind": "enterprise",
    "headcount": "60",
    "sector": "other",
}


def one():
    return UnionEstablishment.objects.get()


def at(name, *args):
    return reverse(name, args=[one().pk, *args])


def text(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)


def step(desk, name, **told):
    """A step as its form is posted, on the version that stands; the answer leads back to the page."""
    answer = desk.post(at(name), version=str(one().version), **told)
    assert answer.status_code == 302, text(answer)
    return answer


def asked(desk):
    """The founders' request with its parts, by forms."""
    assert desk.post(reverse("new-establishment"), **REQUEST).status_code == 302
    assert desk.post(at("name-employer"), **EMPLOYER).status_code == 302
    for name, leads in GROUP:
        more = {"leads": "on"} if leads else {}
        assert desk.post(at("join-founding-group"), name=name, duty="车间", **more).status_code == 302


def elected(desk):
    for name, post in SLATE:
        told = {"name": name, "post": str(post), "relative": "no"}
        assert desk.post(at("propose-candidate"), **told).status_code == 302
    congress = {
        "meeting": "members",
        "congress_on": str(TODAY),
        "entitled": "40",
        "present": "36",
        "seats": "3",
    }
    step(desk, "hold-congress", **congress)
    votes = {f"votes_{one.pk}": str(VOTES[one.name]) for one in one().candidates.all()}
    step(desk, "submit-result", teller_1="钱五", teller_2="孙六", signed="on", **votes)


def test_a_union_is_founded_by_forms_from_the_request_to_the_legal_person(founders, desk):
    asked(desk(founders.worker))
    step(desk(founders.worker), "submit-establishment")
    step(desk(founders.town), "review-establishment")
    step(desk(founders.county), "approve-preparation", prepared_on=str(TODAY))
    elected(desk(founders.worker))
    step(
        desk(founders.county),
        "approve-establishment",
        approved_on=str(TODAY),
        reply_no="衢江总工〔2018〕12号",
    )
    union = Organisation.objects.get(name=REQUEST["name"])
    assert (one().state, union.approval_doc_no) == (State.APPROVED, "衢江总工〔2018〕12号")
    assert Coverage.objects.filter(union=union, counts=True).count() == 1
    told = {"legal_person_no": "浙工法证字第080001号", "uscc": UNION_CODE, "registered_on": str(TODAY)}
    step(desk(founders.county), "register-legal-person", **told)
    page = desk(founders.worker).get(at("establishment"))
    assert "已登记法人" in text(page)
    assert page.content.decode().count(f"{at('establishment')}papers/") == 4


def test_the_public_reads_what_is_needed_without_logging_in(founders, desk):
    page = desk().get(reverse("found-our-union"))
    assert page.status_code == 200
    assert "至少 3 人" in text(page)
    assert reverse("account_login") in page.content.decode()
    assert (
        reverse("new-establishment") in desk(founders.worker).get(reverse("found-our-union")).content.decode()
    )


def test_to_ask_one_logs_in(founders, desk):
    assert desk().get(reverse("new-establishment")).status_code in {302, 401, 403}
    assert desk().get(reverse("establishments")).status_code in {302, 401, 403}


def test_the_page_lists_what_is_missing_and_leads_there(founders, desk):
    desk(founders.worker).post(reverse("new-establishment"), **REQUEST)
    page = desk(founders.worker).get(at("establishment"))
    said, html = text(page), page.content.decode()
    assert "还没有写明是哪家单位建会" in said
    assert "筹备组现有 0 人，至少 3 人" in said
    assert at("name-employer") in html
    assert at("join-founding-group") in html
    answer = desk(founders.worker).post(at("submit-establishment"), version=str(one().version))
    assert answer.status_code == 422
    assert "筹备组现有 0 人" in text(answer)


def test_the_applicant_sees_who_has_it_since_when_and_the_days_left(founders, desk):
    founders.submitted()
    said = text(desk(founders.worker).get(at("establishment")))
    assert "衢江区大洲镇总工会" in said
    assert "还有 5 个工作日" in said
    assert "上级总工会批准筹备" in said


def test_what_is_returned_waits_for_the_applicant_with_the_reason(founders, desk):
    founders.submitted()
    step(desk(founders.town), "send-back-establishment", reason="请补单位代码")
    said = text(desk(founders.worker).get(at("establishment")))
    assert "请补单位代码" in said
    assert "现在等您办理" in said
    assert "现在等申请人办理" in text(desk(founders.county).get(at("establishment")))


def test_each_sees_the_buttons_of_his_own_steps_only(founders, desk):
    founders.submitted()
    pages = {
        who: desk(getattr(founders, who)).get(at("establishment")).content.decode()
        for who in ("worker", "town", "county")
    }
    assert {who: at("review-establishment") in page for who, page in pages.items()} == {
        "worker": False, "town": True, "county": False,
    }  # fmt: skip
    assert {who: at("withdraw-establishment") in page for who, page in pages.items()} == {
        "worker": True, "town": True, "county": False,
    }  # fmt: skip


def test_a_stranger_and_another_town_find_nothing(founders, desk):
    founders.submitted()
    for who in (founders.stranger, founders.elsewhere):
        assert desk(who).get(at("establishment")).status_code == 404
        assert one().name not in text(desk(who).get(reverse("establishments")))


def test_the_list_is_narrowed_by_its_address(founders, desk):
    row = founders.submitted()
    county = desk(founders.county)
    assert row.name in text(county.get(reverse("establishments")))
    assert row.name in text(county.get(reverse("establishments"), state="open"))
    assert row.name not in text(county.get(reverse("establishments"), state="approved"))
    assert row.name not in text(county.get(reverse("establishments"), kind="union_federation"))
    assert row.name in text(county.get(reverse("establishments"), name="新风"))


def test_the_papers_are_handed_to_the_founders_and_to_nobody_else(founders, desk):
    founders.submitted()
    paper = Paper.objects.get()
    answer = desk(founders.worker).get(at("establishment-paper", paper.pk))
    assert answer.content.startswith(b"%PDF")
    assert desk(founders.stranger).get(at("establishment-paper", paper.pk)).status_code == 404
    other = Paper.objects.exclude(pk=paper.pk).first()
    assert other is None
    assert desk(founders.worker).get(at("establishment-paper", paper.pk + 1)).status_code == 404


def test_a_form_of_an_old_version_is_refused_and_says_so(founders, desk):
    row = founders.submitted()
    step(desk(founders.town), "send-back-establishment", reason="请补")
    answer = desk(founders.mate).post(at("review-establishment"), version=str(row.version))
    assert answer.status_code == 422
    assert "退回补正" in text(answer)


def test_the_votes_of_a_candidate_are_asked_by_name_and_the_tellers_must_sign(founders, desk):
    founders.held()
    form = desk(founders.worker).get(at("submit-result"))
    assert "陈一 得票" in text(form)
    votes = {f"votes_{one.pk}": "30" for one in one().candidates.all()}
    answer = desk(founders.worker).post(
        at("submit-result"), version=str(one().version), teller_1="钱五", teller_2="孙六", **votes
    )
    assert answer.status_code == 422
    assert "监票人核对并签字" in text(answer)


def test_the_page_of_a_town_and_of_an_uncovered_employer_offer_to_ask(founders, desk):
    land, town = founders.land, desk(founders.town)
    assert (
        reverse("new-establishment")
        in town.get(reverse("organisation", args=[land["left_town"].pk])).content.decode()
    )
    firm = worlds.employer("大洲新风电子厂", land["left_town"], uscc=CODE, headcount=66)
    page = town.get(reverse("employer", args=[firm.pk])).content.decode()
    assert f"{reverse('new-establishment')}?employer={firm.pk}" in page
    form = town.get(reverse("new-establishment"), employer=firm.pk)
    assert "大洲新风电子厂工会委员会" in form.content.decode()
    town.post(f"{reverse('new-establishment')}?employer={firm.pk}", **REQUEST)
    assert one().employers.get().employer_id == firm.pk


def test_the_page_of_the_union_leads_to_how_it_was_founded(founders, desk):
    row = founders.approved()
    page = desk(founders.county).get(reverse("organisation", args=[row.organisation_id]))
    assert at("establishment") in page.content.decode()


@pytest.mark.parametrize("name", ["establishments", "establishment"])
def test_a_page_costs_a_fixed_number_of_questions(founders, desk, name, django_assert_max_num_queries):
    founders.submitted()
    for n in range(3):
        founders.draft(name=f"第{n}厂工会")
    row = UnionEstablishment.objects.order_by("pk").first()
    address = reverse(name, args=[row.pk] if name == "establishment" else [])
    with django_assert_max_num_queries(60 if name == "establishment" else 15):
        desk(founders.county).get(address)


def test_the_api_gives_the_list_and_one_to_those_who_may(founders, desk):
    row = founders.submitted()
    town = desk(founders.town)
    items = town.get("/api/founding/establishments").json()["items"]
    assert [(item["id"], item["state"], item["kind"]) for item in items] == [
        (row.pk, "submitted", "single_primary_union")
    ]
    assert town.get("/api/founding/establishments", state="approved").json()["items"] == []
    assert town.get(f"/api/founding/establishments/{row.pk}").json()["name"] == row.name
    refused = desk(founders.stranger).get(f"/api/founding/establishments/{row.pk}")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    assert desk().get("/api/founding/establishments").status_code in {401, 403}
    assert desk(founders.worker).get(f"/api/founding/establishments/{row.pk}").json()["members"] == 40


def test_the_day_of_a_step_to_come_is_refused_beside_its_field(founders, desk):
    founders.reviewed()
    answer = desk(founders.county).post(
        at("approve-preparation"), version=str(one().version), prepared_on=str(date(2018, 9, 1))
    )
    assert answer.status_code == 422
    assert "不能晚于今天" in text(answer)
