"""The page furniture: what every page shows is said, linked and tied together the same way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template, engines
from django.test import RequestFactory
from django.utils.translation import override

from niangjia.kernel import shapes
from niangjia.kernel.money import Yuan
from niangjia.kernel.styleguide import SampleForm, sample
from niangjia.kernel.words import say
from niangjia.portal.queries.todo import MARKS
from niangjia.tasks.rules import Bucket

TEMPLATES = Path(__file__).parents[2] / "src" / "niangjia" / "kernel" / "templates"


@pytest.fixture(autouse=True)
def _chinese():
    with override("zh-hans"):
        yield


def draw(source: str, path: str = "/", **values) -> BeautifulSoup:
    request = RequestFactory().get(path)
    context = Context({"request": request, **values})
    return BeautifulSoup(Template("{% load furniture %}" + source).render(context), "html.parser")


def page(template: str, path: str = "/", **values) -> BeautifulSoup:
    request = RequestFactory().get(path)
    return BeautifulSoup(
        engines["django"].get_template(template).template.render(Context({"request": request, **values})),
        "html.parser",
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (say("还剩 {days} 天。", days=3), "还剩 3 天。"),
        (80214, "80,214"),
        (Yuan.of("1963500.00"), "1,963,500.00 元"),
        (date(2026, 11, 22), "2026年11月22日"),
        (datetime(2026, 11, 21, 16, 5, tzinfo=UTC), "2026年11月22日 00:05"),
        (True, "是"),
        (None, ""),
        ("温州", "温州"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value, shown):
    assert draw("{{ value|render }}", value=value).text == shown


def test_nothing_is_a_dash_and_words_never_become_markup():
    assert draw("{{ none|han_date }}{{ none|money }}{{ none|thousands }}", none=None).text == "———"
    assert draw("{{ said|render }}", said=say("{who}", who="<b>")).text == "<b>"


def test_the_newspaper_says_2500_and_more():
    assert draw('{{ n|about:"家" }}', n=2513).text == "2500余家"


def test_what_cannot_mask_itself_is_hidden():
    assert draw("{{ v|masked }}", v="13800000000").text == "＊＊＊＊"
    assert draw("{{ v|masked_name }}", v="张三丰").text == "张某"


def test_a_figure_is_always_a_link_to_its_rows():
    link = draw('{% figure "工会联合会" 2513 "/rows/" unit="家" %}').find("a")
    assert link["href"] == "/rows/"
    assert link.text.split() == ["工会联合会", "2,513", "家"]


def test_a_sorted_head_turns_round_and_filters_stay():
    table = shapes.Table("名册", [shapes.Column("名称", sort="name")], [shapes.Row(["甲"], "/1/")])
    drawn = draw("{% data_table table %}", "/?kind=x&sort=name&page=4", table=table)
    assert drawn.find("th", attrs={"aria-sort": "ascending"}).a["href"] == "?kind=x&sort=-name"
    assert drawn.find("th", scope="row").a["href"] == "/1/"


def test_an_empty_table_offers_the_first_thing_to_do():
    first = shapes.Act("登记第一家", "/new/")
    drawn = draw("{% data_table table %}", table=shapes.Table("名册", [], [], empty="还没有。", first=first))
    assert drawn.find("table") is None
    assert drawn.find("a", href="/new/").text.strip() == "登记第一家"


def test_a_row_must_fit_its_columns():
    table = shapes.Table("名册", [shapes.Column("名称")], [shapes.Row(["甲", "乙"])])
    with pytest.raises(ValueError, match="zip"):
        draw("{% data_table table %}", table=table)


def test_the_pager_keeps_the_filters():
    drawn = draw("{% pager p %}", "/?q=a", p=shapes.Pager(total=2513, first=41, last=60, number=3, pages=126))
    assert [a["href"] for a in drawn.find_all("a")] == [
        "?q=a&page=1",
        "?q=a&page=2",
        "?q=a&page=4",
        "?q=a&page=126",
    ]
    drawn = draw("{% pager p %}", "/?q=a&before=x", p=shapes.Pager(after="k 1"))
    assert drawn.find("a", rel="next")["href"] == "?q=a&after=k+1"


def test_a_chip_removes_its_filter_and_only_that():
    class Filter(forms.Form):
        q = forms.CharField(label="名称", required=False)
        kind = forms.ChoiceField(label="类型", choices=[("", "全部"), ("x", "联合")], required=False)

    form = Filter({"q": "甲", "kind": "x"})
    drawn = draw(
        '{% filter_bar form total=2513 unit="家" %}', "/list/?q=甲&kind=x&page=3&sort=name", form=form
    )
    assert [chip["href"] for chip in drawn.select(".chip")] == ["?kind=x&sort=name", "?q=%E7%94%B2&sort=name"]
    assert drawn.select(".chip")[1].text.endswith("类型：联合")
    assert drawn.find("input", attrs={"name": "sort", "type": "hidden"})["value"] == "name"
    assert "选填" not in drawn.text


def test_an_error_stands_at_the_top_and_at_its_field_in_the_same_words():
    drawn = draw("{% error_summary form %}{% fields form %}", form=SampleForm({"child": "王雨桐"}))
    for link in drawn.select("[data-error-summary] a"):
        control = drawn.find(id=link["href"][1:])
        assert control["aria-invalid"] == "true"
        described = control.get("aria-describedby") or control.find_parent("fieldset")["aria-describedby"]
        assert link.text in drawn.find(id=described.split()[-1]).text
    assert [link.text for link in drawn.select("[data-error-summary] a")] == [
        "请选择“今年入读”。",
        "请填写一学年学费，如 6800。",
        "请先勾选：我同意工会向民政部门核对家庭经济状况。",
    ]


def test_the_title_says_first_that_something_is_wrong():
    assert page("furniture/styleguide.html", **sample(sent=True)).title.text.startswith("有误：")
    assert not page("furniture/styleguide.html", **sample()).title.text.startswith("有误：")


def test_nothing_is_chosen_beforehand():
    assert not page("furniture/styleguide.html", **sample()).select("input[checked]")


def test_the_drawing_of_one_n_x_is_a_nested_list_with_every_employer_once():
    drawn = draw("{% onx d %}", d=sample()["drawing"])
    assert "共覆盖 24 家单位" in drawn.text
    assert [len(branch.select("li")) for branch in drawn.select(".onx-branch")] == [10, 2]


def test_the_tile_map_says_the_same_numbers_twice():
    drawn = draw('{% tile_map tiles caption="覆盖率" unit="率" %}', tiles=sample()["tiles"])
    map_says = [
        (a.select_one(".tile-name").text, a.select_one(".tile-value").text) for a in drawn.select("a.tile")
    ]
    table_says = [(row.th.text.strip(), row.td.text) for row in drawn.select("tbody tr")]
    assert map_says == table_says
    assert drawn.select_one(".tg-r1.tg-c3 .tile-3")


@pytest.mark.parametrize("address", ["/?uiStyle=elder", "/?_uiStyle=elder"])
def test_the_elder_size_follows_its_surroundings(address):
    assert page("404.html", address).html["data-size"] == "elder"


def test_the_elder_size_is_remembered_and_the_address_wins():
    request = RequestFactory().get("/?uiStyle=normal")
    request.COOKIES["size"] = "elder"
    assert Template("{% load furniture %}{% ui_size %}").render(Context({"request": request})) == "std"
    request.GET = {}
    assert Template("{% load furniture %}{% ui_size %}").render(Context({"request": request})) == "elder"


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "429", "500"])
def test_an_error_page_says_what_happened_and_the_next_step(code):
    drawn = page(f"{code}.html")
    assert drawn.html["lang"] == "zh-Hans"
    assert drawn.h1.text
    assert drawn.main.find("a", href=True)


def test_the_last_error_page_needs_no_request():
    assert "系统自己出了差错" in Template("{% extends '500.html' %}").render(Context({}))


def test_a_refusal_is_a_page_and_a_fragment_with_the_same_reasons():
    values = {"code": "stale", "status": 409, "reasons": ["别人先改了。"]}
    assert "别人先改了。" in page("errors/refusal.html", **values).main.text
    fragment = page("errors/fragment.html", **values)
    assert fragment.html is None
    assert fragment.find(role="alert")["data-code"] == "stale"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_needs_a_looser_policy(path):
    source = path.read_text(encoding="utf-8")
    assert " style=" not in source
    assert "hx-on" not in source
    assert "<script>" not in source


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    listed = set((TEMPLATES.parents[3] / "assets" / "icons.txt").read_text(encoding="utf-8").split())
    assert {
        use["href"].partition("#")[2] for use in page("furniture/styleguide.html", **sample()).select("use")
    } <= listed


def test_days_and_sums_of_a_table_are_one_word_each():
    row = shapes.Row(["阵地", say("{day} 起", day=date(2023, 5, 1)), Yuan.of("600000")])
    columns = [shapes.Column(name) for name in ("名称", "期间", "投入")]
    drawn = draw("{% data_table table %}", table=shapes.Table("阵地", columns, [row]))
    assert [one.text for one in drawn.select(".whole")] == ["2023年5月1日", "600,000.00 元"]


def test_what_is_overdue_looks_more_urgent_than_what_is_for_today():
    drawn = draw("{% status a 'late' %}{% status b 'warn' %}", a="超期", b="今天")
    assert [one["class"][1] for one in drawn.select(".status")] == ["status-late", "status-warn"]
    assert MARKS == {Bucket.OVERDUE: "late", Bucket.TODAY: "warn", Bucket.LATER: "todo"}


def test_a_long_figure_is_set_smaller_so_that_it_stays_whole():
    items = [shapes.Figure("投入", "1,963,500.00", "#"), shapes.Figure("覆盖单位", 24, "#")]
    drawn = draw("{% figures items %}", items=items)
    assert [len(one["class"]) for one in drawn.select(".figure-value")] == [2, 1]
