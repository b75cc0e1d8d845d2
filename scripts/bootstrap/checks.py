"""Linters and test tiers, with one closing line that counts everything."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import bookkeeping
from machine import ROOT, VENV_BIN, attempt, environment, say

import browser

NO_TESTS = 5
LINTERS = (
    ("mypy", "src"),
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djlint", "--lint", "--quiet", "src"),
    ("lint-imports",),
)
AT_ONCE = 2
TIERS = {
    "fast": ("-n", "2", "--dist", "worksteal", "-m", "not browser and not slow and not proof"),
    "browser": ("-n", "2", "--maxschedchunk", "1", "-m", "browser and not slow and not proof"),
    "slow": ("-n", "2", "--dist", "worksteal", "--durations=40", "-m", "slow and not proof"),
    "proof": ("-s", "-m", "proof"),
}
PROOF = ROOT / "docs" / "proof.md"
proved: list[str] = []
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")


def lint() -> bool:
    """Every linter runs, also after one complained; two at a time, what each says stays together."""
    with ThreadPoolExecutor(AT_ONCE) as hands:
        results = []
        for line, (code, said) in zip(LINTERS, hands.map(_heard, LINTERS), strict=True):
            say(" ".join(line), "clean" if code == 0 else f"ended with {code}")
            sys.stdout.write(said)
            results.append(code == 0)
    return all(results)


def _heard(line: tuple[str, ...]) -> tuple[int, str]:
    """The code of a program and all that it said."""
    told = subprocess.run(  # noqa: S603 - our own tools
        [str(VENV_BIN / line[0]), *line[1:]], cwd=ROOT, env=_tools(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    return told.returncode, told.stdout


def tiers(*names: str) -> bool:
    """Run tiers of tests; all of them, even after a failure; then the closing line."""
    total = {"passed": 0, "failed": 0, "skipped": 0}
    good = True
    for name in names:
        say(f"测试：{name}", f"tests: {name}")
        extra = {"NIANGJIA_CHROMIUM": browser.set_up()} if name == "browser" else {}
        extra |= {"NIANGJIA_HLEDGER": bookkeeping.set_up()} if name in {"fast", "slow"} else {}
        code, last = _run([str(VENV_BIN / "python"), "-m", "pytest", *TIERS[name]], extra)
        good = good and code in (0, NO_TESTS)
        for number, what in COUNT.findall(last):
            total["failed" if what.startswith("error") else what] += int(number)
    _leave_nothing_running()
    good = good and (total["passed"] > 0 or "fast" not in names)
    sys.stdout.write(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped\n")
    return good and not total["failed"]


def write_proof(good: bool) -> None:  # noqa: FBT001 - a verdict
    """What `make proof` saw, with commit and machine, as docs/proof.md."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    verdict = "all held" if good else "NOT ALL HELD"
    lines = [f"- {line}" for line in proved]
    text = ["# Proof", "", f"`make proof` at commit {commit} on {machine}: {verdict}.", "", *lines, ""]
    PROOF.write_text("\n".join(text), encoding="utf-8")


def _leave_nothing_running() -> None:
    """In CI the tests' own PostgreSQL is stopped and removed; a developer keeps it for the next run."""
    if os.environ.get("CI") == "true":
        names = "from niangjia.project import instance, localpg"
        homes = "sorted((instance.SOURCE / 'var').glob('test*'))"
        code = f"{names}; [localpg.discard(home) for home in {homes}]"
        attempt([VENV_BIN / "python", "-c", code])


def _tools() -> dict[str, str]:
    """The environment in which our own tools are found first."""
    env = environment()
    return {**env, "PATH": f"{VENV_BIN}{os.pathsep}{env.get('PATH', '')}"}


def _run(line: list[str], extra: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a program, show its words as they come, return its code and last line that counts tests."""
    env = {**_tools(), **{key: value for key, value in (extra or {}).items() if value}}
    env.setdefault("PYTHONUNBUFFERED", "1")
    say(line[0].rsplit("/", 1)[-1] + " " + " ".join(line[1:]), "…")
    last = ""
    with subprocess.Popen(  # noqa: S603 - our own tools
        line, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as child:  # fmt: skip
        for said in child.stdout or ():
            sys.stdout.write(said)
            sys.stdout.flush()
            last = said if COUNT.search(said) and " in " in said else last
            if "PROOF " in said:
                proved.append(said.split("PROOF ", 1)[1].strip())
    return child.returncode, last
