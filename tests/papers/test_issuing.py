"""Papers: filled in from the register, printed as PDF/A, numbered without gaps, checked by anybody."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from niangjia.kernel.access import EVERYWHERE, NOWHERE, PUBLIC_ROWS, SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Organisation
from niangjia.papers import actions, queries
from niangjia.papers.models import Attachment, Content, Paper, Series
from niangjia.people.models import Person
from niangjia.register import actions as register
from niangjia.register.rules import ROSTER, SHEET
from tests.conftest import AT, TODAY


def sheet_values(**more):
    values = {
        "name": "下应街道总工会", "kind": "镇街总工会", "parent": "鄞州区总工会", "established_on": TODAY,
        "unions": 10, "employers": 24, "workers": 1236, "committee": [], "day": TODAY,
    }  # fmt: skip
    return values | more


def issue(ningbo, by=SYSTEM, **more):
    unit = more.pop("unit", ningbo.town)
    return actions.issue(
        template=SHEET, values=sheet_values(**more.pop("values", {})), about_kind="network.organisation",
        about_id=unit.pk, unit_id=unit.pk, by=by, at=AT, **more,
    )  # fmt: skip


def text_of(paper):
    pages = PdfReader(io.BytesIO(queries.bytes_of(content=paper.pdf))).pages
    return [page.extract_text() for page in pages]


def test_the_register_sheet_of_a_union_tells_what_the_register_holds(ningbo, officer):
    paper = register.issue_organisation_sheet(unit_id=ningbo.town.pk, by=officer, at=AT)
    (text,) = text_of(paper)
    for told in (
        "工会组织登记表",
        "下应街道总工会",
        "启明路818号",
        "鄞州区总工会",
        paper.number,
        paper.code,
        "第 1 页，共 1 页",
    ):
        assert told.replace(" ", "") in text.replace(" ", "").replace("\n", ""), told
    assert paper.number == f"DJ-{ningbo.town.pk}-2018-0001"


def test_a_covering_list_of_many_pages_counts_its_pages_and_each_employer_once(ningbo, officer):
    paper = register.issue_covering_list(unit_id=ningbo.town.pk, by=officer, at=AT)
    (text,) = text_of(paper)
    assert text.count("鄞州区实验小学") == 1
    rows = [[n, f"第{n}厂", "", "企业", 10, "某工会", TODAY] for n in range(1, 121)]
    values = {"federation": "某联合会", "day": TODAY, "employers": 120, "workers": 1200, "rows": rows}
    long = actions.issue(
        template=ROSTER, values=values, about_kind="network.organisation", about_id=1,
        unit_id=ningbo.town.pk, by=officer, at=AT,
    )  # fmt: skip
    pages = text_of(long)
    assert len(pages) > 3
    assert all(f"第{n}页，共{len(pages)}页" in text.replace(" ", "") for n, text in enumerate(pages, 1))
    assert all("单位名称" in text for text in pages), "the heads of the columns stand on every page"


def test_a_paper_is_archivable_and_carries_its_fonts(ningbo):
    pdf = PdfReader(io.BytesIO(queries.bytes_of(content=issue(ningbo).pdf)))
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    fonts = pdf.pages[0]["/Resources"]["/Font"]
    assert all("NotoSerifSC" in fonts[name]["/BaseFont"] for name in fonts)


def test_what_is_filled_in_is_data_and_never_markup(ningbo):
    paper = issue(ningbo, values={"name": '#panic("x") *粗* $x$ ] = 题', "address": "\\ #import"})
    assert '#panic("x")' in "".join(text_of(paper)).replace("\n", "")


def test_rare_characters_of_names_are_printed(ningbo):
    row = ["㛃𬭚喆", "委员", "兼职", TODAY]
    assert "㛃" in "".join(text_of(issue(ningbo, values={"committee": [row]})))


def test_a_character_that_no_font_has_is_named_and_no_number_is_used_up(ningbo):
    with pytest.raises(BadInput, match="U\\+1F642"):
        issue(ningbo, values={"address": "笑脸🙂路"})
    assert not Series.objects.exists()
    assert issue(ningbo).sequence == 1


def test_a_paper_with_nothing_to_print_says_what_is_missing(ningbo):
    with pytest.raises(BadInput, match="组织类别"):
        issue(ningbo, values={"kind": ""})


def test_numbers_run_on_by_union_series_and_year(ningbo):
    numbers = [issue(ningbo).number, issue(ningbo).number, issue(ningbo, unit=ningbo.mall).number]
    town, mall = ningbo.town.pk, ningbo.mall.pk
    assert numbers == [f"DJ-{town}-2018-0001", f"DJ-{town}-2018-0002", f"DJ-{mall}-2018-0001"]


def test_anybody_with_number_and_code_learns_what_the_paper_is_and_nobody_else(ningbo):
    paper = issue(ningbo)
    enter_scope(PUBLIC_ROWS)
    assert not Paper.objects.exists()
    found = queries.checked(number=paper.number.lower(), code=paper.code.replace("-", " ").lower())
    assert (found.title, found.issuer, found.issued_on) == ("工会组织登记表", "下应街道总工会", TODAY)
    assert found.sha256 == paper.sha256
    assert found.voided_at is None
    assert queries.checked(number=paper.number, code="22222-22222") is None
    assert queries.checked(number=paper.number, code="") is None
    enter_scope(EVERYWHERE)
    assert hashlib.sha256(queries.bytes_of(content=paper.pdf)).hexdigest() == paper.sha256


def test_codes_of_papers_alike_differ(ningbo):
    codes = {issue(ningbo).code for _ in range(5)}
    assert len(codes) == 5


def test_a_void_paper_says_so_and_names_the_one_in_its_place(ningbo, officer):
    old = issue(ningbo)
    new = actions.reissue(
        paper_id=old.pk, template=SHEET, values=sheet_values(), reason="电话有误", by=officer, at=AT
    )
    found = queries.checked(number=old.number, code=old.code)
    assert (found.voided_at, found.newer) == (AT, new.number)
    with pytest.raises(Refused, match="已经作废"):
        actions.void_paper(paper_id=old.pk, reason="再作废", by=officer, at=AT)
    verbs = list(
        JournalLine.objects.filter(kind="papers.paper").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["issue_paper", "void_paper", "issue_paper"]


def test_voiding_asks_for_the_reason(ningbo, officer):
    with pytest.raises(BadInput, match="作废"):
        actions.void_paper(paper_id=issue(ningbo).pk, reason=" ", by=officer, at=AT)


def test_only_a_post_that_reaches_the_union_issues_its_papers(ningbo, officer_of):
    county = Organisation.objects.get(name="宁波市海曙区总工会")
    with pytest.raises(NotAllowed):
        issue(ningbo, by=officer_of(county, Role.CTY))
    with pytest.raises(NotAllowed):
        issue(ningbo, by=officer_of(ningbo.town, Role.AUD))


def test_a_paper_is_out_of_sight_outside_its_scope(ningbo, officer_of):
    paper = issue(ningbo)
    other = officer_of(Organisation.objects.get(name="宁波市海曙区总工会"), Role.CTY)
    with pytest.raises(NotVisible):
        queries.paper_in_scope(paper_id=paper.pk, scope=other.scope_for("papers.read"))
    enter_scope(other.scope_for("papers.read"))
    assert not Paper.objects.exists()
    assert not Content.objects.exists()
    enter_scope(NOWHERE)
    assert not Attachment.objects.exists()


def test_a_paper_about_a_person_is_sealed_in_the_database(ningbo):
    person = Person.objects.create(name="王建国", name_key="王建国", keeper=ningbo.town.unit, created_at=AT)
    paper = issue(ningbo, person_id=person.pk, values={"address": "迎丰村12号"})
    for content in (paper.pdf, paper.told):
        assert "迎丰村12号".encode() not in bytes(content.body)
        assert b"%PDF" not in bytes(content.body)
    assert queries.bytes_of(content=paper.pdf).startswith(b"%PDF")
