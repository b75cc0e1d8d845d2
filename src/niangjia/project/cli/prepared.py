"""What the last start found in order, so that the next one need not load Django to look again.

Only for our own database: what happens in an operator's database between two starts we cannot know.
"""

import hashlib
import json
import sysconfig
from pathlib import Path
from typing import Any

from niangjia.project import instance, localpg

PACKAGE = Path(__file__).resolve().parents[2]
PARTS = ("*/migrations/*.py", "*/static/**/*", "demo/**/*.py", "policies/catalogue/**/*.toml")


def known(*, demo: bool) -> dict[str, Any] | None:
    """What was said at the last start, if code, packages and server are the same; else None."""
    path = _path()
    if localpg.external() or not path.exists():
        return None
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return said["facts"] if said["state"] == _state(demo=demo) else None


def remember(facts: dict[str, Any], *, demo: bool) -> None:
    """Note that everything was in order."""
    draft = _path().with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"state": _state(demo=demo), "facts": facts}), encoding="utf-8")
    draft.replace(_path())


def _path() -> Path:
    return instance.home() / "prepared.json"


def _state(*, demo: bool) -> str:
    """A digest of names, sizes and times of all that a start would look at."""
    digest = hashlib.sha256(f"{demo}:{localpg.urls(instance.home())}".encode())
    sources = [Path(sysconfig.get_path("purelib")), instance.home() / "static.stamp"]
    for pattern in PARTS:
        sources += sorted(PACKAGE.glob(pattern))
    for path in sources:
        facts = path.stat() if path.exists() else None
        # A folder changes its time when our own programs write their caches into it; its name is enough.
        seen = (facts.st_size, facts.st_mtime_ns) if facts and (path.is_file() or path == sources[0]) else ()
        if "__pycache__" not in path.parts:
            digest.update(f"{path}:{seen}\n".encode())
    return digest.hexdigest()
