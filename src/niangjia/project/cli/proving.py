"""Proof that a backup comes back: what is compared, what is done again, and the signed file that says so."""

import json
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from niangjia.kernel import clock
from niangjia.project import instance
from niangjia.project.cli import dumps, rooms
from niangjia.project.trouble import Trouble

PATIENCE = 600
KEY = "proofs"


@dataclass(frozen=True)
class Found:
    """What stands in a database: rows and digest of every table, the journal's last head."""

    rows: dict[str, int]
    digests: dict[str, str]
    head: dict[str, Any]


def look(url: str) -> Found:
    """Read a restored database, once its recovery has ended: before that it may answer with fewer rows."""
    with psycopg.connect(url) as connection:
        for _ in range(PATIENCE):
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
            if row and not row[0]:
                break
            threading.Event().wait(1)
        else:
            raise Trouble(zh="数据库一直处于恢复状态。", en="The database stays in recovery.")
        return Found(dumps.counts(connection), dumps.digests(connection), dumps.journal_head(connection))


def compare(said: dict[str, Any], found: Found) -> dict[str, Any]:
    """Tables whose rows or content differ from the manifest, and whether the journal's head agrees."""
    rows = {
        name: (said["rows"].get(name), found.rows.get(name))
        for name in sorted({*said["rows"], *found.rows})
        if said["rows"].get(name) != found.rows.get(name)
    }
    content = {
        name: (then, found.digests.get(name))
        for name, then in sorted(said.get("digests", {}).items())
        if name not in rows and then != found.digests.get(name)
    }
    return {
        "differing": rows | content,
        "compared": len(said.get("digests", {})),
        "head_agrees": said.get("journal_head", found.head) == found.head,
    }


def in_restored(name: str) -> dict[str, Any]:
    """Inside the restored database the journal is verified, and who was erased since is erased again."""
    connections = rooms.connections()
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    _lead(connections, dict.fromkeys(names, name))
    try:
        with tempfile.TemporaryDirectory() as empty:
            outside = rooms.door("niangjia.kernel.journal.outside.Outside")(Path(empty))
            report = rooms.door("niangjia.kernel.journal.verifying.verify")(outside=outside)
        access = rooms.room("niangjia.kernel.access")
        again = rooms.door("niangjia.people.actions.replay_erasures")(by=access.SYSTEM, at=clock.now())
    finally:
        _lead(connections, names)
    return {"journal_holds": report.good, "journal_lines": report.lines, "erased_again": again}


def write_proof(*, dump: Path, manifest: dict[str, Any], outcome: dict[str, Any]) -> Path:
    """A signed file beside the backups: which dump, what was compared, whether it agreed."""
    at = clock.now()
    agreed = not outcome["differing"] and outcome["head_agrees"] and outcome["journal_holds"]
    body = {
        "dump": dump.name,
        "sha256": manifest["sha256"],
        "made_at": manifest["made_at"],
        "proved_at": at.isoformat(),
        "tables": len(manifest["rows"]),
        "rows": sum(manifest["rows"].values()),
        "agreed": agreed,
        **outcome,
    }
    key = _key()
    public = key.public_key().public_bytes_raw().hex()
    whole = body | {"key": public, "signature": key.sign(_flat(body)).hex()}
    folder = instance.home() / "proofs"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"restore-{at:%Y%m%d-%H%M%S}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(whole, file, ensure_ascii=False, indent=1, default=str)
    return path


def is_signed(path: Path) -> bool:
    """Whether a proof file is as this installation signed it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    signature, _key_told = told.pop("signature", ""), told.pop("key", "")
    try:
        _key().public_key().verify(bytes.fromhex(signature), _flat(told))
    except (InvalidSignature, ValueError):
        return False
    return True


def _flat(body: dict[str, Any]) -> bytes:
    return b"niangjia restore proof\x00" + json.dumps(body, sort_keys=True, default=str).encode()


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(instance.secret(KEY, 32)[:32])


def _lead(connections: Any, names: dict[str, str]) -> None:
    """This process's connections lead to other databases of the same server."""
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
