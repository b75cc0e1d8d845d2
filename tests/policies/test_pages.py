import pytest

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.policy import shipped
from niangjia.kernel.scoping import enter_scope
from niangjia.policies import actions
from niangjia.policies.models import LocalValue
from tests.conftest import AT, TODAY
from tests.policies.conftest import CTY, PRI, officer

KEY = "visit.hospital_days"


@pytest.fixture
def page(line, acts, client):
    def look(address, **asked):
        answer = client.get(address, asked)
        enter_scope(EVERYWHERE)
        return answer

    return look


@pytest.fixture
def send(line, acts, client):
    def post(address, **filled):
        answer = client.post(address, filled)
        enter_scope(EVERYWHERE)
        return answer

    return post


def put(unit, value, key=KEY, **more):
    draft = actions.ValueDraft(key=key, value=value, since=TODAY, paper="慈总工〔2018〕3号", **more)
    return actions.set_local_value(unit_id=unit.pk, draft=draft, today=TODAY, by=SYSTEM, at=AT)


def test_everybody_sees_what_is_in_force_and_that_examples_are_examples(page):
    html = page("/policies/").content.decode()
    assert "现行政策" in html
    assert "住院慰问时限" in html
    assert "示例值，待核" in html
    assert "平台默认值" in html


def test_the_list_answers_for_a_union_a_day_and_an_area(page, line):
    put(line.county, 5)
    html = page("/policies/", unit=line.primary.pk, area="visit").content.decode()
    assert "慈溪市总工会" in html
    assert "5 个工作日" in html
    assert "主席补贴" not in html
    assert "慈总工〔2018〕3号" in html
    earlier = page("/policies/", unit=line.primary.pk, area="visit", day="2018-08-19").content.decode()
    assert "3 个工作日" in earlier


def test_every_policy_has_a_page_that_explains_it(page, line):
    for definition in shipped():
        answer = page(f"/policies/{definition.key}/", unit=line.primary.pk)
        assert answer.status_code == 200, definition.key
        assert "这个值是怎么来的" in answer.content.decode()


def test_a_policy_or_a_union_that_is_not_there_is_said_so(page):
    assert page("/policies/no.such/").status_code == 404
    for tail in ("", "/history?unit=1"):
        assert page(f"/api/policies/no.such{tail}").status_code == 404
    assert page("/policies/", unit=10**9).status_code == 404
    assert page("/policies/", unit="x").status_code == 422
    assert page("/policies/", day="2018-13-01").status_code == 422


def test_the_public_sees_no_button_and_cannot_set(page, send, line):
    assert "设定本单位的值" not in page(f"/policies/{KEY}/", unit=line.county.pk).content.decode()
    assert send(f"/policies/{KEY}/set/", value="5").status_code in {302, 403}
    assert not LocalValue.objects.exists()


def test_an_officer_sets_the_value_of_the_own_union_from_a_prefilled_form(page, send, line, acts):
    acts(officer(CTY, line.county))
    assert "设定本单位的值" in page(f"/policies/{KEY}/", unit=line.county.pk).content.decode()
    form = page(f"/policies/{KEY}/set/").content.decode()
    assert "慈溪市总工会" in form
    assert 'value="3"' in form
    assert 'value="2018-08-20"' in form
    answer = send(
        f"/policies/{KEY}/set/", value="5", since="2018-08-20", paper="慈总工〔2018〕3号", version="0"
    )
    assert (answer.status_code, answer.url) == (302, f"/policies/{KEY}/?unit={line.county.pk}")
    row = LocalValue.objects.get()
    assert (row.unit_id, row.value, row.paper, row.set_by) == (line.county.pk, 5, "慈总工〔2018〕3号", 7)


def test_the_form_begins_with_the_case_that_was_open_and_bears_a_strange_one(page, line, acts):
    acts(officer(CTY, line.county))
    key = "aid.min_living_standard"
    put(line.county, "1100.00", key=key, dims={"county": "330282"})
    assert 'value="330282"' in page(f"/policies/{key}/set/", case="1").content.decode()
    assert page(f"/policies/{key}/set/", case="x").status_code == 200


def test_a_value_out_of_bounds_comes_back_with_everything_typed(send, line, acts):
    acts(officer(CTY, line.county))
    answer = send(
        f"/policies/{KEY}/set/", value="99", since="2018-08-20", paper="慈总工〔2018〕3号", version="0"
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "应在 1 至 30 之间" in html
    assert 'value="99"' in html
    assert not LocalValue.objects.exists()


def test_a_level_that_may_not_set_is_told_so_in_the_form(send, line, acts):
    acts(officer(PRI, line.primary))
    answer = send(
        f"/policies/{KEY}/set/", value="5", since="2018-08-20", paper="厂工〔2018〕1号", version="0"
    )
    assert answer.status_code == 422
    assert "不能由基层工会一级设定" in answer.content.decode()


def test_a_table_is_typed_row_by_row_and_said_again(send, page, line, acts):
    acts(officer(CTY, line.county))
    key = "rating.subsidy_table"
    form = page(f"/policies/{key}/set/").content.decode()
    assert "3 | 2000.00" in form
    rows = "3 | 1500.00\n4 | 2500.00\n5 | 4000.00"
    answer = send(
        f"/policies/{key}/set/", value=rows, since="2018-08-20", paper="慈总工〔2018〕5号", version="0"
    )
    assert answer.status_code == 302
    assert "1,500.00 元" in page(f"/policies/{key}/", unit=line.county.pk).content.decode()


def test_an_officer_ends_and_takes_back_only_the_own_values(send, page, line, acts):
    mine, foreign = put(line.county, 5), put(line.city, 7)
    acts(officer(CTY, line.county))
    html = page(f"/policies/{KEY}/", unit=line.county.pk).content.decode()
    assert f"/policies/values/{mine.pk}/end/" in html
    assert f"/policies/values/{foreign.pk}/end/" not in html
    assert page(f"/policies/values/{foreign.pk}/end/").status_code == 404
    assert send(f"/policies/values/{foreign.pk}/end/", until="2018-09-01", reason="x").status_code == 404
    answer = send(f"/policies/values/{mine.pk}/end/", until="2018-09-01", reason="文件废止")
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert str(mine.until) == "2018-09-01"


def test_the_lists_cost_a_fixed_number_of_questions(line, acts, client, django_assert_max_num_queries):
    put(line.county, 5)
    put(line.city, 7)
    with django_assert_max_num_queries(14):
        client.get("/policies/", {"unit": line.primary.pk})


def test_the_api_gives_the_same_values_as_the_page(page, line):
    put(line.county, 5)
    (row,) = page(f"/api/policies/{KEY}", unit=line.primary.pk).json()
    assert (row["value"], row["source"], row["value_text"]) == (5, "慈溪市总工会", "5 个工作日")
    whole = page("/api/policies/", unit=line.primary.pk).json()
    assert next(one for one in whole if one["key"] == KEY)["value"] == 5
    (history,) = page(f"/api/policies/{KEY}/history", unit=line.primary.pk).json()
    assert (history["unit"], history["value"]) == ("慈溪市总工会", 5)
    assert page("/api/policies/no.such").headers["Content-Type"] == "application/problem+json"
