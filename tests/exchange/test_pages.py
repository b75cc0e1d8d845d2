"""The pages of files in and out, as officers walk them."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.exchange import actions
from niangjia.exchange.models import Batch, Leaving
from niangjia.kernel.access import Role
from niangjia.kernel.models import JournalLine
from niangjia.kernel.words import say
from niangjia.network.models import Employer
from niangjia.policies.models import LocalValue
from tests.exchange.conftest import seated
from tests.exchange.files import code, csv_of, firm, later, xlsx_of
from tests.network.acting import Desk

LIST = "employers"


@pytest.fixture
def desk(land, officer, client, acting):
    return Desk(client, officer)


def sent(content, name="名册.csv"):
    return SimpleUploadedFile(name, content)


def test_the_way_of_a_file_through_the_pages(desk, office):
    page = desk.get(reverse("employers")).content.decode()
    assert reverse("send-file", args=[LIST]) in page
    assert desk.get(reverse("send-file", args=[LIST])).status_code == 200
    answer = desk.post(
        reverse("send-file", args=[LIST]), file=sent(csv_of([firm(1), firm(2, headcount="x")]))
    )
    row = Batch.objects.get()
    assert answer.url == reverse("import", args=[row.pk])
    assert "every 2s" in desk.get(answer.url).content.decode()
    row = office.go_on(row)
    page = desk.get(answer.url)
    assert [(one.value, str(one.label)) for one in page.context["figures"]] == [(1, "新增"), (1, "有误")]
    for figure in page.context["figures"]:
        assert len(desk.get(figure.href).context["lines"]) == figure.value
    rows = desk.get(reverse("import-rows", args=[row.pk])).content.decode()
    assert "D3 职工数" in rows
    posted = desk.post(reverse("commit-import", args=[row.pk]), which="all")
    assert posted.status_code == 302
    office.go_on(row)
    assert Employer.objects.filter(uscc=code(1)).exists()
    report = desk.get(reverse("import-report", args=[row.pk]))
    cells = [line.cells[1] for line in report.context["table"].rows]
    assert sum(cells) == report.context["table"].foot[1] == 2
    assert desk.post(reverse("undo-import", args=[row.pk]), reason="传错了").status_code == 302
    office.go_on(row)
    assert not Employer.objects.filter(uscc=code(1)).exists()
    assert desk.get(reverse("imports")).status_code == 200


def test_choosing_rows_on_the_page_counts_only_for_the_rows_shown(desk, office):
    row = office.check(csv_of([firm(1), firm(2), firm(3)]))
    answer = desk.post(reverse("import-rows", args=[row.pk]), shown=[2, 3], chosen=[3])
    assert answer.status_code == 302
    chosen = dict(row.rows.values_list("number", "is_chosen"))
    assert chosen == {2: False, 3: True, 4: True}
    assert desk.post(reverse("import-rows", args=[row.pk]), shown=["x"]).status_code == 422


def test_the_template_has_drop_downs_a_frozen_head_and_can_be_sent_back(desk, office):
    answer = desk.get(reverse("import-template", args=[LIST]))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B2"
    rules = {str(rule.sqref).split(":")[0]: rule.type for rule in sheet.data_validations.dataValidation}
    assert rules["C2"] == "list"
    assert sheet["A1"].comment.text
    head = [cell.value for cell in sheet[1]]
    told = {"单位名称 *": "模板公司", "统一社会信用代码": code(1), "单位性质 *": "企业"}
    for place, label in enumerate(head, start=1):
        sheet.cell(2, place, told.get(label))
    out = BytesIO()
    book.save(out)
    assert office.check(out.getvalue(), name="填好.xlsx").counts == {"new": 1}


def test_the_error_file_holds_the_senders_own_rows_with_reasons_and_can_be_sent_again(desk, office):
    content = xlsx_of([firm(1), firm(2, kind="公司制"), firm(3, since="2018-02-30")])
    row = office.check(content, name="名册.xlsx")
    answer = desk.get(reverse("import-errors", args=[row.pk]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert "可选范围" in rows[1][-1]
    assert rows[1][0] == "测试2号公司"
    again = office.check(answer.content, name="改过.xlsx")
    assert again.counts == {"error": 2}


def test_an_export_is_what_is_seen(desk, land):
    asked = {"kind": "enterprise", "under": land["left_town"].pk}
    page = desk.get(reverse("employers"), **asked)
    form = desk.get(reverse("ask-for-list", args=[LIST]), **asked)
    assert form.context["page"].known[0].value == say("{n} 行", n=page.context["pager"].total)
    assert page.context["pager"].total == 1
    url = f"{reverse('ask-for-list', args=[LIST])}?kind=enterprise&under={land['left_town'].pk}"
    answer = desk.post(url, format="xlsx", purpose="核对覆盖情况")
    row = Leaving.objects.get()
    assert (answer.url, row.state, row.rows) == (reverse("export", args=[row.pk]), "ready", 1)
    file = desk.get(reverse("fetch-list", args=[row.pk]))
    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert "陈晓" in rows[0][0]
    assert "核对覆盖情况" in rows[0][0]
    assert sheet.freeze_panes == "B3"
    shown = [str(getattr(cell, "text", cell)) for cell in page.context["table"].rows[0].cells]
    plain = [str(cell).strip("\u200b\u200c\u200d\u2060") for cell in rows[2]]
    assert plain == shown
    assert JournalLine.objects.filter(verb="fetch_list").count() == 1


@pytest.mark.parametrize(
    "asked", ["", "?sort=-name", "?covered=no", "?name=东磁", "?kind=self_employed_merchant"]
)
@pytest.mark.parametrize("name", ["employers", "organisations"])
def test_every_filter_of_a_list_holds_for_its_file(desk, name, asked):
    page = desk.get(reverse(name) + asked)
    desk.post(reverse("ask-for-list", args=[name]) + asked, format="csv", purpose="核对")
    row = Leaving.objects.get()
    text = desk.get(reverse("fetch-list", args=[row.pk])).content.decode("utf-8-sig")
    firsts = [line.split(",")[0].strip("\u200b\u200c\u200d\u2060") for line in text.splitlines()[1:-1]]
    assert firsts == [str(line.cells[0]) for line in page.context["table"].rows]


def test_a_purpose_is_asked_where_a_list_tells_of_persons(desk):
    answer = desk.post(reverse("ask-for-list", args=[LIST]), format="csv", purpose="")
    assert answer.status_code == 422
    assert not Leaving.objects.exists()
    assert desk.post(reverse("ask-for-list", args=["organisations"]), format="csv").status_code == 302


def test_a_large_list_of_persons_waits_for_a_second_person(desk, land, second, client):
    LocalValue.objects.create(
        unit=land["city"].unit, key="export.rows_second_approval", value=1, paper="试", since="2017-01-01",
        set_at="2017-01-01T00:00Z",
    )  # fmt: skip
    desk.post(reverse("ask-for-list", args=[LIST]), format="csv", purpose="核对")
    row = Leaving.objects.get()
    assert row.state == "asked"
    assert desk.get(reverse("fetch-list", args=[row.pk])).status_code == 422
    own = desk.post(reverse("decide-on-list", args=[row.pk]), agrees="yes")
    assert own.status_code in {302, 403}
    assert Leaving.objects.get().state == "asked"
    other = Desk(client, second)
    assert other.post(reverse("decide-on-list", args=[row.pk]), agrees="yes", words="可以").status_code == 302

    actions.run_leaving(number=row.pk, now=later())
    assert other.get(reverse("fetch-list", args=[row.pk])).status_code in {302, 403}
    assert desk.get(reverse("fetch-list", args=[row.pk])).status_code == 200


def test_what_another_county_sends_and_takes_does_not_exist_here(desk, land, office, client):
    row = office.check(csv_of([firm(1)]))
    desk.post(reverse("ask-for-list", args=[LIST]), format="csv", purpose="核对")
    leaving = Leaving.objects.get()
    stranger = Desk(client, seated(Role.CTY, land["right_county"], "外县"))
    for name in ("import", "import-rows", "import-errors", "import-report", "commit-import", "undo-import"):
        assert stranger.get(reverse(name, args=[row.pk])).status_code == 404, name
    for name in ("export", "fetch-list", "decide-on-list"):
        assert stranger.get(reverse(name, args=[leaving.pk])).status_code == 404, name
    assert "名册.csv" not in stranger.get(reverse("imports")).content.decode()


@pytest.mark.parametrize("name", ["imports", "exports"])
def test_the_lists_stay_within_their_query_budget(desk, office, django_assert_max_num_queries, name):
    office.check(csv_of([firm(1)]))
    with django_assert_max_num_queries(10):
        assert desk.get(reverse(name)).status_code == 200
