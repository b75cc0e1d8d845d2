"""A worker joins on the phone, without JavaScript: three screens, nothing lost, nothing told to strangers."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup

from niangjia.bodies import actions as bodies
from niangjia.joining import actions, queries
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.kernel.access import SYSTEM, Role
from niangjia.network.rules import OrgKind
from niangjia.people.models import Person
from niangjia.welcome import queries as welcome
from tests.conftest import AT, TODAY
from tests.joining.applying import applied, code_for
from tests.members.people import member, number_of, worker
from tests.network.acting import Desk, officer
from tests.network.worlds import SINCE, cover, employer, found

WHO = {"name": "安平", "kind": "resident", "number": number_of(1)}


def typed(page):
    """The visible fields of a screen that are typed, not chosen."""
    form = BeautifulSoup(page.content, "html.parser").main.find("form", method="post")
    return [
        field["name"]
        for field in form.find_all(["input", "textarea"])
        if field.get("type", "text") not in {"hidden", "radio", "checkbox", "submit"}
    ]


def scanned(visitor, union, **more):
    code = code_for(union, **more)
    return code, visitor.get(f"/join/code/{queries.token_of(code=code)}/")


def joined(visitor, **work):
    """Through the screens, from the second on; the answer to handing in."""
    assert visitor.post("/join/who/", **WHO).headers["Location"] == "/join/work/"
    assert visitor.post("/join/work/", mobile="13957410001", **work).headers["Location"] == "/join/check/"
    return visitor.post("/join/check/", consent="on")


def receipt_on(answer):
    return re.search(r"/join/mine/(\w+)/", answer.headers["Location"])[1]


def test_the_code_of_a_single_union_asks_for_three_things(land, visitor):
    code, answer = scanned(visitor, land["left_single"])
    assert answer.headers["Location"] == "/join/who/"
    who, work = visitor.get("/join/who/"), visitor.get("/join/work/")
    assert "第 1 步，共 3 步" in who.content.decode()
    assert typed(who) + typed(work) == ["name", "number", "mobile"]
    assert land["left_firm"].name in work.content.decode()
    answer = joined(visitor)
    row = MembershipApplication.objects.get()
    assert (row.union_id, row.employer_id, row.channel) == (
        land["left_single"].pk,
        land["left_firm"].pk,
        "qr",
    )
    assert JoinQr.objects.get(pk=code.pk).uses == 1
    mine = visitor.get(f"/join/mine/{receipt_on(answer)}/")
    assert land["left_single"].name in mine.content.decode()
    assert "应在" in mine.content.decode()
    assert mine.headers["Cache-Control"] == "no-store"


def test_going_back_and_reloading_lose_nothing_and_the_numbers_are_readable_by_nobody(land, visitor):
    scanned(visitor, land["left_fed"])
    visitor.post("/join/who/", **WHO)
    visitor.post("/join/work/", mobile="13957410001", employer_told="东磁公司")
    for road, value in (("who", WHO["number"]), ("work", "13957410001"), ("check", "东磁公司")):
        assert value in visitor.get(f"/join/{road}/").content.decode()
    kept = visitor.client.cookies["join"]
    assert kept["httponly"]
    assert WHO["number"] not in kept.value
    assert visitor.post("/join/who/", **WHO | {"name": "白露"}).headers["Location"] == "/join/check/"
    assert "白露" in visitor.get("/join/check/").content.decode()
    visitor.client.cookies["join"] = kept.value[:-4] + "AAAA"
    assert visitor.get("/join/check/").headers["Location"] == "/join/"


def test_the_cookie_is_gone_after_handing_in(land, visitor):
    scanned(visitor, land["left_single"])
    joined(visitor)
    assert visitor.get("/join/check/").headers["Location"] == "/join/"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"number": "990101198506010018"}, "校验码"),
        ({"name": ""}, "请填写“姓名”。"),
        ({"number": "12"}, "18 位"),
        ({"kind": "passport", "number": "EA1234567"}, "请补填一下"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_above(land, visitor, told, words):
    scanned(visitor, land["left_single"])
    answer = visitor.post("/join/who/", **WHO | told)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.title.text.strip().startswith("有误：")
    assert words in page.select_one("[data-error-summary]").text
    assert page.select("[aria-invalid=true]") or "passport" in told.values()


def test_a_passport_asks_for_sex_and_birth_and_nothing_is_typed_twice(land, visitor):
    scanned(visitor, land["left_single"])
    told = {"name": "玛丽", "kind": "passport", "number": "EA1234567"}
    assert set(typed(visitor.post("/join/who/", **told))) == {"name", "number", "born"}
    answer = visitor.post("/join/who/", **told, sex="female", born="1990-02-03")
    assert answer.headers["Location"] == "/join/work/"
    visitor.post("/join/work/", mobile="+852 9123 4567")
    visitor.post("/join/check/", consent="on")
    row = MembershipApplication.objects.get()
    assert (row.sex, row.born, row.id_kind) == ("female", date(1990, 2, 3), "passport")


def test_without_consent_nothing_is_handed_in(land, visitor):
    scanned(visitor, land["left_single"])
    visitor.post("/join/who/", **WHO)
    visitor.post("/join/work/", mobile="13957410001")
    assert visitor.post("/join/check/", signature="").status_code == 422
    assert not MembershipApplication.objects.exists()


@pytest.mark.parametrize("over", ["expired", "used_up", "revoked"])
def test_a_code_that_is_over_says_so_and_leads_on(land, visitor, over):
    code = code_for(land["left_fed"], max_uses=1)
    token = queries.token_of(code=code)
    if over == "revoked":
        actions.revoke_code(code_id=code.pk, reason="海报丢了", by=SYSTEM, at=AT)
    elif over == "used_up":
        JoinQr.objects.filter(pk=code.pk).update(uses=1)
    else:
        JoinQr.objects.filter(pk=code.pk).update(expires_on=date(2018, 8, 1))
        code.refresh_from_db()
        token = queries.token_of(code=code)
    answer = visitor.get(f"/join/code/{token}/")
    assert answer.status_code == 410
    assert "/join/find/" in answer.content.decode()
    assert f"/join/union/{land['left_fed'].pk}/" in answer.content.decode()


def test_a_code_that_runs_out_on_the_way_keeps_what_was_typed(land, visitor):
    code, _ = scanned(visitor, land["left_single"], max_uses=1)
    visitor.post("/join/who/", **WHO)
    visitor.post("/join/work/", mobile="13957410001")
    JoinQr.objects.filter(pk=code.pk).update(uses=1)
    answer = visitor.post("/join/check/", consent="on")
    assert answer.status_code == 302
    assert not MembershipApplication.objects.exists()
    visitor.get(f"/join/union/{land['left_single'].pk}/")
    assert WHO["number"] in visitor.get("/join/who/").content.decode()


@pytest.mark.parametrize("token", ["NOTHING", "AAAAAAAAAAAAAAAAAAAAAAA", "不是码"])
def test_a_code_that_is_not_ours_does_not_exist(land, visitor, token):
    assert visitor.get(f"/join/code/{token}/").status_code == 404


def test_a_known_number_gets_the_same_pages_as_an_unknown_one(land, visitor):
    member(land["right_single"], name="安平", place=1)
    pages = []
    for place in (1, 2):
        scanned(visitor, land["left_single"])
        visitor.post("/join/who/", **WHO | {"number": number_of(place)})
        visitor.post("/join/work/", mobile="13957410001")
        answer = visitor.post("/join/check/", consent="on")
        receipt = receipt_on(answer)
        page = (
            BeautifulSoup(visitor.get(f"/join/mine/{receipt}/").content, "html.parser")
            .select_one("main")
            .text
        )
        shown = "-".join(receipt[start : start + 5] for start in range(0, 20, 5))
        pages.append(page.replace(shown, "").replace(number_of(place)[-4:], ""))
    assert pages[0] == pages[1]


def test_a_counter_assistant_of_a_brand_elsewhere_joins_the_malls_federation(land, visitor):
    zone = bodies.open_zone(
        keeper=land["left_town"], columns={"name": "新华联商厦", "kind": "business_district", "since": SINCE},
        by=SYSTEM, at=AT,
    )  # fmt: skip
    counter = employer("某品牌专柜", land["left_town"])
    bodies.enter_zone(zone=zone, employer=counter, since=SINCE, by=SYSTEM, at=AT)
    cover(land["right_joint"], counter)
    scanned(visitor, land["left_fed"], zone_id=zone.pk)
    joined(visitor, workplace=counter.pk, employer_told="某品牌（上海）有限公司")
    row = MembershipApplication.objects.get()
    assert (row.union_id, row.workplace_id, row.employer_told) == (
        land["left_fed"].pk, counter.pk, "某品牌（上海）有限公司",
    )  # fmt: skip


def test_who_works_in_a_firm_with_a_union_under_the_code_joins_that_one(land, visitor):
    zone = bodies.open_zone(
        keeper=land["left_town"], columns={"name": "园区", "kind": "park", "since": SINCE}, by=SYSTEM, at=AT
    )
    bodies.enter_zone(zone=zone, employer=land["left_firm"], since=SINCE, by=SYSTEM, at=AT)
    scanned(visitor, land["left_fed"], zone_id=zone.pk)
    joined(visitor, workplace=land["left_firm"].pk)
    assert MembershipApplication.objects.get().union_id == land["left_single"].pk


def test_whoever_is_logged_in_joins_on_one_screen(land, client, acting):
    person = worker(land["left_single"], name="安平", place=1)
    by = officer(Role.WRK, land["left_single"])
    object.__setattr__(by, "person_id", person.pk)
    desk = Desk(client, by)
    _, answer = scanned(desk, land["left_single"])
    assert answer.headers["Location"] == "/join/work/"
    assert desk.get("/join/work/").headers["Location"] == "/join/check/"
    assert typed(desk.get("/join/check/")) == []
    assert desk.post("/join/check/", consent="on").status_code == 302
    assert MembershipApplication.objects.get().person_id == person.pk


def test_the_applicant_answers_appeals_and_withdraws_by_the_code_he_holds(land, visitor):
    row, receipt = applied(land["left_single"])
    plain = receipt.replace("-", "")
    assert (
        visitor.post("/join/follow/", receipt=receipt.lower()).headers["Location"] == f"/join/mine/{plain}/"
    )
    assert visitor.post("/join/follow/", receipt="22222-22222-22222-22222").status_code == 404
    actions.return_application(application_id=row.pk, version=1, reason="请写全单位", by=SYSTEM, at=AT)
    page = visitor.get(f"/join/mine/{plain}/").content.decode()
    assert "请写全单位" in page
    assert f"/join/mine/{plain}/answer/" in page
    assert visitor.post(f"/join/mine/{plain}/answer/", words="东磁公司三车间").status_code == 302
    actions.reject_application(application_id=row.pk, version=3, reason="不是本单位职工", by=SYSTEM, at=AT)
    page = visitor.get(f"/join/mine/{plain}/").content.decode()
    assert "不是本单位职工" in page
    assert f"/join/mine/{plain}/appeal/" in page
    assert visitor.post(f"/join/mine/{plain}/appeal/", words="我在这里上班").status_code == 302
    row.refresh_from_db()
    assert row.state == "appealed"
    other, second = applied(land["left_single"], place=2)
    assert visitor.post(f"/join/mine/{second.replace('-', '')}/withdraw/", ok="1").status_code == 302
    other.refresh_from_db()
    assert other.state == "withdrawn"


def test_find_my_union_by_employer_by_trade_and_by_name_of_nothing(land, visitor):
    trade = found(
        OrgKind.FEDERATION, "江北区货运司机工会联合会", land["left_town"], mode="trade", sector="logistics"
    )
    by_firm = welcome.unions_for(asked=welcome.Asked(employer="衢江区东磁"), today=TODAY)
    assert by_firm[0].unit_id == land["left_single"].pk
    assert "已经在这家工会" in visitor.get("/join/find/", employer="衢江区东磁").content.decode()
    by_form = welcome.unions_for(asked=welcome.Asked(form="driver"), today=TODAY)
    assert by_form[0].unit_id == trade.pk
    blind = employer("云上科技公司", land["left_town"])
    by_blind = welcome.unions_for(asked=welcome.Asked(employer=blind.name), today=TODAY)
    assert by_blind[0].unit_id == land["left_town"].pk
    page = visitor.get("/join/find/", employer="没有这家").content.decode()
    assert "没有找到对得上的" in page
    assert welcome.unions_for(asked=welcome.Asked(), today=TODAY) == ()


def test_the_slogan_page_says_what_one_gets(land, visitor):
    page = visitor.get("/join/").content.decode()
    assert "我们都有一个家，名字叫工会" in page
    assert "/join/find/" in page


def test_an_officer_enters_at_the_door(land, chair):
    road = f"/register/organisations/{land['left_single'].pk}/application/"
    assert chair.get(road).status_code == 200
    told = WHO | {"channel": "door", "mobile": "13957410001", "employer_told": "东磁公司", "consent": "on"}
    answer = chair.post(road, **told)
    row = MembershipApplication.objects.get()
    assert answer.headers["Location"] == f"/applications/{row.pk}/"
    page = chair.get(answer.headers["Location"]).content.decode()
    assert "同意入会" in page
    assert number_of(1) not in page
    assert chair.post(f"/applications/{row.pk}/approve/", version=1, since="2018-08-20").status_code == 302
    assert Person.objects.count() == 1


def test_an_officers_list_and_every_step_has_its_page(land, town):
    row, _ = applied(land["left_single"])
    assert "安平" in town.get("/applications/", state="open", channel="web", name="安").content.decode()
    for verb in ("review", "approve", "affiliate", "hand-over", "return", "reject", "route"):
        assert town.get(f"/applications/{row.pk}/{verb}/").status_code == 200
    told = {"version": 1, "to": land["left_joint"].name, "reason": "在那里上班"}
    assert town.post(f"/applications/{row.pk}/route/", **told).status_code == 302
    row.refresh_from_db()
    assert row.union_id == land["left_joint"].pk


def test_codes_are_made_shown_printed_and_revoked(land, town):
    road = f"/register/organisations/{land['left_fed'].pk}/join-code/"
    assert town.get(road).status_code == 200
    answer = town.post(road, label="一楼大厅", expires_on="2018-12-31", max_uses=100)
    page = town.get(answer.headers["Location"]).content.decode()
    code = JoinQr.objects.get()
    assert "<svg" in page
    assert queries.address_of(code=code) in page
    assert town.get("/join-codes/").status_code == 200
    assert town.post(f"/join-codes/{code.pk}/revoke/", reason="海报丢了").status_code == 302
    assert "不要再张贴" in town.get(f"/join-codes/{code.pk}/").content.decode()
    assert "最长有效" in town.post(road, label="x", expires_on="2030-12-31", max_uses=1).content.decode()


def test_the_organisations_page_offers_joining(land, town):
    page = town.get(f"/register/organisations/{land['left_fed'].pk}/").content.decode()
    for words in ("待办入会申请", "入会码", "代填入会申请", "发起集中入会"):
        assert words in page


def test_handing_in_twice_by_a_double_press_counts_once(land, visitor):
    scanned(visitor, land["left_single"])
    visitor.post("/join/who/", **WHO)
    visitor.post("/join/work/", mobile="13957410001")
    kept = visitor.client.cookies["join"].value
    told = {"consent": "on", "once": "the-key-of-this-form", "csrfmiddlewaretoken": "x" * 32}
    first = visitor.post("/join/check/", **told)
    visitor.client.cookies["join"] = kept
    again = visitor.post("/join/check/", **told)
    assert first.headers["Location"] == again.headers["Location"]
    assert MembershipApplication.objects.count() == 1
