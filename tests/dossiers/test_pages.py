"""The pages of needy-worker files: list, file, every step as a form, the worker's own view, the check."""

import io
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from niangjia.dossiers import queries, rules
from niangjia.dossiers.views.steps import FACES
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.hardship.rules import FILE, State
from niangjia.kernel import clock
from niangjia.means.models import Batch
from tests.conftest import AT, TODAY
from tests.hardship.test_people import account_of
from tests.hardship.worlds import NOTICE_OVER


def one():
    return NeedyWorkerFile.objects.get()


def text(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)


def refused(answer):
    """Not allowed: a browser that is not logged in is led to the log-in, nothing is done."""
    return answer.status_code == 403 or "/account/login/" in answer.headers.get("Location", "")


def step(desk, name, *args, status=302, **told):
    """A step as its form is posted, on the version that stands."""
    answer = desk.post(reverse(name, args=[one().pk, *args]), version=str(one().version), **told)
    assert answer.status_code == status, text(answer)[:800]
    return answer


def test_a_file_goes_from_lead_to_lifting_by_forms(hill, desk):
    answer = desk(hill.group).post(
        reverse("report-hardship"), name="何秀英", place="三车间", words="丈夫住院"
    )
    assert answer.status_code == 302
    home = hill.home()
    step(desk(hill.pri), "apply-for-file", household=str(home.pk), level="county", lives_here="")
    step(desk(hill.pri), "first-review-file", words="属实")
    hill.visit(one())
    for row in queries_members(home):
        step(desk(hill.town), "authorise-check", row, way="paper", signed_on=str(TODAY))
    step(desk(hill.county), "ask-file-check")
    assert desk(hill.county).post(reverse("send-checks"), purpose="建档").status_code == 302
    hill_answer(hill, home)
    step(desk(hill.town), "town-review-file", words="属实", exception="")
    step(desk(hill.town), "open-file-notice", starts_on=str(TODAY), place="online", board="")
    page = desk(hill.county).get(reverse("hardship-file", args=[one().pk]))
    assert "批准建档" in text(page)
    step(desk(hill.county), "approve-file", words="", status=422)
    hill.let_the_notice_run()
    with clock.fixed(NOTICE_OVER):
        step(desk(hill.county), "approve-file", words="同意")
        step(desk(hill.town), "enter-file")
        assert one().state == State.ACTIVE
        step(desk(hill.town), "propose-file-end", end="lift", cause="improved", why="就业")
        step(desk(hill.county), "confirm-file-end", words="同意")
    assert one().state == State.LIFTED


def queries_members(home):
    return list(home.members.values_list("pk", flat=True))


def hill_answer(hill, home):
    from_batch = NeedyWorkerFile.objects.get()
    from_batch.refresh_from_db()
    from niangjia.kernel.money import Yuan  # noqa: PLC0415
    from niangjia.means import actions as means  # noqa: PLC0415
    from niangjia.means import queries as means_queries  # noqa: PLC0415
    from niangjia.means.rules import Answer, Outcome  # noqa: PLC0415

    for one_asked in means_queries.asked_in(household_id=home.pk):
        told = means.Told(one_asked.pk, one_asked.version, Answer(Outcome.AGREES, Yuan.of("18000"), TODAY))
        means.enter_answer(told=told, by=hill.gov, at=AT)


def test_the_page_of_a_file_explains_the_decision_and_what_would_change_it(hill, desk):
    hill.town_reviewed()
    told = text(desk(hill.town).get(reverse("hardship-file", args=[one().pk])))
    for words in (
        "认定结果：深度困难",
        "人均月净收入 666.67 元，低于深度困难线 810.00 元",
        "什么会改变结果",
        "依据：",
    ):
        assert words in told
    assert "现在由衢江区大洲镇总工会办理" in told


def test_a_group_leader_sees_only_that_it_is_being_handled(hill, desk):
    hill.town_reviewed()
    told = text(desk(hill.group).get(reverse("hardship-file", args=[one().pk])))
    assert "镇街已审核，待公示" in told
    for hidden in ("18,000", "患病", "何秀英", "人均"):
        assert hidden not in told


def test_changes_since_the_decision_stand_beside_each_other(hill, desk):
    row = hill.active()
    hill.village.tell(row.household, {"income_year": "60000"}, by=hill.pri)
    told = text(desk(hill.town).get(reverse("hardship-file", args=[row.pk])))
    assert "认定之后家庭资料有变化" in told
    assert "18,000.00 元 60,000.00 元" in told


def test_each_count_of_the_list_opens_exactly_its_rows(hill, desk):
    hill.active()
    hill.lead(name="何一")
    page = desk(hill.county).get(reverse("hardship-files"))
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    found = {}
    for figure in queries.file_list(
        actor=hill.county, filters=queries_filters(), before="", after="", today=TODAY
    ).figures:
        found[str(figure.label)] = figure.value
        rows = desk(hill.county).get(figure.href)
        body = BeautifulSoup(rows.content.decode(), "html.parser").select("tbody tr")
        shown = len([row for row in body if row.find("a")])
        assert shown == figure.value, figure.label
    assert found == {"线索": 1, "办理中": 0, "在档": 1, "待复核": 0, "一年没有变动": 0, "从未帮扶": 1}
    assert soup.find("h1")


def queries_filters():
    from niangjia.hardship.queries import Filters  # noqa: PLC0415

    return Filters()


def test_the_worker_sees_who_has_it_since_when_and_what_he_must_do(hill, desk):
    home = hill.home()
    me = account_of(home.head_id)
    browser = desk(me)
    assert (
        browser.post(
            reverse("new-hardship-file"), household=str(home.pk), level="county", lives_here=""
        ).status_code
        == 302
    )
    told = text(browser.get(reverse("my-hardship-file", args=[one().pk])))
    assert "现在由衢江区东磁工会办理" in told
    assert "下一步：镇街入户走访" in told
    step(desk(hill.pri), "send-back-file", reason="请补交诊断证明。")
    told = text(desk(me).get(reverse("my-hardship-file", args=[one().pk])))
    assert "现在等您办理" in told
    assert "请补交诊断证明。" in told
    step(desk(me), "answer-file-return", level="county", lives_here="")
    step(desk(me), "withdraw-file", reason="不申请了")
    assert one().state == State.WITHDRAWN
    assert "已撤回" in text(desk(me).get(reverse("my-hardship-files")))


def test_a_worker_reports_himself_in_two_answers(hill, desk):
    home = hill.home()
    me = account_of(home.head_id)
    answer = desk(me).post(reverse("report-hardship"), words="丈夫住院", place="")
    assert answer.status_code == 302
    assert (one().worker_id, one().told_name) == (home.head_id, "何秀英")


def test_a_household_that_is_not_his_is_told_at_its_field(hill, desk):
    hill.lead()
    answer = step(
        desk(hill.pri), "apply-for-file", household="999999", level="county", lives_here="", status=422
    )
    assert "没有找到这个家庭编号" in text(answer)


def test_a_stale_form_and_another_desk_are_refused_gently(hill, desk):
    row = hill.applied()
    stale = desk(hill.pri).post(
        reverse("first-review-file", args=[row.pk]), version=str(row.version - 1), words="属实"
    )
    assert stale.status_code in {409, 422}
    assert "刚刚有人办过一步" in text(stale)
    other = desk(hill.town).post(
        reverse("first-review-file", args=[row.pk]), version=str(row.version), words=""
    )
    assert refused(other)
    assert desk(hill.stranger).get(reverse("hardship-file", args=[row.pk])).status_code == 404


def test_every_step_of_the_table_has_a_page(hill, desk):
    names = {face.name for face in FACES}
    beside = {"apply-for-file", "answer-file-return", "reopen-file", "open-temporary-file"}
    assert len(names) == len(FACES)
    assert len(names | beside) >= len({one.name for one in FILE.steps}) - 6, (
        "one face may lead to several steps"
    )


@pytest.mark.parametrize("road", ["print-leaflet", "print-authorisation"])
def test_papers_are_printed_from_the_page(hill, desk, road):
    row = hill.applied()
    answer = desk(hill.town).post(reverse(road, args=[row.pk]))
    assert answer.status_code == 302
    assert desk(hill.town).get(reverse(road, args=[row.pk])).status_code == 405


def test_a_paper_of_the_file_is_given_to_its_worker_and_to_no_other(hill, desk):
    home = hill.home()
    row = hill.approved(home)
    with clock.fixed(NOTICE_OVER):
        step(desk(hill.town), "enter-file")
        page = queries.file_page(file_id=row.pk, actor=hill.town, at=NOTICE_OVER, today=TODAY)
        (paper,) = page.papers
        me = account_of(home.head_id)
        address = reverse("hardship-paper", args=[row.pk, paper.pk])
        assert desk(me).get(address).headers["Content-Type"] == "application/pdf"
        assert desk(hill.group).get(address).status_code == 404


def test_civil_affairs_sees_its_batches_and_nothing_of_the_files(hill, desk):
    row = hill.visit(hill.first(hill.applied()))
    hill.sign(row.household)
    hill.check(row)
    assert desk(hill.county).post(reverse("send-checks"), purpose="建档").status_code == 302
    batch = Batch.objects.get()
    browser = desk(hill.gov)
    told = text(browser.get(reverse("means-batch", args=[batch.pk])))
    assert "待反馈" in told
    assert "何秀英" not in told
    assert refused(browser.get(reverse("hardship-file", args=[row.pk])))
    assert refused(browser.get(reverse("send-checks")))
    assert "上传核对结果" in told
    assert desk(hill.county).get(reverse("means")).status_code == 200


def national_file(change=None):
    """The file as the national system would give it back."""
    rows = [["编号", "忽略"], [str(column.label) for column in rules.COLUMNS]]
    told = list(queries.national_cells(rows=NeedyWorkerFile.objects.filter(state="active")))
    lines = [[str(cell) if cell is not None else "" for cell in row] for row in told]
    if change:
        change(lines)
    book = openpyxl.Workbook()
    for row in [rows[1], *lines]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def compared(desk, hill, content):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    file = SimpleUploadedFile("national.xlsx", content)
    return text(desk(hill.county).post(reverse("national-hardship"), file=file))


def test_the_national_file_holds_every_file_in_force_and_is_held_against_the_register(hill, desk):
    hill.active()
    page = text(desk(hill.county).get(reverse("national-hardship")))
    assert "在档 1 份 文件行数 1 行 家庭年收入合计 18,000.00 元" in page
    assert "没有核对过" in page
    assert "完全一致" in compared(desk, hill, national_file())

    def wrong(lines):
        lines[0][[one.name for one in rules.COLUMNS].index("income")] = "20000"
        lines.append([f"KN20180{0:05d}", *lines[0][1:]])

    told = compared(desk, hill, national_file(wrong))
    assert "家庭年收入 18,000.00 20,000.00" in told
    assert "文件里有、册里没有" in told
    assert "不一致 2 处" in told
    assert set(rules.UNVERIFIED) == {one.name for one in rules.COLUMNS}


def test_a_file_that_is_none_is_refused_at_its_field(hill, desk):
    hill.active()
    assert "列" in compared(desk, hill, b"a,b\n1,2\n")
    assert date(2018, 8, 20) == TODAY
