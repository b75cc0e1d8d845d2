"""Laying out, starting and stopping one server; every step can be repeated after a crash at any point."""

import hashlib
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

from niangjia.project.localpg import binaries, layout
from niangjia.project.localpg.binaries import Binaries
from niangjia.project.localpg.places import Place, claim
from niangjia.project.trouble import Trouble

START_SECONDS = 90
TRIES = 5
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def programs(place: Place) -> Binaries:
    """The programs that fit the data already there, where the server's account can reach them."""
    made_by = place.data / "PG_VERSION"
    major = int(made_by.read_text(encoding="ascii")) if made_by.exists() else None
    return binaries.reachable(binaries.find(major=major), place)


def postmaster(place: Place) -> int | None:
    """The process id of the running server, or None; a file left behind by a killed one does not count."""
    try:
        pid = int((place.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    # The number may have gone to another program since: ours works in the data directory.
    where = Path(f"/proc/{pid}/cwd")
    if Path("/proc/self").exists():
        return pid if where.exists() and where.resolve() == place.data.resolve() else None
    said = _run(place, ["ps", "-o", "command=", "-p", str(pid)], check=False)
    return pid if "postgres" in said.stdout else None


def lay_out(place: Place, pg: Binaries) -> None:
    """Make the data directory: under another name first, so that half of it is never taken for whole."""
    claim(place.root, place.runs_as)
    if (place.data / "PG_VERSION").exists():
        return
    draft = place.root / "data.draft"
    for half in (draft, place.data):
        if half.exists():
            shutil.rmtree(half)
    line = [pg.program("initdb"), "-D", str(draft), "--locale=C.UTF-8", "-E", "UTF8", "-k"]
    _run(place, [*line, "-U", layout.SUPERUSER, "--auth=peer"])
    draft.rename(place.data)


def start(place: Place, pg: Binaries) -> None:
    """Start the server and wait until it answers; recovery after a crash is PostgreSQL's own."""
    claim(place.socket, place.runs_as)
    for left in [*place.socket.glob(".s.PGSQL.*"), place.data / "postmaster.pid"]:
        left.unlink(missing_ok=True)  # no server runs (we hold the lock and have looked)
    _write(place, "postgresql.conf", layout.settings_text(place))
    _write(place, "pg_hba.conf", layout.HBA)
    _write(place, "pg_ident.conf", layout.ident_text(place))
    line = [pg.program("pg_ctl"), "-D", str(place.data), "-l", str(place.start_log), "-w"]
    for last in (False,) * (TRIES - 1) + (True,):
        # Children of a killed server may hold its memory for a moment; PostgreSQL then refuses to start.
        if _run(place, [*line, "-t", str(START_SECONDS), "start"], check=last).returncode == 0:
            return
        threading.Event().wait(1)


def wait_until_ready(place: Place, pg: Binaries) -> None:
    """Wait for a server that is still recovering."""
    for _ in range(START_SECONDS * 5):
        if superuser_sql(place, pg, "SELECT 1", check=False).returncode == 0:
            return
        threading.Event().wait(0.2)
    raise _failed(place, "PostgreSQL", "")


def stop(place: Place, pg: Binaries) -> None:
    """Stop at once but properly: open transactions are rolled back, everything committed is on disk."""
    _run(place, [pg.program("pg_ctl"), "-D", str(place.data), "-m", "fast", "-w", "stop"])


def furnish(place: Place, pg: Binaries) -> None:
    """Roles, extensions and the database; a mark says which text was last applied."""
    text = layout.ROLES + layout.TEMPLATE + layout.CREATE
    digest = hashlib.sha256(text.encode()).hexdigest()
    mark = place.root / "furnished"
    if mark.exists() and mark.read_text(encoding="ascii") == digest:
        return
    superuser_sql(place, pg, text)
    draft = mark.with_suffix(".draft")
    draft.write_text(digest, encoding="ascii")
    draft.replace(mark)


def superuser_sql(
    place: Place, pg: Binaries, text: str, *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run SQL as the superuser, whom only the server's own account can be."""
    line = [pg.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(place.socket)]
    return _run(place, [*line, "-U", layout.SUPERUSER, "-d", "template1"], check=check, text_in=text)


def _write(place: Place, name: str, text: str) -> None:
    path = place.data / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    if place.other_account:
        os.chown(path, place.runs_as.pw_uid, place.runs_as.pw_gid)


def _run(
    place: Place, line: list[str], *, check: bool = True, text_in: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's account, in a session of its own: our terminal's Ctrl-C is not for it."""
    account: dict[str, Any] = {}
    if place.other_account:
        account = {"user": place.runs_as.pw_uid, "group": place.runs_as.pw_gid, "extra_groups": []}
    # pg_ctl's child keeps our pipes open, so output goes to a file that the child may hold.
    with (place.home / "pg" / "output").open("w+", encoding="utf-8", errors="replace") as said:
        done = subprocess.run(  # noqa: S603 - programs we found, arguments of our own
            line, stdout=said, stderr=said, input=text_in, text=True, check=False, cwd="/",
            env=CLEAN_ENVIRONMENT, start_new_session=True, umask=0o077, **account,
        )  # fmt: skip
        said.seek(0)
        done.stdout = said.read()
    if check and done.returncode:
        raise _failed(place, Path(line[0]).name, done.stdout)
    return done


def _failed(place: Place, program: str, said: str) -> Trouble:
    log = place.start_log.read_text(encoding="utf-8", errors="replace") if place.start_log.exists() else ""
    tail = f"{said.strip()[-800:]}\n{log[-800:]}".strip()
    return Trouble(
        zh=f"{program} 没有成功。它的回答：\n{tail}\n可运行 niangjia doctor 查看原因。",
        en=f"{program} did not succeed; its answer stands above. niangjia doctor may tell the cause.",
    )
