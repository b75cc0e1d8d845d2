import re
from datetime import date

import pytest
from django.urls import reverse

from niangjia.portal.rules import MEASURES, Rows

COUNT = re.compile(r"共 ([\d,]+) 家")


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:2000])
    return response.content.decode()


def rows_of(client, address):
    """Every row of a list, page after page, and the total that the head says."""
    found, here, total = [], address, None
    while here:
        page = client.get(here).context["page"]
        total = page.total
        found += [row.cells[0] for row in page.table.rows]
        joint = "&" if "?" in address else "?"
        here = f"{address}{joint}after={page.pager.after}" if page.pager.after else ""
    return found, total


def test_home_shows_what_a_worker_can_get_now_and_fakes_nothing(client, ningbo):
    page = text_of(client, "/")
    assert "先找到您的工会" in page
    assert "还没有开通" in page
    assert reverse("find") in page
    assert "下应职工服务站" in page


@pytest.mark.parametrize("unit", ["province", "city", "county", "town", "mall", "village", "joint"])
@pytest.mark.parametrize("day", ["", "2018-02-28", "2016-06-01"])
def test_every_number_of_the_board_opens_exactly_its_rows(client, ningbo, unit, day):
    place = getattr(ningbo, unit)
    board = client.get(reverse("board", args=[place.pk]), {"day": day} if day else {}).context["page"]
    numbers = [*board.headline, *(number for _, group in board.groups for number in group)]
    for number in numbers:
        found, total = rows_of(client, number.href)
        assert (len(found), len(set(found)), total) == (number.value, number.value, number.value), number


def test_the_counts_are_those_of_the_story(client, ningbo):
    board = client.get(reverse("board", args=[ningbo.town.pk])).context["page"]
    said = {str(number.label): number.value for _, group in board.groups for number in group}
    assert (said["工会联合会"], said["单建会"], said["联合基层工会"]) == (2, 4, 1)
    assert (said["企业"], said["事业单位"], said["个体商户"], said["电子商务"]) == (5, 1, 1, 1)


def test_another_day_shows_that_day(client, ningbo):
    employers = reverse("board-employers", args=[ningbo.province.pk])
    assert rows_of(client, employers)[1] == 9
    assert rows_of(client, f"{employers}?day=2018-02-28")[1] == 8
    before = text_of(client, reverse("board", args=[ningbo.province.pk]) + "?day=2015-12-31", status=422)
    assert "换一天" in before


def test_pages_follow_each_other_without_loss(client, ningbo, monkeypatch):
    monkeypatch.setattr("niangjia.portal.queries.rows.PAGE", 3)
    address = reverse("board-employers", args=[ningbo.town.pk])
    found, total = rows_of(client, address)
    assert len(set(found)) == len(found) == total == 9
    second = client.get(address, {"after": client.get(address).context["page"].pager.after}).context["page"]
    back = client.get(address, {"before": second.pager.before}).context["page"]
    assert [row.cells[0] for row in back.table.rows] == found[:3]


def test_merchants_are_masked_and_no_headcount_or_code_is_shown(client, ningbo):
    pages = [
        text_of(client, reverse("board-employers", args=[ningbo.town.pk])),
        text_of(client, reverse("public-organisation", args=[ningbo.mall.pk])),
        text_of(client, reverse("find") + "?q=王小明"),
        text_of(client, reverse("board", args=[ningbo.joint.pk])),
    ]
    for page in pages:
        assert "王小明面馆" not in page
        assert "4242" not in page.replace(",", "")
    assert "王某" in pages[0]
    assert "13800000000" not in pages[1]


def test_the_organisation_page_says_what_it_is_and_what_it_was_called(client, ningbo):
    page = text_of(client, reverse("public-organisation", args=[ningbo.village.pk]))
    assert "湾底村社区工会联合会" in page
    assert "湾底村工会联合会" in page
    mall = text_of(client, reverse("public-organisation", args=[ningbo.mall.pk]))
    assert "下应职工服务站" in mall
    assert "每天 8:30–20:30" in mall
    assert "0574-88236688" in text_of(client, reverse("public-organisation", args=[ningbo.town.pk]))


def test_a_union_is_found_by_its_former_name(client, ningbo):
    found = client.get(reverse("find"), {"q": "湾底村工会"}).context["found"]
    assert [(row.unit_id, row.formerly) for row in found.unions] == [(ningbo.village.pk, "湾底村工会联合会")]


def test_a_worker_finds_the_union_by_the_employers_name(client, ningbo):
    found = client.get(reverse("find"), {"q": "电子商务"}).context["found"]
    assert [row.unit_id for row in found.employers] == [ningbo.joint.pk]


def test_an_uncovered_employer_leads_to_the_union_in_charge(client, ningbo):
    found = client.get(reverse("find"), {"q": "果蔬合作社"}).context["found"]
    assert [row.unit_id for row in found.employers] == [ningbo.town.pk]


def test_a_place_leads_step_by_step_to_the_union_responsible(client, ningbo):
    first = client.get(reverse("find")).context["found"]
    assert [place.name for place in first.place.below] == ["浙江省"]
    village = client.get(reverse("find"), {"place": ningbo.at["330212001001"].pk}).context["found"]
    assert [place.name for place in village.place.chain] == [
        "浙江省",
        "宁波市",
        "鄞州区",
        "下应街道",
        "湾底村",
    ]
    assert village.responsible.pk == ningbo.town.pk
    assert village.unions[0].unit_id == ningbo.village.pk
    nothing = text_of(client, reverse("find") + f"?q=没有这家&place={ningbo.at['330212103'].pk}")
    assert "塘溪镇总工会" in nothing


def test_distances_are_shown_only_if_a_position_is_given(client, ningbo):
    assert "公里" not in text_of(client, "/")
    assert "不到 1 公里" in text_of(client, "/?lat=29.831&lon=121.6")
    assert "公里" in text_of(client, reverse("find") + "?lat=29.9&lon=121.7")


def test_a_union_in_preparation_is_not_public(client, ningbo):
    type(ningbo.village).objects.filter(pk=ningbo.village.pk).update(status="preparing")
    text_of(client, reverse("public-organisation", args=[ningbo.village.pk]), status=404)


def test_the_size_is_remembered_and_leads_back_only_to_our_own_pages(client, ningbo):
    answer = client.post(reverse("set-size"), {"size": "elder", "next": "/board/"})
    assert (answer.status_code, answer["Location"], answer.cookies["size"].value) == (302, "/board/", "elder")
    assert client.post(reverse("set-size"), {"size": "elder", "next": "//evil.example/"})["Location"] == "/"
    assert 'data-size="elder"' in text_of(client, "/")
    assert client.get(reverse("set-size")).status_code == 405


def test_the_desk_shows_the_acting_posts_scope_only(client, ningbo, officer, acts):
    assert client.get(reverse("desk")).status_code == 302
    acts(officer)
    page = client.get(reverse("desk"))
    assert [figure.value for figure in page.context["page"].figures] == [2, 4, 1, 9]
    assert "下应街道总工会" in page.content.decode()
    assert page.context["page"].ending is None
    groups = page.context["navigation"]
    assert groups
    assert all(item.url for group in groups for item in group.items)


def test_the_desk_lists_the_terms_that_are_about_to_end(client, ningbo, officer, acts):
    type(ningbo.mall).objects.filter(pk=ningbo.mall.pk).update(term_ends_on=date(2018, 12, 31))
    type(ningbo.joint).objects.filter(pk=ningbo.joint.pk).update(term_ends_on=date(2020, 12, 31))
    acts(officer)
    rows = client.get(reverse("desk")).context["page"].ending.rows
    assert [row.cells[0] for row in rows] == ["下应商圈工会联合会"]


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy"])
def test_the_explaining_pages_stand(client, db, name):
    text_of(client, reverse(name))


def test_the_styleguide_is_not_served_in_production(client, db, settings):
    assert client.get(reverse("styleguide")).status_code == 404
    settings.STYLEGUIDE = True
    assert client.get(reverse("styleguide")).status_code == 200


def test_an_empty_installation_still_answers(client, db):
    text_of(client, "/")
    text_of(client, reverse("find"))
    assert "还没有登记" in text_of(client, reverse("board"), status=404)


def test_every_measure_is_on_one_list_only():
    assert {measure.rows for measure in MEASURES.values()} == set(Rows)
    assert len({measure.label.msgid for measure in MEASURES.values()}) >= len(MEASURES) - 1


def test_a_day_after_today_is_refused_gently(client, ningbo):
    assert "今天以后" in text_of(client, reverse("board") + f"?day={date(2018, 8, 21)}", status=422)
