"""Set up, run and check the project on a machine that has nothing but Python, git and make."""

from __future__ import annotations

import os
import shutil
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python still reads this file: look for a newer one beside it
    for _name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        _found = shutil.which(_name)
        if _found:
            os.execv(_found, [_found, *sys.argv])  # noqa: S606 - the same program under a newer Python
    sys.exit("✗ 需要 Python 3.11 或更新版本。\n  Python 3.11 or newer is needed.")

import assets
import bookkeeping
import checks
import python
from machine import ROOT, VENV_BIN, environment

import browser

ALL_TIERS = ("fast", "browser", "slow")


def set_up(level: str) -> None:
    """Everything that running (`base`) or testing (`dev`) needs; nothing is done twice."""
    os.chdir(ROOT)
    python.set_up(level)
    assets.set_up(level)
    assets.compile_messages()


def run(words: list[str]) -> bool:
    """Set up, then become `niangjia serve --demo` (or the command given)."""
    set_up("base")
    line = [str(VENV_BIN / "niangjia"), *(words or ["serve", "--demo"])]
    os.execve(line[0], line, environment())  # noqa: S606 - our own program


def test(_: list[str]) -> bool:
    """Linters and all tiers."""
    set_up("dev")
    browser.set_up()
    bookkeeping.set_up()
    clean = checks.lint()
    return checks.tiers(*ALL_TIERS) and clean


def lint(_: list[str]) -> bool:
    """The linters alone."""
    set_up("dev")
    return checks.lint()


def tiers(words: list[str]) -> bool:
    """The tiers named."""
    set_up("dev")
    good = checks.tiers(*words)
    if "proof" in words:
        checks.write_proof(good)
    return good


def setup(words: list[str]) -> bool:
    """The environment alone: `base` or `dev`."""
    set_up(words[0] if words else "base")
    return True


COMMANDS = {"run": run, "test": test, "lint": lint, "tiers": tiers, "setup": setup}


def main() -> int:
    """The exit code of the command named first."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004 - the program's own name comes first
        sys.exit(f"usage: python3 scripts/bootstrap {{{','.join(COMMANDS)}}} …")
    return 0 if COMMANDS[sys.argv[1]](sys.argv[2:]) else 1


if __name__ == "__main__":
    sys.exit(main())
