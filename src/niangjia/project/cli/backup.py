"""`niangjia backup`: one file with all data, and a manifest that says what must come back."""

import json
import os
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from niangjia.kernel import clock
from niangjia.project import instance
from niangjia.project.cli import dumps, rooms
from niangjia.project.cli.voice import AsJson, Voice, t
from niangjia.project.localpg import binaries
from niangjia.project.trouble import Trouble

HELP = t("备份数据库（不含密钥）。", "Back up the database (without the keys).")
To = Annotated[
    Path | None,
    typer.Option("--to", help=t("备份文件；默认放在实例目录。", "The file; default: in the instance.")),
]
SNAPSHOT = "SELECT pg_export_snapshot()"


def backup(*, to: To = None, as_json: AsJson = False) -> None:
    """Dump and count in one snapshot, so that a restore can be compared row by row."""
    voice = Voice(as_json=as_json)
    urls = rooms.open_house()
    rooms.door("niangjia.people.actions.reconcile_tombstones")()
    dump = (to or _default()).absolute()
    if dump.exists():
        raise Trouble(zh=f"{dump} 已存在，不会覆盖。", en=f"{dump} exists already and is not overwritten.")
    dump.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with voice.waiting("正在备份……", "backing up …"), psycopg.connect(urls.owner) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute(SNAPSHOT).fetchone()
        rows, digests = dumps.counts(connection), dumps.digests(connection)
        head = dumps.journal_head(connection)
        _write(dump, urls.owner, str(row[0]) if row else "")
    facts = {"sha256": dumps.digest(dump), "bytes": dump.stat().st_size, "rows": rows, "keys_included": False}
    facts |= {"digests": digests, "journal_head": head, "generations": sorted(_ring())}
    facts |= {"made_at": clock.now().isoformat(), "made_by": binaries.find().version}
    _private(dumps.manifest_path(dump), json.dumps(facts, ensure_ascii=False, indent=1).encode())
    voice.give(file=dump, **facts)
    voice.line(f"✓ 备份：{dump}（{facts['bytes']} 字节）", f"✓ backup: {dump} ({facts['bytes']} bytes)")
    voice.line(
        f"! 密钥不在其中。没有密钥，密封的身份证号等无法读出：请另行保存 {instance.keys()}，与备份分开存放。",
        f"! The keys are NOT in it; sealed fields need them: keep {instance.keys()} elsewhere.",
    )
    voice.end()


def _ring() -> list[int]:
    """The generations of sealing keys that this backup needs beside it."""
    found: list[int] = rooms.door("niangjia.kernel.sealing.ring.generations")()
    return found


def _default() -> Path:
    return instance.home() / "backups" / f"niangjia-{clock.now():%Y%m%d-%H%M%S}.dump"


def _write(dump: Path, url: str, snapshot: str) -> None:
    """Under another name until it is whole and on disk."""
    draft = dump.with_name(f".{dump.name}.draft")
    _private(draft, b"")
    dumps.run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={draft}")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(dump)


def _private(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
