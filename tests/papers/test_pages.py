"""The faces: files go up and come down, papers are issued by a button, anybody checks one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from niangjia.kernel.access import EVERYWHERE, Role
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Organisation
from niangjia.papers import actions, queries
from niangjia.papers.models import Attachment, Paper
from niangjia.people.models import Person
from tests.conftest import AT
from tests.papers.hostile import BAD, GOOD, picture
from tests.papers.test_issuing import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ningbo, officer, acts, client):
    acts(officer)
    return client


def about(ningbo):
    return f"{reverse('attach')}?about=network.organisation:{ningbo.town.pk}"


def upload(client, ningbo, name="走访.jpg", declared="image/jpeg", body=None):
    file = SimpleUploadedFile("x", picture() if body is None else body, content_type=declared)
    file._name = name
    return client.post(about(ningbo), {"file": file, "kind": "photo"})


def test_a_file_goes_up_stands_on_the_page_and_comes_down_locked(desk, ningbo):
    response = upload(desk, ningbo)
    assert response.status_code == 302
    enter_scope(EVERYWHERE)
    row = Attachment.objects.get()
    page = desk.get(reverse("organisation", args=[ningbo.town.pk])).content.decode()
    assert "走访.jpg" in page
    got = desk.get(reverse("attachment-file", args=[row.pk]))
    assert got["Content-Disposition"].startswith("attachment")
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "image/jpeg")
    assert "sandbox" in got["Content-Security-Policy"]
    assert got.content != picture(), "the picture was drawn anew"
    assert desk.get(reverse("attachment-small", args=[row.pk]))["Content-Security-Policy"].endswith("sandbox")


def test_no_hostile_file_breaks_the_page_or_is_kept(desk, ningbo):
    for name, (told, declared, body) in BAD.items():
        response = upload(desk, ningbo, told, declared, body)
        assert response.status_code == 422, name
    enter_scope(EVERYWHERE)
    assert not Attachment.objects.exists()


def test_every_honest_file_is_kept(desk, ningbo):
    """The same bytes are not kept twice; a name longer than the head of its part is refused (400)."""
    for name, (told, declared, body) in GOOD.items():
        assert upload(desk, ningbo, told, declared, body).status_code in {302, 422, 400}, name
    enter_scope(EVERYWHERE)
    assert Attachment.objects.count() == len({body for _, _, body in GOOD.values()})


def test_the_same_file_twice_is_said_to_be_there(desk, ningbo):
    upload(desk, ningbo)
    assert "已经传过了" in upload(desk, ningbo, "换个名.jpg").content.decode()


def test_a_void_attachment_stays_with_its_reason(desk, ningbo):
    upload(desk, ningbo)
    enter_scope(EVERYWHERE)
    row = Attachment.objects.get()
    desk.post(reverse("attachment-void", args=[row.pk]), {"reason": "传错了"})
    enter_scope(EVERYWHERE)
    row.refresh_from_db()
    assert row.void_reason == "传错了"
    page = desk.get(reverse("organisation", args=[ningbo.town.pk])).content.decode()
    assert "传错了" in page


def test_a_file_of_another_county_is_not_there(desk, ningbo, acts, officer_of):
    upload(desk, ningbo)
    enter_scope(EVERYWHERE)
    row = Attachment.objects.get()
    acts(officer_of(Organisation.objects.get(name="宁波市海曙区总工会"), Role.CTY))
    for name in ("attachment-file", "attachment-small", "attachment-void", "attachment-open"):
        assert desk.get(reverse(name, args=[row.pk])).status_code == 404, name
    assert desk.get(about(ningbo)).status_code == 404


NOWHERE = ("", "x", "a:", "network.organisation:９", "no.such:1", "network.organisation:" + "9" * 40)


@pytest.mark.parametrize("asked", NOWHERE)
def test_an_address_that_names_no_record_leads_nowhere(desk, asked):
    assert desk.get(reverse("attach"), {"about": asked}).status_code == 404


def test_a_file_about_a_person_asks_the_purpose_and_writes_it_down(desk, ningbo, officer, acts, officer_of):
    person = Person.objects.create(name="王建国", name_key="王建国", keeper=ningbo.town.unit, created_at=AT)
    row = actions.attach(
        file=SimpleUploadedFile("诊断.jpg", picture(), content_type="image/jpeg"), kind="evidence",
        about_kind="network.organisation", about_id=ningbo.town.pk, unit_id=ningbo.town.pk,
        person_id=person.pk, by=officer, at=AT,
    )  # fmt: skip
    assert bytes(row.content.body)[:3] != b"\xff\xd8\xff"
    got = desk.get(reverse("attachment-file", args=[row.pk]))
    assert got.headers["Location"] == reverse("attachment-open", args=[row.pk])
    assert desk.get(reverse("attachment-small", args=[row.pk])).status_code == 404
    desk.post(reverse("attachment-open", args=[row.pk]), {"purpose": "复核困难情况"})
    got = desk.get(reverse("attachment-file", args=[row.pk]))
    assert got["Content-Type"] == "image/jpeg"
    enter_scope(EVERYWHERE)
    line = JournalLine.objects.get(verb="open_personal")
    assert (line.object_id, line.reason) == (row.pk, "复核困难情况")
    acts(officer_of(ningbo.city, Role.MUN, user_id=2))
    assert desk.get(reverse("attachment-file", args=[row.pk])).status_code == 302
    refused = desk.get(reverse("attachment-open", args=[row.pk]))
    assert refused.headers["Location"].startswith("/account/login/"), "a city does not open county files"


def test_a_paper_is_issued_by_one_button_and_its_page_offers_it(desk, ningbo):
    for name in ("organisation-sheet", "covering-list"):
        here = reverse(name, args=[ningbo.town.pk])
        assert desk.get(here).status_code == 200
        response = desk.post(here, {"once": "a-key-of-this-form"})
        assert response.status_code == 302, name
        page = desk.get(response["Location"]).content.decode()
        assert "下载 PDF 打印" in page
    enter_scope(EVERYWHERE)
    row = Paper.objects.get(template="register.organisation_sheet")
    got = desk.get(reverse("paper-pdf", args=[row.pk]))
    assert got.content.startswith(b"%PDF")
    assert got["Content-Disposition"].startswith("attachment")
    listed = desk.get(reverse("papers")).content.decode()
    assert row.number in listed
    assert row.number not in desk.get(reverse("papers") + "?standing=void").content.decode()


def test_the_word_file_tells_the_same(desk, ningbo):
    desk.post(reverse("organisation-sheet", args=[ningbo.town.pk]), {"once": "a-key-of-this-form"})
    enter_scope(EVERYWHERE)
    row = Paper.objects.get()
    got = desk.get(reverse("paper-word", args=[row.pk]))
    document = Document(io.BytesIO(got.content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert "下应街道总工会" in cells
    assert "启明路818号" in cells
    assert row.number in document.sections[0].footer.paragraphs[0].text
    assert not any("{{" in cell or "{%" in cell for cell in cells)


def test_anybody_checks_a_paper_by_its_code_and_its_file(client, ningbo, acts):
    row = issue(ningbo)
    body = queries.bytes_of(content=row.pdf)
    acts(None)
    here = reverse("check-paper")
    seen = client.get(here, {"number": row.number, "code": row.code})
    assert "现在有效" in seen.content.decode()
    assert "noindex" in seen["X-Robots-Tag"]
    asked = {"number": row.number, "code": row.code}
    same = client.post(here, asked | {"file": SimpleUploadedFile("a.pdf", body)})
    assert "完全相同" in same.content.decode()
    other = client.post(here, asked | {"file": SimpleUploadedFile("a.pdf", body + b" ")})
    assert "不同" in other.content.decode()
    wrong = client.get(here, {"number": row.number, "code": "22222-22222"}).content.decode()
    unknown = client.get(here, {"number": "DJ-1-2018-9999", "code": row.code}).content.decode()
    for page in (wrong, unknown):
        assert "没有找到编号和校验码都相符的文书" in page
        assert row.sha256 not in page


def test_guessing_codes_is_stopped_soon(client, ningbo, settings, acts):
    settings.NIANGJIA_LIMITS = True
    row = issue(ningbo)
    acts(None)
    told = [
        client.get(reverse("check-paper"), {"number": row.number, "code": f"22222-222{n:02}"}).status_code
        for n in range(22, 54)
    ]
    assert told[0] == 200
    assert told[-1] == 429


def test_a_void_paper_warns_whoever_checks_it(desk, client, ningbo, acts):
    row = issue(ningbo)
    desk.post(reverse("paper-void", args=[row.pk]), {"reason": "盖错了章"})
    acts(None)
    page = client.get(reverse("check-paper"), {"number": row.number, "code": row.code}).content.decode()
    assert "不再有效" in page
    assert "盖错了章" not in page, "the reason is the office's own"
