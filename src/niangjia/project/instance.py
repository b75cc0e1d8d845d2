"""The instance directory: what one installation keeps outside the database (keys, server, logs)."""

import os
import secrets
import stat
from pathlib import Path

from niangjia.project.trouble import Trouble

SOURCE = Path(__file__).resolve().parents[3]
PRIVATE_DIRECTORY = 0o700
OTHERS = 0o077


def home() -> Path:
    """The instance directory, made on first use and closed to everybody else (0700).

    `NIANGJIA_HOME`, else `var` beside the source, else (installed as a wheel) `var` in the working directory.
    """
    said = os.environ.get("NIANGJIA_HOME")
    base = SOURCE if (SOURCE / "pyproject.toml").exists() else Path.cwd()
    place = Path(said).expanduser().absolute() if said else base / "var"
    try:
        place.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            zh=f"无法建立实例目录 {place}（{error.strerror}）。请用 NIANGJIA_HOME 指定一个可写的目录。",
            en=f"The instance directory {place} cannot be made ({error.strerror}). "
            "Name a writable one with NIANGJIA_HOME.",
        ) from error
    if stat.S_IMODE(place.stat().st_mode) & OTHERS:
        place.chmod(PRIVATE_DIRECTORY)
    return place


def secret(name: str, nbytes: int = 32) -> bytes:
    """The key of that name: random, made once, 0600; the same in every later call and process."""
    path = keys() / name
    if not path.exists():
        _make_once(path, secrets.token_bytes(nbytes))
    refuse_open_key(path)
    key = path.read_bytes()
    if len(key) < nbytes:
        raise Trouble(
            zh=f"密钥文件 {path} 只有 {len(key)} 字节，应为 {nbytes} 字节。请从密钥备份中恢复。",
            en=f"Key file {path} holds {len(key)} bytes, not {nbytes}. Restore it from your key backup.",
        )
    return key


def lines(name: str) -> tuple[str, ...]:
    """The lines of a file beside the keys; none where there is no such file."""
    path = keys() / name
    return tuple(path.read_text(encoding="ascii").split()) if path.exists() else ()


def keys() -> Path:
    """The directory of key files (0700)."""
    place = home() / "keys"
    place.mkdir(mode=PRIVATE_DIRECTORY, exist_ok=True)
    return place


def refuse_open_key(path: Path) -> None:
    """Stop when others could read a key: whoever copied it could forge log-ins and read sealed fields."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        raise Trouble(
            zh=f"密钥文件 {path} 的权限是 {mode:o}，他人可读。请执行：chmod 600 '{path}'，并考虑更换密钥。",
            en=f"Key file {path} has mode {mode:o}: others can read it. "
            f"Run: chmod 600 '{path}', and consider a new key.",
        )


def given_secret(name: str) -> str:
    """The text of a key file that the operator may give, such as another system's password; else nothing."""
    path = keys() / name
    if not path.exists():
        return ""
    refuse_open_key(path)
    return path.read_text(encoding="utf-8").strip()


def _make_once(path: Path, key: bytes) -> None:
    """Write under another name first and link it: two starters agree, a crash leaves no half key."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key counts
    finally:
        draft.unlink()
