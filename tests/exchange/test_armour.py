"""Whatever is sent: no fault, little memory, little time, and a sentence that helps (control 20)."""

import json
import subprocess
import sys

import pytest

from niangjia.kernel.errors import BadInput
from niangjia.kernel.sheets.limits import USUAL
from niangjia.kernel.sheets.reading import CHILD, probe
from niangjia.kernel.sheets.trouble import WORDS
from tests.exchange.files import csv_of, firm, xlsx_of
from tests.exchange.hostile import bombs, corpus, intruders, texts

MEMORY, SECONDS = 256, 5
LAUNCH = """
import json, resource, subprocess, sys
answer = subprocess.run(json.loads(sys.argv[1]), stdin=open(sys.argv[2], "rb"), capture_output=True).stdout
used = resource.getrusage(resource.RUSAGE_CHILDREN)
lines = answer.splitlines()
told = [lines[0].decode(), lines[-1].decode(), len(lines)] if lines else ["", "", 0]
print(json.dumps([*told, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))
"""


UNGUARDED = """
import io, sys, zipfile
text = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read("xl/worksheets/sheet1.xml") * 3
"""


def measured(mode, content, folder):
    """The child's first and last line, how many, its peak in MB and its seconds of processor.

    Started from a small process: a large one would lend the child its own peak.
    """
    path = folder / "file"
    path.write_bytes(content)
    line = json.dumps([*CHILD, mode, str(MEMORY), str(SECONDS)])
    return launched(line, path)


def launched(line, path):
    parts = [sys.executable, "-c", LAUNCH, line, str(path)]
    told = subprocess.run(parts, capture_output=True, check=True)  # noqa: S603 - our own program
    return json.loads(told.stdout)


def trial(office, tmp_path):
    """Every file of the corpus is sent; returns what they cost at most, in words."""
    files = corpus()
    assert len(files) >= 100
    faults, most, longest, read = [], 0.0, 0.0, 0
    for name, content in files.items():
        first, last, _, memory, seconds = measured("probe", content, tmp_path)
        if '"kind"' in first:
            kind = json.loads(first)["kind"]
            first, last, _, *used = measured(kind, content, tmp_path)
            memory, seconds = max(memory, used[0]), max(seconds, used[1])
            read += 1
            faults += _unheard(office, name, content)
        if last and '"refused"' in last and json.loads(last)["refused"] not in WORDS:
            faults.append(f"{name}: {last}")
        if memory > MEMORY or seconds > SECONDS + 1:
            faults.append(f"{name}: {memory:.0f} MB, {seconds:.1f} s")
        most, longest = max(most, memory), max(longest, seconds)
    told = f"{len(files)} files, {read} opened; at most {most:.0f} MB, {longest:.1f} s of processor"
    assert faults == []
    return told


@pytest.mark.slow
def test_no_hostile_file_makes_a_fault_or_costs_more_than_its_share(office, tmp_path, record_property):
    record_property("hostile files", trial(office, tmp_path))


@pytest.mark.proof
def test_proof_that_hostile_files_cost_little(office, tmp_path):
    sys.stdout.write(f"PROOF hostile files: {trial(office, tmp_path)}, 0 faults\n")


def _unheard(office, name, content):
    """What is wrong with the answer to a file that may be opened: it must be checked, or refused in words."""
    batch = office.check(content, name="hostile", again=True)
    if batch.state == "checked" or (batch.state == "unreadable" and batch.trouble):
        return []
    return [f"{name}: {batch.state}"]


def test_without_the_limits_a_hostile_file_does_cost_more(tmp_path):
    """The control: what the limits hold back is there."""
    bomb = bombs()["bomb of one cell"]
    line = json.dumps([sys.executable, "-c", UNGUARDED])
    (tmp_path / "file").write_bytes(bomb)
    assert launched(line, tmp_path / "file")[3] > MEMORY


@pytest.mark.parametrize("files", [texts, intruders])
def test_a_file_that_is_not_read_is_answered_with_the_next_step(files):
    told = files()
    for name in told.keys() & {"empty", "macros", "external link", "encrypted workbook", "pdf", "nested zip"}:
        with pytest.raises(BadInput, match=r"请.*。$"):
            probe(told[name])


def test_a_file_over_the_limit_is_not_even_handed_on():
    with pytest.raises(BadInput, match="20 MB"):
        probe(b"x" * (USUAL.file_bytes + 1))


def test_an_honest_file_is_read_within_the_same_limits(tmp_path):
    content = xlsx_of([firm(n) for n in range(2000)])
    _, last, lines, memory, _ = measured("xlsx", content, tmp_path)
    assert (json.loads(last), lines) == ({"end": 2001}, 2003)
    assert memory < MEMORY


def test_a_formula_in_a_name_is_entered_as_text_and_leaves_as_text(office):
    batch = office.commit(office.check(csv_of([firm(1, name="=1+1")])))
    assert batch.fates == {"entered": 1}
