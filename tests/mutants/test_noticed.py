"""Each small change to what lets money and aid through is noticed by a test (PROOF lines tell how many)."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.mutants.making import functions_of, mutants_of

ROOM = Path(__file__).parent
ROOT = ROOM.parents[1]
ENOUGH = 20
LISTS = ("aid", "ledger", "payments")


@pytest.mark.parametrize("name", LISTS)
def test_every_function_of_the_lists_is_there_and_can_be_got_wrong(name):
    told = tomllib.loads((ROOM / f"{name}.toml").read_text(encoding="utf-8"))
    groups = told["group"]
    named = [path for group in groups for path in group.get("functions", ())]
    named += [path for group in groups for room in group.get("modules", ()) for path in functions_of(room)]
    made = [mutant.name for path in named for mutant in mutants_of(path)]
    assert len(made) >= ENOUGH
    assert [one for one in told.get("alike", {}) if not any(name.startswith(one) for name in made)] == []
    assert [path for group in groups for path in group["tests"] if not (ROOT / path).exists()] == []


@pytest.mark.proof
@pytest.mark.parametrize("name", LISTS)
def test_proof_that_every_mutant_is_noticed(name):
    asked = ROOM / f"{name}.toml"
    groups = tomllib.loads(asked.read_text(encoding="utf-8"))["group"]
    tests = [path for group in groups for path in group["tests"]]
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    own["NIANGJIA_HOME"] = str(ROOT / "var" / "test-mutants")
    line = [sys.executable, "-m", "pytest", "-p", "tests.mutants.plugin", "--mutants", str(asked), *tests]
    more = ["-q", "-n0", "-p", "no:cacheprovider", "-m", "not slow and not proof and not browser"]
    done = subprocess.run([*line, *more], cwd=ROOT, env=own, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    told = [row for row in done.stdout.splitlines() if row.startswith("MUTANTS ")]
    assert told, done.stdout[-2000:] + done.stderr[-2000:]
    found = json.loads(told[0].removeprefix("MUTANTS "))
    sys.stdout.write(
        f"PROOF mutants of {name}: {found['killed']} noticed, {len(found['alive'])} unnoticed, "
        f"{found['alike']} that change nothing\n"
    )
    assert found["killed"] >= ENOUGH
    assert found["alive"] == []
