"""The house keeps its sizes (house.md §4) and its rooms (§2)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "niangjia"
PYTHON = sorted(
    path
    for folder in ("src", "tests", "benchmarks", "scripts")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
TEMPLATES = sorted(SOURCE.rglob("*.html"))
REFUSED = {"utils.py", "helpers.py", "managers.py", "signals.py", "services.py", "admin.py", "misc.py"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_CLASS, LONGEST_VIEW, LONGEST_TEMPLATE = 400, 50, 250, 25, 150
APP_AT_MOST = 2_500
APPS = (
    "tree",
    "people",
    "policies",
    "accounts",
    "notices",
    "papers",
    "exchange",
    "privacy",
    "registry",
    "messaging",
    "tasks",
    "supervision",
    "network",
    "bodies",
    "register",
    "rosters",
    "members",
    "dues",
    "transfers",
    "roll",
    "matching",
    "vitality",
    "joining",
    "drives",
    "welcome",
    "chronicle",
    "founding",
    "establishments",
    "restructuring",
    "reshaping",
    "enrolment",
    "ledger",
    "payments",
    "statements",
    "paydesk",
    "books",
    "households",
    "campaigns",
    "visits",
    "phones",
    "visiting",
    "eligibility",
    "means",
    "hardship",
    "aid",
    "sympathy",
    "handouts",
    "comfort",
    "casework",
    "pleas",
    "relief",
    "hearth",
    "outreach",
    "dossiers",
    "portal",
)


def nodes(path, kinds):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


def length(node):
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_python_file_keeps_its_size(path):
    assert path.name not in REFUSED, "a room of this name has no place in the house"
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_FILE
    functions = nodes(path, (ast.FunctionDef, ast.AsyncFunctionDef))
    assert [node.name for node in functions if length(node) > LONGEST_FUNCTION] == []
    assert [node.name for node in nodes(path, ast.ClassDef) if length(node) > LONGEST_CLASS] == []
    if path.name == "views.py" or path.parent.name == "views":
        assert [node.name for node in functions if length(node) > LONGEST_VIEW] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_keeps_its_size_and_the_strict_csp(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_TEMPLATE
    assert not re.search(r"\sstyle=|\son(click|change|submit|load|input)=|hx-on|javascript:", text)


@pytest.mark.parametrize("app", APPS)
def test_an_app_is_small_enough_to_be_read(app):
    files = [path for path in (SOURCE / app).rglob("*.py") if "migrations" not in path.parts]
    assert sum(path.read_text(encoding="utf-8").count("\n") for path in files) <= APP_AT_MOST


def test_actions_and_queries_take_their_arguments_by_name():
    loud = [
        f"{path.relative_to(SOURCE)}:{node.name}"
        for path in PYTHON
        if SOURCE in path.parents and ({"actions", "queries"} & {path.stem, path.parent.name})
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if len(node.args.args) > 1
        or (node.args.args and node.args.args[0].arg not in {"request", "day", "code"})
    ]
    assert loud == []


def test_nothing_unfinished_is_left_in_the_source():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*PYTHON, *TEMPLATES]
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert left == []


def test_no_address_and_no_machine_path_stands_in_a_lock_file():
    for name in ("package-lock.json", "requirements/base.txt", "requirements/dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "resolved" not in text
        assert not re.search(r"registry\.|pythonhosted|--index-url|--find-links|file:///", text)
