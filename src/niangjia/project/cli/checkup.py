"""What `niangjia doctor` looks at: the machine, the keys, the programs; each check says the remedy."""

import os
import platform
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from niangjia.project import instance
from niangjia.project.cli.voice import t
from niangjia.project.localpg import binaries
from niangjia.project.trouble import Trouble

OLDEST_PYTHON = (3, 11)
FREE_SHARE = 0.10
GB = 1024**3
COPIED = "backed-up"
"""Touched by whoever has put a copy of the keys in another safe place."""


@dataclass(frozen=True)
class Check:
    """One line of the report; `fix` says what to do when it is not ok."""

    name: str
    state: Literal["ok", "warn", "fail"]
    found: str
    fix: str = ""

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return asdict(self)


def machine(port: int) -> Iterator[Check]:
    """Python, tools, disk, port."""
    good = sys.version_info >= OLDEST_PYTHON
    fix = t("请安装 Python 3.11 或更新版本。", "Install Python 3.11 or newer.")
    yield Check("Python", "ok" if good else "fail", platform.python_version(), "" if good else fix)
    yield _tool(
        "uv", t("仅安装时需要：make setup 会自动安装。", "Needed for set-up only: make setup brings it.")
    )
    yield _tool(
        "node",
        t(
            "仅生成页面资源时需要：make setup 会自动安装。",
            "Needed to build assets only; make setup brings it.",
        ),
    )
    yield _tool("chromium", t("仅浏览器测试需要。", "Needed by the browser tests only."))
    yield _disk()
    yield _port(port)


def keys() -> Iterator[Check]:
    """The instance directory and every key file are closed to others."""
    home = instance.home()
    mode = stat.S_IMODE(home.stat().st_mode)
    name = t("实例目录", "instance directory")
    if mode & instance.OTHERS:
        yield Check(name, "fail", f"{home} ({mode:o})", f"chmod 700 '{home}'")
    else:
        yield Check(name, "ok", f"{home} ({mode:o})")
    for path in sorted(instance.keys().iterdir()):
        if path.is_dir() or path.name == COPIED:
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        bad = bool(mode & instance.OTHERS)
        title = t(f"密钥 {path.name}", f"key {path.name}")
        yield Check(title, "fail" if bad else "ok", f"{mode:o}", f"chmod 600 '{path}'" if bad else "")


def ring() -> Iterator[Check]:
    """The sealing keys: closed to others, no rotation left half done, a copy kept elsewhere."""
    folder = instance.keys() / "ring"
    found = sorted(folder.glob("[0-9]*.key")) if folder.is_dir() else []
    name = t("密封密钥", "sealing keys")
    if not found:
        yield Check(name, "ok", t("尚未启用", "not in use yet"))
        return
    for path in found:
        if stat.S_IMODE(path.stat().st_mode) & instance.OTHERS:
            yield Check(name, "fail", path.name, f"chmod 600 '{path}'")
    if (folder / "turning.json").exists():
        yield Check(name, "warn", t("更换未完成", "rotation unfinished"), "niangjia rotate-keys --all")
    told = t(f"{len(found)} 代", f"{len(found)} generation(s)")
    copied = folder.parent / COPIED
    if copied.exists() and copied.stat().st_mtime >= max(path.stat().st_mtime for path in found):
        yield Check(name, "ok", told)
        return
    fix = t(
        f"请把 {folder.parent} 复制到另一处安全保存，然后执行：touch '{copied}'（见 docs/keys.md）。",
        f"Keep a copy of {folder.parent} elsewhere, then: touch '{copied}' (docs/keys.md).",
    )
    yield Check(name, "warn", t(f"{told}，没有备份记录", f"{told}, no copy noted"), fix)


def programs() -> Iterator[Check]:
    """PostgreSQL's programs."""
    name = t("PostgreSQL 程序", "PostgreSQL programs")
    try:
        found = binaries.find()
    except Trouble as error:
        yield Check(name, "fail", "-", t(error.zh, error.en))
        return
    yield Check(name, "ok", f"{found.version} {found.folder}")
    missing = [tool for tool in ("pg_dump", "pg_restore") if not Path(found.program(tool)).exists()]
    if missing:
        fix = t(
            "备份需要它们：请安装 PostgreSQL 客户端。",
            "Backups need them: install PostgreSQL's client programs.",
        )
        yield Check(", ".join(missing), "warn", "-", fix)


def _tool(name: str, why: str) -> Check:
    beside = Path(sys.executable).parent / name
    path = shutil.which(name) or (str(beside) if beside.exists() else None)
    if path is None:
        return Check(name, "warn", "-", why)
    line = [path, "--version"]
    said = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH
    return Check(name, "ok", said.stdout.strip().splitlines()[0] if said.stdout.strip() else path)


def _disk() -> Check:
    usage = shutil.disk_usage(instance.home())
    share = usage.free / usage.total
    name = t("磁盘空间", "disk")
    found = f"{usage.free / GB:.1f} GB ({share:.0%})"
    if share >= FREE_SHARE:
        return Check(name, "ok", found)
    fix = t("剩余不足 10%，请清理磁盘。", "Less than 10% is free; make room.")
    return Check(name, "warn" if usage.free > GB else "fail", found, fix)


def _port(port: int) -> Check:
    name = t(f"端口 {port}", f"port {port}")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)):
            return Check(name, "ok", t("空闲", "free"))
    here = (instance.home() / "serve.json").exists()
    used = (
        t("平台正在使用", "Niangjia is running on it")
        if here
        else t("被别的程序占用", "taken by another program")
    )
    fix = "" if here else t("serve 会改用下一个空闲端口。", "serve will use the next free port.")
    return Check(name, "ok" if here else "warn", used, fix)


def is_root() -> Iterator[Check]:
    """Running as root works but is not what we advise."""
    if os.geteuid() == 0:
        fix = t("长期运行请用普通用户。", "For daily running use an ordinary user.")
        yield Check(t("运行用户", "account"), "warn", "root", fix)
