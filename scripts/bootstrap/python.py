"""uv, the virtual environment and the locked packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from machine import (
    HERE,
    PYTHON,
    ROOT,
    STAMPS,
    TOOLS,
    VENV,
    VENV_BIN,
    apt_install,
    attempt,
    done,
    environment,
    is_done,
    must,
    say,
    stamp_of,
    stop,
)

UV_LOCK = HERE / "uv.txt"
OLDEST = (3, 11)
REQUIREMENTS = ROOT / "requirements"

# Written for paths with spaces, where a plain first line would not work.
LAUNCHER = """#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
import sys

from niangjia.project.cli import main

sys.exit(main())
"""


def set_up(level: str) -> None:
    """It holds the locked packages of that level (`base` to run, `dev` to test) and the project."""
    stamp = stamp_of(REQUIREMENTS / f"{level}.txt", level)
    base = stamp_of(REQUIREMENTS / "base.txt", "base")
    if _alive() and is_done(f"python-{level}", stamp) and is_done("python-base", base):
        return
    uv = _uv()
    if not _alive():
        _make_environment(uv)
    say(f"安装软件包（{level}）", f"installing packages ({level})")
    lock = REQUIREMENTS / f"{level}.txt"
    line = [
        uv,
        "pip",
        "install",
        "--python",
        PYTHON,
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        lock,
    ]
    must(
        line,
        "软件包安装失败，请检查网络后重试",
        "the packages could not be installed; check the network and try again",
    )
    _join_project()
    done(f"python-{level}", stamp)
    done("python-base", base)


def _alive() -> bool:
    """Whether .venv has a Python that still runs and is new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and attempt([PYTHON, "-c", check])


def _make_environment(uv: str) -> None:
    if VENV.exists() and not os.access(VENV, os.W_OK):
        stop(
            f"{VENV} 属于别的用户。请用自己的副本，或删除它。",
            f"{VENV} belongs to another user. Use a clone of your own.",
        )
    say("建立 Python 环境", "making the Python environment")
    for stale in STAMPS.glob("python-*"):
        stale.unlink()
    line = [uv, "venv", "--clear", "--python", _real_python(), VENV]
    must(line, "无法建立 Python 环境", "the Python environment could not be made")


def _real_python() -> str:
    """The interpreter itself: neither a version manager's stand-in nor another virtual environment's link."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _join_project() -> None:
    """Put the source on the environment's path and the command `niangjia` beside its Python.

    A .pth file and a small launcher instead of an editable install: the run environment holds no build tools.
    """
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True)  # noqa: S603 - our Python
    Path(said.stdout.strip(), "niangjia.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    launcher = VENV_BIN / "niangjia"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


def _uv() -> str:
    """A uv that runs: the machine's, else one of our own in build/tools."""
    ours = (TOOLS / "venv" / "bin" / "uv", TOOLS / "uv" / "bin" / "uv")
    for candidate in (os.environ.get("UV", ""), shutil.which("uv") or "", *map(str, ours)):
        if candidate and attempt([candidate, "--version"]):
            return candidate
    say("安装 uv", "installing uv")
    for way in (_by_venv, _by_pip, _by_virtualenv, _by_apt):
        found = way()
        if found and attempt([found, "--version"]):
            return str(found)
    return stop(
        "这里的 Python 既没有 venv 也没有 pip，无法安装 uv。"
        "请安装其一后重试，例如：sudo apt-get install python3-venv",
        "This Python has neither venv nor pip, so uv cannot be installed. Install one of them and try again, "
        "for example: sudo apt-get install python3-venv",
    )


def _install(python: str | Path, *where: str | Path) -> bool:
    line = [python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-deps", *where]
    return attempt([*line, "-r", UV_LOCK], environment())


def _by_venv() -> Path | None:
    folder = TOOLS / "venv"
    made = attempt([sys.executable, "-m", "venv", "--clear", folder])
    return folder / "bin" / "uv" if made and _install(folder / "bin" / "python") else None


def _by_pip() -> Path | None:
    """Into a folder of our own: allowed even where the distribution closes its Python to pip."""
    folder = TOOLS / "uv"
    return folder / "bin" / "uv" if _install(sys.executable, "--target", folder, "--upgrade") else None


def _by_virtualenv() -> Path | None:
    folder = TOOLS / "venv"
    for line in ([sys.executable, "-m", "virtualenv"], ["virtualenv"]):
        if attempt([*line, "--clear", folder]) and _install(folder / "bin" / "python"):
            return folder / "bin" / "uv"
    return None


def _by_apt() -> Path | None:
    return _by_venv() if apt_install("python3-venv") else None
