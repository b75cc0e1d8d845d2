"""What every step needs: words to the person, child processes, stamps, the installers' environment."""

from __future__ import annotations

import configparser
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TOOLS = ROOT / "build" / "tools"
STAMPS = ROOT / "build" / "stamps"
VENV = ROOT / ".venv"
VENV_BIN = VENV / "bin"
PYTHON = VENV_BIN / "python"
LOG = ROOT / "build" / "setup.log"


def say(zh: str, en: str) -> None:
    """One line for the person who waits."""
    sys.stdout.write(f"· {zh} · {en}\n")
    sys.stdout.flush()


def stop(zh: str, en: str) -> NoReturn:
    """End with what is missing and the next step; code 4 means "the machine"."""
    sys.stdout.flush()
    sys.stderr.write(f"\n✗ {zh}\n  {en}\n")
    sys.exit(4)


def attempt(line: list[str | Path], env: dict[str, str] | None = None, cwd: Path = ROOT) -> bool:
    """Run a program; its words go to build/setup.log."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    words = [str(part) for part in line]
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        log.write("$ " + " ".join(words) + "\n")
        log.flush()
        try:
            done = subprocess.run(  # noqa: S603 - our own programs and arguments
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=env or environment(),
                cwd=cwd,
                check=False,
            )
        except OSError as error:
            log.write(f"{error}\n")
            return False
    return done.returncode == 0


def must(
    line: list[str | Path], zh: str, en: str, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> None:
    """Run a program that has to succeed; else show the end of the log."""
    if attempt(line, env, cwd):
        return
    tail = LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
    sys.stderr.write("\n".join(tail) + "\n")
    stop(f"{zh}（详见 {LOG}）", f"{en} (see {LOG})")


def environment() -> dict[str, str]:
    """The environment of installers: the machine's own settings count, caches go where we may write."""
    env = dict(os.environ)
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    env.setdefault("UV_SYSTEM_CERTS", "1")
    # Every package is pinned by its hash, so it may come from whichever index has it (as with pip).
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    env.setdefault("UV_COMPILE_BYTECODE", "1")
    env.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    env.setdefault("npm_config_update_notifier", "false")
    home = env.get("HOME", "")
    if not home or not os.access(home, os.W_OK | os.X_OK):
        cache = ROOT / "build" / "cache"
        for name, folder in (("UV_CACHE_DIR", "uv"), ("PIP_CACHE_DIR", "pip"), ("npm_config_cache", "npm")):
            env.setdefault(name, str(cache / folder))
        env.setdefault("XDG_CACHE_HOME", str(cache))
    _like_pip(env)
    authorities = env.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if authorities:
        env.setdefault("NODE_EXTRA_CA_CERTS", authorities)
    return env


def stamp_of(*parts: Path | str) -> str:
    """A digest of files (folders: all files below) and words: unchanged means nothing to do."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        files = sorted(path for path in part.rglob("*") if path.is_file()) if part.is_dir() else [part]
        for path in files:
            if path.exists() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_done(name: str, stamp: str) -> bool:
    """Whether that step was finished for the same inputs."""
    path = STAMPS / name
    return path.exists() and path.read_text(encoding="ascii") == stamp


def done(name: str, stamp: str) -> None:
    """Remember that a step was finished for these inputs."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(stamp, encoding="ascii")


def is_root() -> bool:
    """Whether packages of the distribution may be installed."""
    return os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install packages of a Debian-like distribution; False where that is not ours to do."""
    tool = shutil.which("apt-get")
    if not tool or not is_root():
        return False
    env = {**environment(), "DEBIAN_FRONTEND": "noninteractive"}
    line = [tool, "install", "-y", "--no-install-recommends", *packages]
    return attempt(line, env) or (attempt([tool, "update"], env) and attempt(line, env))


def _like_pip(env: dict[str, str]) -> None:
    """uv does not read pip's settings: hand it the index and the certificate that the machine's pip uses."""
    found: dict[str, str] = {}
    for path in _pip_files(env):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue
        for section in ("global", "install"):
            if parser.has_section(section):
                found.update(parser.items(section))
    pairs = (
        ("index-url", "PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("extra-index-url", "PIP_EXTRA_INDEX_URL", "UV_INDEX"),
        ("trusted-host", "PIP_TRUSTED_HOST", "UV_INSECURE_HOST"),
        ("cert", "PIP_CERT", "SSL_CERT_FILE"),
    )
    for key, of_pip, of_uv in pairs:
        value = env.get(of_pip) or found.get(key)
        if value:
            env.setdefault(of_uv, " ".join(value.split()))


def _pip_files(env: dict[str, str]) -> list[str]:
    """pip's settings files, the stronger ones last."""
    home = env.get("HOME", "")
    config = env.get("XDG_CONFIG_HOME") or (f"{home}/.config" if home else "")
    files = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf"]
    files += [f"{home}/.pip/pip.conf"] if home else []
    files += [f"{config}/pip/pip.conf"] if config else []
    return [*files, env.get("PIP_CONFIG_FILE", "")] if env.get("PIP_CONFIG_FILE") else files
