"""The board: every number opens its rows, the sums agree on every level, nothing ends with one open."""

import re

import pytest
from bs4 import BeautifulSoup

from niangjia.campaigns.models import Campaign, Target
from niangjia.campaigns.rules import CampaignKind, Outcome
from niangjia.kernel.access import Role
from tests.hearth.test_office import SHUT, form

NUMBERS = 5


def board(row):
    return f"/campaigns/{row.pk}/"


def soup(html):
    return BeautifulSoup(html, "html.parser")


def figures(html):
    """The parts of the equation by their labels, each with its address."""
    found = soup(html).select(".figure-nj")
    return {
        one.select_one(".figure-label").text: (
            int(one.select_one(".figure-value").text),
            one.select_one("a")["href"],
        )
        for one in found
    }


def lines(html, caption):
    """The lines of a table by their heads: the text of each cell, and where it leads."""
    table = next(one for one in soup(html).select("table") if caption in one.select_one("caption").text)
    return {
        row.select_one("th").text.strip(): [
            (cell.text.strip(), cell.select_one("a")["href"] if cell.select_one("a") else "")
            for cell in row.select("td")
        ]
        for row in table.select("tbody tr, tfoot tr")
    }


def rows(html):
    return len(soup(html).select("tbody tr"))


@pytest.fixture
def mixed(drive):
    """Four at the town, one of them not reached and one with an officer, and one at the county."""
    names = ("何秀英", "周大山", "王三", "赵五")
    town = [drive.report(name, place=f"湍口村 {n} 号") for n, name in enumerate(names)]
    drive.settle(town[0])
    Target.objects.filter(pk=town[1].pk).update(holder_id=drive.village.mate.user_id)
    drive.report("钱六", by=drive.village.county)
    return drive.campaign


def test_the_equation_stands_and_each_part_opens_exactly_its_rows(county, mixed):
    _, html = county.page(board(mixed))
    told = figures(html)
    assert told["走访对象"][0] == 5 == sum(count for label, (count, _) in told.items() if label != "走访对象")
    assert "对象 5 户＝已走访 0＋本人谢绝 0＋联系不上 1＋待走访 4" in html
    for count, href in told.values():
        assert rows(county.page(href)[1]) == count


def test_every_number_of_every_line_opens_its_rows_and_the_foot_is_their_sum(county, mixed):
    _, html = county.page(board(mixed))
    told = lines(html, "各工会走访情况")
    foot = told.pop("合计")
    for place in range(NUMBERS):
        assert sum(int(cells[place][0]) for cells in told.values()) == int(foot[place][0])
    for cells in (*told.values(), foot):
        for count, href in cells[:NUMBERS]:
            assert rows(county.page(href)[1]) == int(count)


def test_from_the_county_down_to_the_officers_the_sums_stay_the_same(county, desk, mixed, drive):
    town = drive.village.land["left_town"]
    _, html = county.page(board(mixed))
    above = lines(html, "各工会走访情况")[town.name]
    _, below = county.page(f"{board(mixed)}?unit={town.pk}")
    assert figures(below)["走访对象"][0] == int(above[0][0]) == 4
    officers = lines(below, "本级，按走访干部")
    assert [cell[0] for cell in officers["合计"]] == [cell[0] for cell in above]
    for cells in officers.values():
        for count, href in cells[:NUMBERS]:
            assert rows(county.page(href)[1]) == int(count)
    _, own = desk.page(board(mixed))
    assert figures(own)["走访对象"][0] == 4, "the town sees the county's campaign at its own place"


def test_all_visited_stands_at_a_hundred_per_cent_only(county, drive):
    row = drive.report()
    assert "全部上门" not in county.page(board(drive.campaign))[1]
    drive.settle(row, Outcome.DECLINED, "本人谢绝")
    html = county.page(board(drive.campaign))[1]
    assert "全部上门" not in html
    assert "全部有结果，上门 0%" in html
    Target.objects.filter(pk=row.pk).update(outcome="visited", outcome_why="")
    assert "全部上门 100%" in county.page(board(drive.campaign))[1]


def test_a_campaign_with_somebody_open_lists_who_it_is_and_does_not_end(county, drive):
    drive.report("何秀英", place="湍口村")
    status, html = county.page(f"{board(drive.campaign)}close/")
    assert status == 200
    assert "还有 1 户没有走访结果" in html
    assert "何秀英" in html
    assert county.sent(f"{board(drive.campaign)}close/", version="2")[0] == 422
    drive.settle(Target.objects.get())
    told = form(county.page(f"{board(drive.campaign)}close/")[1])
    assert county.sent(f"{board(drive.campaign)}close/", **told)[0] == 302
    assert Campaign.objects.get(pk=drive.campaign.pk).state == "closed"


def test_a_campaign_is_arranged_begun_and_goes_its_way_by_pages(county, drive):
    told = form(county.page("/campaigns/new/")[1])
    told |= {"kind": "warmth", "name": "2018 年送温暖", "opens_on": "2018-08-10", "closes_on": "2018-08-31"}
    assert county.sent("/campaigns/new/", **told)[0] == 302
    assert county.sent("/campaigns/new/", **told)[0] == 422, "one of a kind a year"
    row = Campaign.objects.get(kind="warmth")
    for step, more, state in (
        ("begin", {}, "open"), ("close", {}, "closed"), ("reopen", {"reason": "漏了一户"}, "open"),
        ("close", {}, "closed"), ("archive", {}, "archived"),
    ):  # fmt: skip
        address = f"{board(row)}{step}/"
        assert county.sent(address, **form(county.page(address)[1]) | more)[0] == 302
        row.refresh_from_db()
        assert row.state == state


def test_a_town_sees_the_countys_campaign_and_takes_no_step_of_it(desk, drive):
    status, html = desk.page(board(drive.campaign))
    assert status == 200
    assert "结束行动" not in html
    assert desk.page(f"{board(drive.campaign)}close/")[0] in {404, *SHUT}
    other = desk.of(drive.village.elsewhere)
    assert other.page(board(drive.campaign))[0] == 404
    assert desk.page(f"{board(drive.campaign)}?unit={drive.village.elsewhere.unit_id}")[0] == 404
    assert desk.page(f"{board(drive.campaign)}?unit=x")[0] in {400, 422}


def test_the_register_is_drawn_onto_the_list(county, drive):
    drive.village.household()
    drive.village.household(number="", name="周大山", members=())
    address = f"{board(drive.campaign)}draw/"
    _, html = county.page(address)
    assert "把这 2 户列入走访" in html
    assert county.sent(address, once="one")[0] == 302
    assert sorted(Target.objects.values_list("name", flat=True)) == ["何秀英", "周大山"]
    assert county.sent(address, once="two")[0] == 302
    assert Target.objects.count() == 2


def test_an_auditor_reads_the_board_and_not_in_what_need_somebody_is(desk, drive):
    row = drive.report("何秀英", place="湍口村", words="丈夫尿毒症")
    auditor = desk.of(drive.village.auditor)
    assert figures(auditor.page(board(drive.campaign))[1])["走访对象"][0] == 1
    status, html = auditor.page(f"/targets/{row.pk}/")
    assert status == 200
    assert "尿毒症" not in html
    assert "尿毒症" in desk.page(f"/targets/{row.pk}/")[1]


def test_the_list_of_campaigns_counts_in_the_readers_own_scope(county, desk, mixed, drive):
    drive.begun(CampaignKind.ROUTINE)
    assert "0/5" in county.page("/campaigns/")[1]
    assert "0/4" in desk.page("/campaigns/")[1]
    leader = desk.of(drive.village.officer("leader", drive.village.land["left_single"], Role.GRP))
    assert leader.page("/campaigns/")[0] in SHUT


def test_the_proof_tells_union_by_union_and_list_by_list(county, mixed, drive):
    for one in Target.objects.order_by("pk")[:3]:
        one.mentions.create(roll="民政低保名册", mentioned_at=drive.campaign.made_at)
    status, html = county.page(f"{board(mixed)}completeness/")
    assert status == 200
    told = lines(html, "逐份名单")
    assert {name: cells[0][0] for name, cells in told.items()} == {"各级上报": "5", "民政低保名册": "3"}
    for cells in told.values():
        for count, href in cells[:NUMBERS]:
            assert rows(county.page(href)[1]) == int(count)
    assert "逐个工会加起来与总数相符" in html
    assert re.search(r"困难家庭大约有 \d+ 户", html)
    assert "只作参考" in html


def test_without_two_lists_nothing_is_estimated(county, drive):
    drive.report()
    _, html = county.page(f"{board(drive.campaign)}completeness/")
    assert "要有两份各自独立得来的名单" in html
