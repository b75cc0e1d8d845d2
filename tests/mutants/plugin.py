"""`pytest -p tests.mutants.plugin --mutants FILE`: every mutant of the functions named there meets the tests.

The database is made once; for each mutant the tests run until one of them fails: it is killed. Those that no
test kills are named, unless the file says why they change nothing (`alike`).
"""

import json
import sys
import tomllib
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.making import functions_of, mutants_of


def pytest_addoption(parser):
    parser.addoption("--mutants", help="a TOML file: what is changed, and which mutants change nothing")


def pytest_runtestloop(session):
    """Instead of running the tests once."""
    asked = tomllib.loads(Path(session.config.getoption("--mutants")).read_text(encoding="utf-8"))
    assert not _failed(session), "the tests hold before anything is changed"
    killed, alive, alike = 0, [], 0
    for group in asked["group"]:
        items = [item for item in session.items if any(part in item.nodeid for part in group["tests"])]
        named = [one for module in group.get("modules", ()) for one in functions_of(module)]
        for mutant in (one for path in [*group.get("functions", ()), *named] for one in mutants_of(path)):
            if any(mutant.name.startswith(known) for known in asked.get("alike", {})):
                alike += 1
                continue
            with mutant:
                dead = _failed(session, items)
            killed += dead
            alive += [] if dead else [mutant.name]
            sys.stderr.write(f"{'killed' if dead else 'ALIVE '} {mutant.name}\n")
    sys.stdout.write("\nMUTANTS " + json.dumps({"killed": killed, "alive": alive, "alike": alike}) + "\n")
    return True


def _failed(session, items=None):
    """Whether any of the tests fails."""
    items = session.items if items is None else items
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else session.items[-1]
        reports = runtestprotocol(item, nextitem=after, log=False)
        if any(one.failed for one in reports):
            return True
    return False


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line("mutants met the tests")
