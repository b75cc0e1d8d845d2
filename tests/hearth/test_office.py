"""Household files at the office: found first, told part by part, nothing overwritten, nothing leaked."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.households import queries, rules
from niangjia.households.models import Household, Proposal
from niangjia.kernel.identifiers import IdKind
from niangjia.papers.models import Paper as Issued
from niangjia.people import actions as people
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.households.worlds import FACTS, SON, WORKER

NEW = "/households/new/"
SHUT = (302, 403)
"""Not allowed; who is not logged in is led there first."""


def form(html):
    """What stands in the form of a page, as a browser would send it back."""
    told = {}
    for field in BeautifulSoup(html, "html.parser").select("form[method=post] :is(input, select, textarea)"):
        kind, name = field.get("type", ""), field.get("name")
        if not name or (kind in {"checkbox", "radio"} and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            told[name] = chosen["value"] if chosen else ""
        else:
            told[name] = field.text.strip() if field.name == "textarea" else field.get("value", "")
    told.pop("csrfmiddlewaretoken", None)
    told.pop("once", None)
    return told


def at(row, *more):
    return "/households/" + "/".join(str(part) for part in (row.pk, *more)) + "/"


def test_a_worker_is_found_by_his_number_and_his_name_is_not_typed_again(desk, village):
    known = people.register_person(
        draft=PersonDraft("何秀英"), keeper_id=village.town.unit_id, paper=Paper(IdKind.RESIDENT, WORKER),
        today=TODAY, by=village.town, at=AT,
    )  # fmt: skip
    status, _ = desk.sent(NEW, kind="resident", number=WORKER, name="", mobile="")
    assert status == 302
    assert Household.objects.get().head_id == known.pk


def test_an_unknown_number_asks_for_the_name_and_a_wrong_name_is_refused(desk, village):
    status, html = desk.sent(NEW, kind="resident", number=WORKER, name="", mobile="")
    assert status == 422
    assert "请填写姓名" in html
    assert desk.sent(NEW, kind="resident", number=WORKER, name="何秀英", mobile="")[0] == 302
    status, html = desk.sent(NEW, kind="resident", number=WORKER, name="赵别人", mobile="")
    assert status == 422
    assert "另一个姓名" in html


def test_a_household_that_is_on_file_is_pointed_to_and_nothing_of_it_is_told(desk, village):
    row = village.complete(village.household())
    status, html = desk.sent(NEW, kind="resident", number=WORKER, name="何秀英", mobile="")
    assert status == 422
    assert "已经在" in html or f"第 {row.pk} 号" in html
    assert "湍口村" not in html


def test_a_section_is_told_and_stands_with_who_told_it_and_when(desk, village):
    row = village.household(members=())
    status, html = desk.page(at(row, "sections", "income"))
    assert status == 200
    told = form(html) | {"income_year": "54,000", "compensation": "0"}
    assert desk.sent(at(row, "sections", "income"), **told)[0] == 302
    assert queries.facts_of(household=row)[None]["income_year"] == 5_400_000
    _, html = desk.page(at(row))
    assert "54,000.00" in html
    assert "工会登记" in html
    assert "2018年8月20日" in html


def test_what_cannot_be_read_names_its_field_and_loses_nothing(desk, village):
    row = village.household(members=())
    told = form(desk.page(at(row, "sections", "income"))[1])
    status, html = desk.sent(
        at(row, "sections", "income"), **told | {"income_year": "很多", "compensation": "5"}
    )
    assert status == 422
    assert "不是有效的金额" in html
    assert form(html)["compensation"] == "5"
    assert queries.facts_of(household=row)[None] == {}


def test_a_stale_form_overwrites_nothing_and_says_so(desk, village):
    row = village.complete(village.household(members=()))
    address = at(row, "sections", "family")
    told = form(desk.page(address)[1])
    village.change(row, by=village.mate, residence="湍口村 9 号", phone="13957400001")
    assert desk.sent(address, **told | {"residence": "湍口村 3 号"})[0] == 302
    assert queries.facts_of(household=row)[None]["residence"] == "湍口村 9 号"
    (one,) = queries.proposals_of(household=row)
    assert (one.key, one.told) == ("residence", "湍口村 3 号"), "the telephone was left alone, not told"
    _, html = desk.page(at(row))
    assert "没有覆盖" in html
    assert "湍口村 3 号" in html
    assert "湍口村 9 号" in html


def test_a_person_decides_between_two_tellings_with_a_reason(desk, village):
    row = village.complete(village.household(members=()))
    stale, _ = village.actions.changes_of(told={"income_year": "48000"}, bases={})
    village.actions.amend(household_id=row.pk, changes=stale, by=village.mate, at=AT, source="visit:1")
    (one,) = queries.proposals_of(household=row)
    address = at(row, "disagreements", one.number)
    status, html = desk.page(address)
    assert status == 200
    assert "48,000.00" in html
    assert "54,000.00" in html
    assert "入户走访" in html
    assert desk.sent(address, take="told", reason="")[0] == 422
    assert desk.sent(address, reason="看过工资单")[0] == 422
    assert desk.sent(address, take="told", reason="看过工资单")[0] == 302
    assert queries.facts_of(household=row)[None]["income_year"] == 4_800_000
    assert Proposal.objects.get(pk=one.number).settled == "taken"
    assert desk.page(address)[0] == 404
    _, html = desk.page(at(row, "history", "income_year"))
    assert html.index("48,000.00") < html.index("54,000.00")


def test_each_missing_thing_has_a_road_that_opens(desk, village):
    row = village.household(number="", members=(("spouse", "李大山", ""),))
    _, html = desk.page(at(row))
    roads = {
        link["href"].partition("#")[0]
        for link in BeautifulSoup(html, "html.parser").select("a")
        if "去补上" in link.text
    }
    assert len(roads) >= 5
    for road in roads:
        assert desk.page(road)[0] == 200, road


def test_a_members_card_is_compared_and_a_wrong_digit_says_so(desk, village):
    row = village.household(number="", members=())
    (head,) = queries.members_of(household=row)
    address = at(row, "members", head.number, "card")
    status, html = desk.sent(address, kind="resident", number=WORKER[:-1] + "8")
    assert status == 422
    assert "校验码" in html
    assert desk.sent(address, kind="resident", number=WORKER)[0] == 302
    assert queries.members_of(household=row)[0].real


def test_a_genuine_card_that_does_not_pass_needs_its_picture_and_a_second_officer(desk, village):
    row = village.household(number="", members=())
    (head,) = queries.members_of(household=row)
    address, broken = at(row, "members", head.number, "card"), WORKER[:-1] + "8"
    told = {"kind": "resident", "number": broken, "genuine": "on"}
    assert desk.sent(address, **told)[0] == 422
    _, html = desk.page(address)
    offered = BeautifulSoup(html, "html.parser").select("select[name=witness] option")
    assert str(village.town.user_id) not in {one["value"] for one in offered}
    card = SimpleUploadedFile("card.jpg", b"picture")
    assert desk.sent(address, **told, card=card, witness=str(village.mate.user_id))[0] == 302
    assert queries.members_of(household=row)[0].real


def test_members_come_and_go_and_another_becomes_the_head(desk, village):
    row = village.household(members=())
    added = {"kind": "resident", "number": SON, "name": "王小明", "relation": "child", "mobile": ""}
    assert desk.sent(at(row, "members", "new"), **added)[0] == 302
    head, son = queries.members_of(household=row)
    assert (
        desk.sent(at(row, "head"), member=str(son.number), relation="parent", reason="原户主外出")[0] == 302
    )
    assert [one.number for one in queries.members_of(household=row)] == [son.number, head.number]
    assert desk.sent(at(row, "members", head.number, "leave"), on="2018-08-20", reason="外出")[0] == 302
    assert desk.page(at(row, "members", head.number))[0] == 404
    assert "外出" in desk.page(at(row))[1]


def test_each_figure_of_the_list_opens_exactly_its_rows(desk, village):
    village.complete(village.household(members=()))
    village.household(number="", name="周大山", members=())
    _, html = desk.page("/households/")
    figures = BeautifulSoup(html, "html.parser").select(".figure-nj a")
    assert len(figures) == 5
    for link in figures:
        count = int(link.select_one(".figure-value").text)
        _, rows = desk.page(link["href"])
        assert len(BeautifulSoup(rows, "html.parser").select("tbody tr")) == count


def test_a_list_shows_masked_names_and_finds_by_name_and_number(desk, village):
    row = village.household(members=())
    _, html = desk.page("/households/", name="何秀英")
    assert "何某" in html
    assert "何秀英" not in BeautifulSoup(html, "html.parser").select_one("tbody").text
    assert len(BeautifulSoup(html, "html.parser").select("tbody tr")) == 1
    assert "没有符合条件" in desk.page("/households/", number=row.pk + 1)[1]


def test_an_auditor_reads_the_file_without_illness_and_without_the_child(desk, village):
    row = village.household(members=(("child", "王小明", SON),))
    village.complete(row, main_cause="illness")
    head, child = queries.members_of(household=row)
    village.tell(row, {"illness": "乳腺癌术后", "school": "湍口小学"}, member=child.number)
    auditor = desk.of(village.auditor)
    pages = [at(row), at(row, "members", head.number), at(row, "members", child.number)]
    told = "".join(auditor.page(address)[1] for address in pages)
    assert "54,000.00" in told
    for secret in ("乳腺癌术后", "湍口小学", "王小明", "本人或家属患病", "去补上"):
        assert secret not in told
    assert auditor.page(at(row, "history", "main_cause"))[0] in SHUT
    assert auditor.page(at(row, "sections", "income"))[0] in SHUT
    assert "乳腺癌术后" in desk.page(at(row, "members", child.number))[1]


def test_another_towns_officer_does_not_find_the_file(desk, village):
    row = village.household(members=())
    other = desk.of(village.elsewhere)
    for address in (at(row), at(row, "sections", "income"), at(row, "form"), at(row, "history", "residence")):
        assert other.page(address)[0] == 404


@pytest.mark.parametrize("section", ["nosuch", "member"])
def test_a_section_that_is_not_asked_does_not_exist(desk, village, section):
    assert desk.page(at(village.household(members=()), "sections", section))[0] == 404


def test_the_paper_is_issued_from_the_record_and_lies_sealed(desk, village):
    row = village.complete(village.household())
    assert desk.sent(at(row, "form"), once="one")[0] == 302
    paper = Issued.objects.get()
    assert (paper.title, paper.person_id, paper.about_id) == ("家庭情况表", row.head_id, row.pk)
    body = bytes(paper.told.body)
    assert FACTS["residence"].encode() not in body
    assert b"54,000" not in body


def test_the_page_of_a_union_tells_how_many_households_lie_there(desk, village):
    village.household(members=())
    status, html = desk.page(f"/register/organisations/{village.town.unit_id}/")
    assert status == 200
    assert f"/households/?under={village.town.unit_id}" in html
    assert rules.KIND == "households.household"
