import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from niangjia.accounts.models import User
from niangjia.kernel.access import SYSTEM, Actor, Reach, Role
from niangjia.members import actions, queries
from niangjia.members.models import Membership
from niangjia.people.models import Person
from tests.conftest import AT, TODAY
from tests.members.people import member, number_of, worker
from tests.network.acting import NOW, Desk, officer

CHECKER = Path(__file__).resolve().parents[2] / "scripts" / "check_card.py"


def text_of(answer):
    return answer.content.decode()


def check(line):
    """What the script says that needs no network: its code, and whether it names the member."""
    seen = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(CHECKER), *line], capture_output=True, text=True, check=False
    )
    return seen.returncode, "林某" in seen.stdout


def mine(client, row):
    user = User.objects.create(username="member", name="我", created_at=AT, person=row.person)
    client.force_login(user)
    words = {"members.own": Reach.OWN}
    return Desk(
        client, Actor(name="我", role=Role.MEM, user_id=user.pk, person_id=row.person_id, words=words)
    )


def test_a_worker_is_entered_once_and_his_number_tells_sex_and_birth(land, chair):
    address = f"/register/organisations/{land['left_single'].pk}/members/"
    number = number_of(3, female=True)
    told = {
        "name": "白露",
        "kind": "resident",
        "number": number,
        "mobile": "13957401111",
        "since": "2018-08-01",
    }
    told |= {"employer": land["left_firm"].name}
    answer = chair.post(address, **told)
    assert answer.status_code == 302, text_of(answer)[:4000]
    row = Membership.objects.get()
    assert (row.sex, row.born_year, row.employer_id) == ("female", 1985, land["left_firm"].pk)
    again = chair.post(address, **told)
    assert again.status_code == 422
    assert "不用重复登记" in text_of(again)
    assert Person.objects.count() == 1


def test_who_counts_elsewhere_is_entered_beside(land, client, acting):
    member(land["right_joint"], place=7)
    desk = Desk(client, officer(Role.PRI, land["left_single"]))
    address = f"/register/organisations/{land['left_single'].pk}/members/"
    told = {"name": "方舟", "kind": "resident", "number": number_of(7), "since": "2018-08-01"}
    refused = desk.post(address, **told)
    assert "一人只有一个计数的会籍" in text_of(refused)
    assert desk.post(address, **told, beside="yes").status_code == 302
    assert queries.member_counts(unit_id=land["city"].pk, day=TODAY).members == 1


def test_the_list_opens_every_figure_and_finds_by_a_few_letters(land, town):
    for name, female in (("常山", False), ("丁香", True), ("丁鹏", False)):
        member(land["left_single"], name=name, female=female, employer=land["left_firm"])
    member(land["left_joint"], name="何川", mobile=False)
    page = text_of(town.get("/members/"))
    assert all(name in page for name in ("常山", "丁香", "何川"))
    assert "共 4 人" in page.replace("\xa0", " ") or ">4<" in page or "4" in page
    assert "何川" not in text_of(town.get("/members/", words="dx"))
    assert "丁香" in text_of(town.get("/members/", words="dx"))
    lacking = text_of(town.get("/members/", lacks="mobile"))
    assert "何川" in lacking
    assert "常山" not in lacking


def test_a_member_with_an_employer_reads_his_own_page_and_is_led_only_where_he_may_go(land, client, acting):
    row = member(land["left_single"], employer=land["left_firm"])
    page = text_of(mine(client, row).get("/me/membership/"))
    assert land["left_firm"].name in page
    assert f"/unions/{land['left_single'].pk}/" in page
    assert "/register/organisations/" not in page
    assert f"/members/{row.pk}/" not in page
    assert "实际用工单位" not in page, "nothing is known of it, so nothing is said"


def test_small_groups_are_hidden_in_the_statistics(land, town):
    for n in range(6):
        member(land["left_single"], female=n == 0, employer=land["left_firm"])
    page = text_of(town.get("/members/statistics/"))
    assert "已隐去" in page
    assert "人数太少的分组不显示" in page


@pytest.mark.parametrize(
    ("role", "place"), [(Role.MUN, "city"), (Role.AUD, "left_county"), (Role.PRV, "province")]
)
def test_who_only_counts_reads_masked_names(land, client, acting, role, place):
    row = member(land["left_single"], name="柯桥")
    desk = Desk(client, officer(role, land[place]))
    for address in ("/members/", f"/members/{row.pk}/"):
        page = text_of(desk.get(address))
        assert "柯桥" not in page
        assert "柯某" in page


def test_a_membership_goes_through_its_steps_at_the_desk(land, chair):
    row = member(land["left_single"], employer=land["left_firm"])
    page = f"/members/{row.pk}/"
    assert "保留会籍" in text_of(chair.get(page))
    answer = chair.post(f"{page}retain/", since="2018-08-01", reason="退休", version="1")
    assert answer.status_code == 302, text_of(answer)[:2000]
    kept = Membership.objects.get(state="retained")
    assert (
        chair.post(f"/members/{kept.pk}/resume/", since="2018-08-10", reason="返聘", version="1").status_code
        == 302
    )
    now = Membership.objects.get(until=None)
    stale = chair.post(
        f"/members/{now.pk}/end/", until="2018-08-15", ended="left", reason="退会", version="9"
    )
    assert "刚刚有人办过一步" in text_of(stale)
    done = chair.post(f"/members/{now.pk}/end/", until="2018-08-15", ended="left", reason="退会", version="1")
    assert done.status_code == 302
    assert queries.member_counts(unit_id=land["left_single"].pk, day=TODAY).members == 0


def test_the_organisation_page_tells_its_members(land, town):
    member(land["left_single"])
    page = text_of(town.get(f"/register/organisations/{land['left_fed'].pk}/"))
    assert "会员" in page
    assert f"/members/?under={land['left_fed'].pk}" in page


def test_a_member_shows_his_card_and_anybody_checks_it_without_the_network(land, client, acting):
    row = member(land["left_single"], name="林泉")
    desk = mine(client, row)
    assert "出示会员卡" in text_of(desk.get("/me/membership/"))
    page = desk.get("/me/membership/card/")
    assert "<svg" in text_of(page)
    text = actions.issue_card(membership=row, today=TODAY)
    key = queries.card_key()
    line = [text, "--key", key, "--day", "2018-08-21"]
    assert check(line) == (0, True)
    assert check([text.replace("NJ1.", "NJ1.A", 1), *line[1:]])[0] in {1, 2}
    assert check([*line[:-1], "2019-08-21"])[0] == 1
    NOW["actor"] = desk.actor
    assert "签名有效" in text_of(desk.post("/card/", text=text))
    assert "签名不对" in text_of(desk.post("/card/", text=text[:-2] + ("AA" if text[-2:] != "AA" else "BB")))


def test_a_member_reads_for_whom_he_works_though_no_post_of_his_reaches_the_employer(land, client, acting):
    person = worker(land["left_single"])
    row = actions.admit(
        person_id=person.pk, union_id=land["left_single"].pk, since=date(2018, 6, 1),
        draft=actions.MembershipDraft(employer_id=land["left_firm"].pk), by=SYSTEM, at=AT,
    )  # fmt: skip
    assert land["left_firm"].name in text_of(mine(client, row).get("/me/membership/"))


def test_a_member_chooses_where_he_counts_and_asks_for_a_transfer(land, client, acting):
    row = member(land["left_single"])
    side = actions.affiliate(
        person_id=row.person_id, union_id=land["right_joint"].pk, since=date(2018, 6, 1),
        draft=actions.MembershipDraft(), by=SYSTEM, at=AT,
    )  # fmt: skip
    desk = mine(client, row)
    assert "改由这家工会计数" in text_of(desk.get("/me/membership/"))
    assert desk.post(f"/me/membership/choose/{side.pk}/", since="2018-08-10").status_code == 302
    assert queries.member_counts(unit_id=land["right_joint"].pk, day=TODAY).members == 1
    asked = desk.post("/me/membership/transfer/", to_union=land["left_joint"].name, reason="搬家了")
    assert asked.status_code == 302, text_of(asked)[:2000]
    assert "待转出工会办理" in text_of(desk.get("/me/membership/"))


def test_somebody_without_a_membership_is_led_to_find_his_union(land, client, acting):
    person = worker(land["left_single"])
    row = Membership(person=person)
    desk = mine(client, row)
    assert "找我的工会" in text_of(desk.get("/me/membership/"))
    assert desk.get("/me/membership/card/").status_code == 404
