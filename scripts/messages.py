"""The English catalogue: collect what is said in Chinese, merge, check, compile. No gettext binaries.

Collected are the translatable strings of templates and every Chinese string of the Python source
that is no docstring; the command line and the demo world speak for themselves and are left out.

    python scripts/messages.py update | check | compile
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeGuard

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import template

from niangjia.kernel import policy
from niangjia.kernel.words import CONTEXT

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "niangjia"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3400-\u9fff]")
SET_IN_CHINESE = re.compile(r"\{\w+\}.*[\u3001-\u301f\uff08-\uff1f]|[\u3001-\u301f\uff08-\uff1f].*\{\w+\}")
INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
SILENT = ("project", "demo", "migrations", "catalogue")
SPEAKS_YET = ("project/api.py", "project/faults.py", "project/misread.py")
DATA: dict[str, set[str]] = {
    "campaigns/rules/columns.py": {"ALIASES", "EXAMPLE"},
    "enrolment/rules/peoples.py": {"_PEOPLES", "people_code"},
    "kernel/counting.py": {"Style", "_SCALES", "wording", "Measure"},
    "kernel/identifiers/names.py": {"_COMPOUND", "_PLAIN", "mask_name"},
    "kernel/money.py": {"_DIGITS", "_PLACES", "_bare", "capital"}
    | {"_capital_tail", "_capital_number", "_capital_group"},
    "notices/rules/masking.py": {"_ILLNESS", "NOBODY", "band"},
    "papers/rules/templates.py": {"han_day"},
    "register/actions/papers.py": {"_term", "_committee"},
    "privacy/queries/bundle.py": {"zipped"},
    "people/rules/__init__.py": {"_SURNAMES"},
    "portal/rules/places.py": {"_COUNTY_ENDINGS", "_PEOPLES"},
    "rosters/actions.py": {"ALIASES", "EXAMPLE"},
    "tree/actions/divisions/entries.py": {"_FILLERS", "_COMMITTEES"},
    "tree/actions/divisions/sources.py": {"_RENUMBERED", "towns"},
}
"""Definitions whose Chinese is matter and not words for a reader: numerals and measure words with an English
form of their own, surnames, endings of place names, codes of the published lists of divisions."""
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def of_templates() -> Iterator[tuple[str, str | None]]:
    """What `translate` and `blocktranslate` say; the plural where there is one."""
    for path in sorted((*SOURCE.rglob("*.html"), *SOURCE.glob("*/templates/**/*.txt"))):
        code = template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
        code = INDENTED.sub("", code)
        for _line, message, _comments, _context in extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS
        ):
            if isinstance(message, tuple):
                yield message[0], message[1]
            else:
                yield message, None


def of_python() -> Iterator[tuple[str, None]]:
    """Every Chinese string constant that is neither docstring nor part of an f-string."""
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE)
        if any(part in SILENT for part in inside.parts) and inside.as_posix() not in SPEAKS_YET:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        skipped = _docstrings(tree) | _parts_of_f_strings(tree) | _data(tree, path)
        for node in ast.walk(tree):
            if node not in skipped and _is_chinese(node):
                yield node.value, None


def _is_chinese(node: ast.AST) -> TypeGuard[ast.Constant]:
    """Whether a string says something in Chinese, or sets named places with Chinese marks."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(HAN.search(node.value) or SET_IN_CHINESE.search(node.value))
    )


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _parts_of_f_strings(tree: ast.AST) -> set[ast.AST]:
    return {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}


def _data(tree: ast.AST, path: Path) -> set[ast.AST]:
    """Everything inside the definitions that hold data, see `DATA`."""
    named = DATA.get(path.relative_to(SOURCE).as_posix(), set())
    return {part for node in ast.walk(tree) if named & set(_names_defined(node)) for part in ast.walk(node)}


def _names_defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def of_policies() -> dict[str, str]:
    """What the policy catalogue says, with the English it brings along."""
    catalogue = policy.shipped()
    words = {word: "" for word in catalogue.words() if HAN.search(word)}
    return words | catalogue.messages()


def said() -> dict[str, str | None]:
    """Every message once, with its plural."""
    if not settings.configured:
        settings.configure()
    found: dict[str, str | None] = {}
    for message, plural in (*of_templates(), *of_python()):
        found[message] = plural or found.get(message)
    return found | dict.fromkeys(of_policies())


def _catalogue() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE))
    made = polib.POFile()
    made.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return made


def missing() -> list[str]:
    """Messages without an English word, and messages whose named places differ."""
    entries = {_key(entry): entry for entry in _catalogue()}
    absent = [message for message in said() if message not in entries or not _is_whole(entries[message])]
    return absent + [
        entry.msgid
        for entry in entries.values()
        if entry.msgstr and _places(entry.msgid) != _places(entry.msgstr)
    ]


def _is_whole(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text)) | set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", text))


def _key(entry: polib.POEntry) -> str:
    """A message as the source says it, its context before it."""
    return f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def update() -> int:
    """Add what is new, drop what is no longer said; English words stay."""
    catalogue, wanted, ready = _catalogue(), said(), of_policies()
    known = {_key(entry): entry for entry in catalogue}
    for message, plural in wanted.items():
        if message not in known:
            context, _, text = message.rpartition(CONTEXT)
            entry = polib.POEntry(
                msgid=text, msgctxt=context or None, msgid_plural=plural or "", msgstr=ready.get(message, "")
            )
            if plural:
                entry.msgstr_plural = {0: "", 1: ""}
            catalogue.append(entry)
    for message, entry in known.items():
        if message not in wanted:
            catalogue.remove(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    return 0


def compile_() -> int:
    """Write the .mo file that Django reads."""
    _catalogue().save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return 0


def check() -> int:
    """Say what has no English yet; 1 if anything."""
    absent = missing()
    for message in absent:
        sys.stdout.write(f"no English: {message}\n")
    sys.stdout.write(f"{len(absent)} missing of {len(said())}\n")
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_, "check": check}[sys.argv[1]]())
