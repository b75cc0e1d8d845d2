"""Each identifier that the glossary says is in the code, is in the code."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "src" / "niangjia").rglob("*.py")
    if "migrations" not in path.parts
)


def identifiers():
    present = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("## To come")[0]
    rows = re.findall(r"^\| .+ \| .+ \| (.+) \|$", present, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


WORDS = frozenset(re.findall(r"[A-Za-z_]+", SOURCE)) | frozenset(re.findall(r"\w+", SOURCE))


def stands_in_the_code(name):
    """As an identifier of its own, or at the head of the name of a class."""
    camel = "".join(word.capitalize() for word in name.split("_"))
    return name in WORDS or any(word.startswith(camel) for word in WORDS)


def test_every_identifier_of_the_glossary_is_in_the_code():
    assert len(identifiers()) > 30
    assert [name for name in identifiers() if not stands_in_the_code(name)] == []


def test_no_chinese_term_has_two_english_words():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| (.+?) \| .+ \| .+ \|$", text, re.MULTILINE)
    terms = [term for term in terms if term not in {"中文", "---"}]
    assert len(terms) == len(set(terms))
