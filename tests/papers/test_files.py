"""What arrives is looked into: the good is kept in our form, the bad is refused in words, never a crash."""

import io
import resource
import time

import pytest
from PIL import Image

from niangjia.kernel.errors import BadInput
from niangjia.papers.rules import FileKind, Limits, clean_name, code_from, looked_at, told_code
from tests.papers.hostile import BAD, GOOD, MAIN, office, pdf, picture

LIMITS = Limits(10, frozenset(kind.value for kind in FileKind), 30, 2400)


def look(name, declared, body, limits=LIMITS):
    return looked_at(name=name, declared=declared, body=body, limits=limits)


def test_the_corpus_of_hostile_files_is_as_large_as_promised():
    assert len(BAD) >= 40


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_or_broken_file_is_refused_beside_its_field_and_soon(name):
    began = time.process_time()
    with pytest.raises(BadInput) as refused:
        look(*BAD[name])
    assert refused.value.field == "file"
    assert all(str(reason).endswith("。") for reason in refused.value.reasons)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_kept(name):
    seen = look(*GOOD[name])
    assert seen.body
    assert not {"\x00", "\u202e", "/", "\\"} & set(seen.name)
    assert len(seen.name) <= 130


def test_refusing_the_whole_corpus_stays_small():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for told in BAD.values():
        with pytest.raises(BadInput):
            look(*told)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 256 * 1024, f"{grown} kB"


def test_a_picture_loses_place_camera_comment_and_tail():
    exif = Image.Exif()
    exif[0x0110] = "CameraOfWang"
    exif.get_ifd(0x8825)[1] = "N"
    dirty = picture(exif=exif, comment=b"secret") + b"<script>"
    seen = look("a.jpg", "image/jpeg", dirty)
    assert not any(word in seen.body for word in (b"CameraOfWang", b"secret", b"<script>", b"Exif"))
    with Image.open(io.BytesIO(seen.body)) as kept:
        assert not kept.getexif()


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = look("a.jpg", "image/jpeg", picture(size=(80, 40), exif=exif))
    assert (seen.width, seen.height) == (40, 80)


def test_a_large_picture_is_made_smaller_and_gets_a_small_one_beside_it():
    seen = look("a.jpg", "image/jpeg", picture(size=(5000, 2500)))
    assert (seen.width, seen.height) == (2400, 1200)
    with Image.open(io.BytesIO(seen.thumb)) as small:
        assert max(small.size) <= 320


def test_what_policy_does_not_list_is_refused_with_what_it_lists():
    only = Limits(10, frozenset({"pdf"}), 30, 2400)
    with pytest.raises(BadInput, match="这里只收 pdf 文件"):
        look("a.jpg", "image/jpeg", picture(), only)


def test_the_refusal_says_what_the_content_is():
    with pytest.raises(BadInput, match="内容却是 png"):
        look("a.jpg", "image/jpeg", picture("PNG"))


def test_a_pdf_and_an_office_file_are_kept_as_they_came():
    for name, body in (("a.pdf", pdf()), ("a.docx", office()), ("a.xlsx", office("xlsx"))):
        assert look(name, "", body).body == body
    assert look("a.docx", MAIN["docx"].removesuffix(".main+xml"), office()).kind is FileKind.DOCX


def test_names_are_cleaned_without_losing_their_ending():
    assert clean_name("a/b\\照\x00片\u202e .JPG") == "照片.JPG"
    assert clean_name("x" * 300 + ".pdf").endswith(".pdf")
    assert clean_name("...") == ""


def test_a_code_is_read_as_people_type_it_and_never_from_too_few_signs():
    code = code_from(b"\x07" * 32)
    assert told_code(code.lower().replace("-", "　")) == code
    assert told_code(code[:-1]) == ""
    assert not set(code) & set("01OILU")
