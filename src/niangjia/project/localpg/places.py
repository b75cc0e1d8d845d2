"""Where a local server lives and under whom it runs."""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from niangjia.project.trouble import Trouble

STORE = Path("/var/lib/niangjia")
SERVICE_USER = "niangjia"
PRIVATE = 0o700
SOCKET_PATH_LIMIT = 100  # bytes; the system's own limit is 104 to 108
SOCKET_FILE = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Place:
    """The directories of one local server and the account its processes run under.

    As root the server has its own account and lives in `/var/lib/niangjia`: root's instance directory may lie
    where that account cannot go, and we open no directory of others.
    """

    home: Path
    root: Path
    socket: Path
    runs_as: pwd.struct_passwd

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.root / "data"

    @property
    def start_log(self) -> Path:
        """What the server said while it started."""
        return self.root / "start.log"

    @property
    def other_account(self) -> bool:
        """Whether the server runs under another account than ours."""
        return self.runs_as.pw_uid != os.geteuid()


def place(home: Path) -> Place:
    """The place of this instance's server: chosen once, then read from `pg/place.json`."""
    pointer = home / "pg" / "place.json"
    pointer.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    if pointer.exists():
        said = json.loads(pointer.read_text(encoding="utf-8"))
        root, socket = Path(said["root"]), Path(said["socket"])
        runs_as = _account(root / "data")
        if not socket.parent.is_dir():
            socket = _socket_folder(root, runs_as.pw_uid)
        return Place(home, root, socket, runs_as)
    root = STORE / secrets.token_hex(6) if os.geteuid() == 0 else pointer.parent
    runs_as = _account(root / "data")
    chosen = Place(home, root, _socket_folder(root, runs_as.pw_uid), runs_as)
    draft = pointer.with_suffix(".draft")
    draft.write_text(json.dumps({"root": str(chosen.root), "socket": str(chosen.socket)}), encoding="utf-8")
    draft.replace(pointer)
    return chosen


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Only one process at a time starts, stops or lays out the server of an instance."""
    folder = home / "pg"
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def claim(folder: Path, owner: pwd.struct_passwd) -> None:
    """Make a directory that is the server's account's alone, or refuse one that belongs to somebody else."""
    folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=PRIVATE)
        if os.geteuid() != owner.pw_uid:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid:
        raise Trouble(
            zh=f"目录 {folder} 属于别的用户，为安全起见不使用它。请删除它，或设置 XDG_RUNTIME_DIR 后重试。",
            en=f"Directory {folder} belongs to another user and is not used. "
            "Remove it, or set XDG_RUNTIME_DIR and try again.",
        )
    if stat.S_IMODE(found.st_mode) != PRIVATE:
        folder.chmod(PRIVATE)


def _account(data: Path) -> pwd.struct_passwd:
    """Whoever owns the data already; else we ourselves; as root the service account."""
    if os.geteuid() != 0:
        return _entry(os.geteuid())
    if data.exists() and data.stat().st_uid != 0:
        return _entry(data.stat().st_uid)
    return _service_account()


def _entry(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise Trouble(
            zh=f"用户号 {uid} 在本机没有用户名，PostgreSQL 无法启动。"
            "请建立该用户，或用 DATABASE_URL 指定外部数据库。",
            en=f"User id {uid} has no name on this machine, so PostgreSQL cannot start. "
            "Add the user, or name an external database with DATABASE_URL.",
        ) from error


def _service_account() -> pwd.struct_passwd:
    """The account `niangjia`, made without home or log-in when it is missing."""
    attempts = (
        ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"],
        ["adduser", "-S", "-D", "-H", "-h", "/nonexistent"],
    )
    for command in attempts:
        try:
            return pwd.getpwnam(SERVICE_USER)
        except KeyError:
            tool = shutil.which(command[0], path="/usr/sbin:/sbin:/usr/bin:/bin")
            if tool:
                line = [tool, *command[1:], "-s", "/usr/sbin/nologin", SERVICE_USER]
                subprocess.run(line, capture_output=True, check=False)  # noqa: S603 - fixed words
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError as error:
        raise Trouble(
            zh=f"PostgreSQL 不能以 root 运行，系统用户 {SERVICE_USER} 又无法建立。"
            "请先建立该用户，或改用普通用户运行。",
            en=f"PostgreSQL does not run as root and the system user {SERVICE_USER} could not be added. "
            "Add it, or start as an ordinary user.",
        ) from error


def _socket_folder(root: Path, uid: int) -> Path:
    """A short path of our own: unix sockets allow about 100 bytes."""
    name = "nj-" + hashlib.blake2s(f"{uid}:{root}".encode(), digest_size=6).hexdigest()
    for base in _socket_bases():
        if base.is_dir() and os.access(base, os.W_OK | os.X_OK):
            folder = base / name
            if len(os.fsencode(folder / SOCKET_FILE)) < SOCKET_PATH_LIMIT:
                return folder
    raise Trouble(
        zh="找不到放置数据库套接字的目录（/tmp 不可写）。请设置 XDG_RUNTIME_DIR。",
        en="There is no directory for the database socket (/tmp is not writable). Set XDG_RUNTIME_DIR.",
    )


def _socket_bases() -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    mine = [Path(runtime)] if runtime and os.geteuid() != 0 and Path(runtime).is_absolute() else []
    return [*mine, Path("/tmp"), Path(tempfile.gettempdir())]  # noqa: S108 - the directory in it is 0700 and ours
