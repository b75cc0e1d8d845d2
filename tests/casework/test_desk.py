"""The desk: an application asked on behalf goes its whole way by forms; every number opens its rows."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from niangjia.aid.models import AidApplication, Round
from niangjia.aid.rules import AidKind, State
from niangjia.kernel import clock
from niangjia.kernel.money import Yuan
from niangjia.notices.models import PublicNotice
from niangjia.papers.models import Paper
from tests.aid.worlds import LATER
from tests.casework.test_phone import text
from tests.conftest import AT, TODAY
from tests.households.worlds import SON
from tests.members.people import number_of

FATHER, DAUGHTER = "990101199001010019", "990101200002290011"


def done(answer):
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def at(row, name):
    return reverse(name, args=[row.pk])


def version(row):
    return str(AidApplication.objects.get(pk=row.pk).version)


def hidden(page):
    """What travels with the form of a batch."""
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    return {
        one["name"]: one["value"]
        for one in soup.select("form[method=post] input[type=hidden]")
        if one["name"] in {"numbers", "count", "fen"}
    }


@pytest.fixture
def home(people):
    return people.family()


def asked(people, desk, home):
    """An application that an officer writes for the family; what is known is filled in already."""
    new = reverse("new-aid-application") + f"?household={home.pk}"
    form = BeautifulSoup(desk(people.town).get(new).content.decode(), "html.parser")
    assert form.select_one("[name=school]")["value"] == "某大学"
    told = {
        "kind": "study", "campaign": str(people.campaign.pk), "student": str(people.child(home).person_id),
        "stage": "undergraduate", "school": "某大学", "admission_no": "A2018001", "tuition": "6000",
        "asked": "", "other_aid": "", "school_kind": "", "words": "孩子考上大学。",
    }  # fmt: skip
    done(desk(people.town).post(new, **told))
    return AidApplication.objects.get()


def posted(people, desk):
    """All that were reviewed are posted together."""
    batch = reverse("aid-batch-round")
    shown = desk(people.mate).get(batch)
    assert "将作用于筛选出的 1 件，合计 3,000.00 元" in text(shown)
    told = {"name": "春风助学第一批", "starts_on": str(TODAY), "board": "镇政府公示栏"}
    return done(desk(people.mate).post(batch, **hidden(shown), **told))


def test_an_application_goes_its_whole_way_by_forms(people, desk, home):
    row = asked(people, desk, home)
    assert (row.on_behalf, row.asked_fen) == (True, Yuan.of(3_000).fen)
    done(desk(people.town).post(at(row, "submit-aid"), version=version(row)))
    assert "还没有两名干部签名" in text(desk(people.mate).get(at(row, "aid-application")))
    people.visit(home)
    page = text(desk(people.mate).get(at(row, "aid-application")))
    assert "审核通过，安排公示" in page
    assert "走访干部" in page
    done(desk(people.mate).post(at(row, "decide-aid"), version=version(row), step="review", reason=""))
    assert posted(people, desk) == reverse("aid-round", args=[Round.objects.get().pk])
    assert "何某" in str(PublicNotice.objects.get().rows)
    people.run_out()
    with clock.fixed(AT + LATER):
        page = desk(people.county).get(at(row, "aid-application"))
        assert "可用 100,000.00 元，发 3,000.00 元后还有 97,000.00 元" in text(page)
        amount = BeautifulSoup(page.content.decode(), "html.parser").select_one("[name=amount]")
        assert not amount.get("value"), "nothing is filled in beforehand"
        told = {"version": version(row), "amount": "3000", "fund_id": str(people.fund.pk)}
        done(desk(people.county).post(at(row, "approve-aid"), **told))
        done(desk(people.acc).post(at(row, "order-aid"), on="1"))
    assert people.state(row) == State.PAYING


def test_what_is_refused_stays_on_the_page_with_everything_typed(people, desk, home):
    row = people.submitted(home)
    page = desk(people.mate).post(at(row, "decide-aid"), version=version(row), step="refuse", reason="")
    assert page.status_code == 422
    assert "请写明理由，申请人会读到" in text(page)
    assert people.state(row) == State.SUBMITTED


def test_a_relative_reads_but_gets_no_button(people, desk, home):
    row = people.submitted(home)
    spouse = next(one for one in home.members.all() if one.relation == "spouse").person
    officer = people.officer("kin", people.land["left_town"], people.town.role, person=spouse)
    page = text(desk(officer).get(at(row, "aid-application")))
    assert "您须回避" in page
    assert "退回，请申请人补正" not in page


def test_who_does_not_keep_the_file_sees_neither_illness_nor_the_child(people, desk, home):
    people.tell(home, {"health": "serious"}, member=people.child(home).number)
    row = people.submitted(home)
    name = people.child(home).name
    for who, whole in ((people.county, True), (people.city, False), (people.auditor, False)):
        page = text(desk(who).get(at(row, "aid-application")))
        assert "家庭成员" in page
        assert (name in page, "健康状况" in page) == (whole, whole), who.role


def test_a_second_saver_is_told_and_overwrites_nothing(people, desk, home):
    row = people.submitted(home)
    old = version(row)
    done(desk(people.mate).post(at(row, "decide-aid"), version=old, step="send_back", reason="请补材料"))
    answer = desk(people.town).post(at(row, "decide-aid"), version=old, step="refuse", reason="不符合")
    assert answer.status_code == 422
    assert people.state(row) == State.RETURNED


@pytest.fixture
def two(people, home):
    """Two families reviewed."""
    other = people.family(number=FATHER, name="王大海", members=(("child", "王小红", DAUGHTER),))
    return [people.reviewed(home), people.reviewed(other, admission_no="A2018002")]


def test_a_batch_acts_on_exactly_what_was_shown(people, desk, two):
    batch = reverse("aid-batch-round")
    shown = desk(people.mate).get(batch)
    assert "将作用于筛选出的 2 件，合计 6,000.00 元" in text(shown)
    less = desk(people.mate).get(batch + f"?but={two[0].pk}")
    assert "将作用于筛选出的 1 件，合计 3,000.00 元" in text(less)
    told = {**hidden(less), "name": "第一批", "starts_on": str(TODAY), "board": ""}
    done(desk(people.mate).post(batch + f"?but={two[0].pk}", **told))
    assert [people.state(one) for one in two] == [State.REVIEWED, State.NOTICED]


def test_a_batch_refuses_numbers_that_are_not_what_stands(people, desk, two):
    batch = reverse("aid-batch-round")
    told = {**hidden(desk(people.mate).get(batch)), "name": "第一批", "starts_on": str(TODAY), "board": ""}
    for name, wrong in (("fen", "1"), ("count", "3"), ("numbers", str(two[0].pk))):
        answer = desk(people.mate).post(batch, **{**told, name: wrong})
        assert answer.status_code == 422
        assert "什么都没有办" in text(answer)
    assert {people.state(one) for one in two} == {State.REVIEWED}


def test_one_that_cannot_go_on_holds_the_whole_batch_and_is_named(people, desk, two):
    people.noticed(*two)
    batch = reverse("aid-batch-approve")
    shown = desk(people.county).get(batch)
    told = {**hidden(shown), "fund_id": str(people.fund.pk)}
    answer = desk(people.county).post(batch, **told)
    assert answer.status_code == 422
    assert f"第 {two[0].pk} 号" in text(answer)
    assert "公示还没有期满" in text(answer)
    people.run_out()
    with clock.fixed(AT + LATER):
        done(desk(people.county).post(batch, **told))
    assert {people.state(one) for one in two} == {State.APPROVED}


def granted(people, desk, two):
    people.noticed(*two)
    people.run_out()
    for one in two:
        people.approve(one)
    people.pay(*[people.fresh(one) for one in two])


def test_the_year_equals_the_books_to_the_fen_and_opens_its_rows(people, desk, two):
    granted(people, desk, two)
    page = desk(people.county).get(reverse("aid-year"), year="2018")
    said = text(page)
    assert re.search(r"账簿列支（凭证合计，已减冲销） 6,000.00", said)
    assert re.search(r"差额 (\S+ )?0.00", said)
    links = BeautifulSoup(page.content.decode(), "html.parser").select(".figure-link")
    grants = desk(people.county).get(links[0]["href"])
    assert "共 2 件" in text(grants)
    homes = desk(people.county).get(links[2]["href"])
    assert "共 2 行" in text(homes)


def test_every_number_of_the_list_opens_its_rows(people, desk, two):
    granted(people, desk, two)
    third = people.family(number=number_of(31), name="赵三", members=())
    people.submitted(third, kind=AidKind.TEMPORARY, campaign=False)
    page = BeautifulSoup(desk(people.county).get(reverse("aid-applications")).content.decode(), "html.parser")
    seen = {}
    for link in page.select(".figure-link"):
        label, value = link.select_one(".sr-only").text.strip(), link.select_one(".figure-value").text
        opened = text(desk(people.county).get(link["href"]))
        seen[label] = value
        if label != "发放金额":
            assert re.search(rf"共 {value} [件行]", opened), (label, value)
    assert seen == {
        "提出申请": "3",
        "在办": "1",
        "已发放": "2",
        "受助家庭": "2",
        "受助职工": "2",
        "发放金额": "6,000.00 元",
    }


def test_the_roster_and_the_forms_are_printed_from_the_record(people, desk, two):
    granted(people, desk, two)
    round_ = Round.objects.get()
    done(desk(people.mate).post(reverse("print-aid-roster", args=[round_.pk]), on="1"))
    for name in ("print-aid-approval", "print-study-form"):
        done(desk(people.mate).post(at(two[0], name), on="1"))
    made = Paper.objects.filter(template__startswith="relief.").values_list("series", flat=True)
    assert sorted(made) == ["FF", "JZ", "ZX"]


def test_the_register_says_of_every_grant_whether_it_goes_out(people, desk, two):
    granted(people, desk, two)
    said = text(desk(people.county).get(reverse("aid-register"), year="2018"))
    assert re.search(r"可以导出 2", said)
    assert "未与全国帮扶工作管理系统核对" in said


def test_a_round_shows_its_notice_and_takes_one_out(people, desk, two):
    people.noticed(*two)
    round_ = Round.objects.get()
    said = text(desk(people.county).get(reverse("aid-round", args=[round_.pk])))
    assert "个工作日" in said
    done(desk(people.county).post(at(two[0], "take-out-aid"), reason="邻居反映有房两套，属实"))
    assert people.fresh(two[0]).objected


def test_payers_read_neither_words_nor_illness(people, desk, home):
    row = people.approved(home)
    for who in (people.acc, people.aud):
        said = text(desk(who).get(at(row, "aid-application")))
        assert "孩子考上大学。" not in said
        assert "健康状况" not in said


def test_another_town_finds_nothing(people, desk, home):
    row = people.submitted(home)
    for name in ("aid-application", "decide-aid", "edit-aid-application", "print-aid-approval"):
        assert desk(people.elsewhere).get(at(row, name)).status_code == 404


def test_programs_read_the_same_rows(people, desk, home):
    row = people.submitted(home)
    told = desk(people.county).get("/api/aid/applications", state="submitted").json()
    assert [one["id"] for one in told["items"]] == [row.pk]
    assert desk(people.elsewhere).get(f"/api/aid/applications/{row.pk}").status_code == 404
    assert SON not in str(told)
