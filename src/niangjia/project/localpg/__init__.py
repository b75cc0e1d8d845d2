"""A PostgreSQL of our own: a thin wrapper round initdb and pg_ctl, reached by a unix socket only.

`DATABASE_URL` and `DATABASE_WEB_URL` name a server of the operator's instead; then nothing is started here.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from niangjia.project import dburl
from niangjia.project.localpg import binaries, layout, places, server
from niangjia.project.trouble import Trouble

__all__ = [
    "Status", "Urls", "create_database", "discard", "drop_database", "ensure", "external", "for_database",
    "is_running", "owner_sql", "status", "stop", "urls",
]  # fmt: skip


@dataclass(frozen=True)
class Urls:
    """The two addresses: `owner` for migrations and backups, `web` for everything else."""

    owner: str
    web: str


@dataclass(frozen=True)
class Status:
    """What is known of the local server without touching it."""

    running: bool
    pid: int | None
    version: str
    data: Path
    socket: Path
    runs_as: str


def ensure(home: Path) -> Urls:
    """A server that answers, with roles and database; started, and mended after a crash, where needed."""
    said = external()
    if said:
        return said
    with places.locked(home):
        place = places.place(home)
        pg = server.programs(place)
        if server.postmaster(place) is None:
            server.lay_out(place, pg)
            server.start(place, pg)
        server.wait_until_ready(place, pg)
        server.furnish(place, pg)
    return urls(home)


def urls(home: Path) -> Urls:
    """The addresses of this instance's database; starts nothing."""
    return external() or _urls(places.place(home), layout.DATABASE)


def external() -> Urls | None:
    """The operator's own server, named by the environment; both addresses or none."""
    owner, web = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_WEB_URL")
    if bool(owner) != bool(web):
        raise Trouble(
            zh="DATABASE_URL（表的所有者，用于迁移）与 DATABASE_WEB_URL（网页角色）须同时设置。",
            en="Set both DATABASE_URL (the owner, for migrations) "
            "and DATABASE_WEB_URL (the web role, under row-level security).",
        )
    return Urls(owner, web) if owner and web else None


def stop(home: Path) -> bool:
    """Stop the local server; False where none was running."""
    if external():
        return False
    with places.locked(home):
        place = places.place(home)
        if server.postmaster(place) is None:
            return False
        server.stop(place, server.programs(place))
        return True


def status(home: Path) -> Status:
    """Whether the local server runs, where and under whom."""
    place = places.place(home)
    pid = server.postmaster(place)
    found = server.programs(place)
    return Status(pid is not None, pid, found.version, place.data, place.socket, place.runs_as.pw_name)


def is_running(home: Path) -> bool:
    """Whether the local server's main process lives; cheap enough to ask every second."""
    return server.postmaster(places.place(home)) is not None


def discard(home: Path) -> None:
    """Stop the server and delete its data: for temporary instances of tests, stories and restores."""
    stop(home)
    with places.locked(home):
        place = places.place(home)
        shutil.rmtree(place.socket, ignore_errors=True)
        shutil.rmtree(place.data, ignore_errors=True)
        if place.root.parent == places.STORE:
            shutil.rmtree(place.root, ignore_errors=True)
        (home / "pg" / "place.json").unlink(missing_ok=True)


def create_database(home: Path, name: str) -> Urls:
    """A new empty database beside the main one, owned by the owner role."""
    owner_sql(home, f'CREATE DATABASE "{_checked(name)}"')
    return for_database(home, name)


def drop_database(home: Path, name: str) -> None:
    """Remove a database that `create_database` made, even while somebody is still connected.

    Clients are ended first and the server sends its own autovacuum away: `WITH (FORCE)` would need a
    superuser as soon as one happens to be at work there.
    """
    if _checked(name) == dburl.parse(urls(home).owner)["NAME"]:
        raise Trouble(zh="主数据库不能这样删除。", en="The main database is not dropped this way.")
    there = f"datname = '{name}' AND usename IS NOT NULL"
    owner_sql(home, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {there}")  # noqa: S608
    owner_sql(home, f'DROP DATABASE IF EXISTS "{name}"')


def for_database(home: Path, name: str) -> Urls:
    """The addresses of another database on the same server."""
    here = urls(home)
    return Urls(dburl.with_database(here.owner, name), dburl.with_database(here.web, name))


def owner_sql(home: Path, text: str, *, database: str | None = None) -> str:
    """Run SQL as the owner role through psql and return its rows as plain text."""
    url = urls(home).owner if database is None else dburl.with_database(urls(home).owner, database)
    line = [binaries.find().program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text]
    env = {**server.CLEAN_ENVIRONMENT, **dburl.environment(url)}
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        said = done.stderr.strip()
        raise Trouble(zh=f"数据库拒绝了命令：{said}", en=f"The database refused: {said}")
    return done.stdout.strip()


def _urls(place: places.Place, name: str) -> Urls:
    folder = str(place.socket)
    return Urls(
        dburl.socket_url(user=layout.OWNER, name=name, folder=folder),
        dburl.socket_url(user=layout.WEB, name=name, folder=folder),
    )


def _checked(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,50}", name):
        raise Trouble(
            zh=f"数据库名 {name!r} 只能用小写字母、数字和下划线，以字母开头。",
            en=f"Database name {name!r}: lower-case letters, digits and underscores, starting with a letter.",
        )
    return name
