"""What backup and restore share: programs, digests, exact row counts, the manifest beside a dump."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from niangjia.project import dburl
from niangjia.project.localpg import binaries
from niangjia.project.localpg.server import CLEAN_ENVIRONMENT
from niangjia.project.trouble import Trouble

TABLES = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
KEYS = """
SELECT a.attname FROM pg_index AS i JOIN unnest(i.indkey) WITH ORDINALITY AS k(number, place) ON true
JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY k.place
"""
PLAIN = (
    "SET datestyle = 'ISO, YMD'", "SET timezone = 'UTC'", "SET intervalstyle = 'iso_8601'",
    "SET extra_float_digits = 3", "SET bytea_output = 'hex'",
)  # fmt: skip
HEAD = "SELECT size, encode(root, 'hex') FROM kernel_journalhead ORDER BY number DESC LIMIT 1"
CHUNK = 1024 * 1024


def run(program: str, url: str, *words: str) -> None:
    """Run pg_dump or pg_restore against a database; the password goes by the environment."""
    path = binaries.find().program(program)
    if not Path(path).exists():
        raise Trouble(
            zh=f"缺少 {program}。请安装 PostgreSQL 客户端程序。",
            en=f"{program} is missing. Install PostgreSQL's client programs.",
        )
    env = {**CLEAN_ENVIRONMENT, **dburl.environment(url)}
    line = [path, "--no-password", *words]
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        said = done.stderr.strip()[-1500:]
        raise Trouble(zh=f"{program} 没有成功：{said}", en=f"{program} did not succeed: {said}")


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """The exact number of rows of every table, in the connection's own snapshot."""
    found = {}
    for (table,) in connection.execute(TABLES).fetchall():
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        found[table] = int(row[0]) if row else 0
    return found


def digests(connection: psycopg.Connection) -> dict[str, str]:
    """A digest of every table's rows, ordered by their key, in the connection's own snapshot.

    Rows go by as text under fixed settings, so that two servers say the same of the same rows.
    """
    for setting in PLAIN:
        connection.execute(setting)
    return {table: _digest_of(connection, table) for (table,) in connection.execute(TABLES).fetchall()}


def _digest_of(connection: psycopg.Connection, table: str) -> str:
    keys = [sql.Identifier(row[0]) for row in connection.execute(KEYS, [table]).fetchall()]
    order = sql.SQL(", ").join(keys) if keys else sql.SQL('t::text COLLATE "C"')
    query = sql.SQL("COPY (SELECT t::text FROM {} AS t ORDER BY {}) TO STDOUT")
    whole = hashlib.sha256()
    with connection.cursor().copy(query.format(sql.Identifier(table), order)) as rows:
        for part in rows:
            whole.update(part)
    return whole.hexdigest()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def journal_head(connection: psycopg.Connection) -> dict[str, Any]:
    """The last signed head of the journal: how many lines it seals, and their root."""
    row = connection.execute(HEAD).fetchone()
    return {"size": int(row[0]), "root": str(row[1])} if row else {"size": 0, "root": ""}


def manifest_path(dump: Path) -> Path:
    """The manifest lies beside its dump."""
    return dump.with_name(dump.name + ".json")


def manifest(dump: Path) -> dict[str, Any]:
    """The manifest of a dump whose bytes are those that were written."""
    beside = manifest_path(dump)
    if not beside.exists():
        raise Trouble(zh=f"缺少清单文件 {beside}。", en=f"The manifest {beside} is missing.")
    said: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    if digest(dump) != said["sha256"]:
        raise Trouble(
            zh=f"备份文件 {dump} 与清单的校验值不符，可能已损坏，没有恢复。请换用另一份备份。",
            en=f"{dump} does not match the digest in its manifest; nothing was restored. Use another backup.",
        )
    return said
