"""How the journal stands: asked by /readyz and by `doctor`; and what each night's verification found."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from niangjia.kernel.journal import stored, verifying
from niangjia.kernel.journal.findings import Report
from niangjia.kernel.journal.tables import JournalHead

NAME = "verified.json"


@dataclass(frozen=True, slots=True)
class Verified:
    """What the last verification found, and when."""

    at: str
    good: bool
    lines: int
    findings: int


def head_is_good() -> bool:
    """The newest head is signed by a key of ours; the files outside end with it or with the one before."""
    newest = [stored.head_of(row) for row in JournalHead.objects.order_by("-number")[:2]]
    copy = stored.outside().last()
    if not newest:
        return copy is None
    return verifying.is_ours(newest[0]) and (copy in newest or (copy is None and len(newest) == 1))


def verify_and_note(*, at: datetime) -> Report:
    """Verify everything, and note the outcome outside the database."""
    report = verifying.verify()
    told = Verified(at.isoformat(), report.good, report.lines, report.count)
    place = _place()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(told)), encoding="utf-8")
    draft.replace(place)
    return report


def last_verified() -> Verified | None:
    """The outcome of the last verification, if there was one."""
    if not _place().exists():
        return None
    told: dict[str, Any] = json.loads(_place().read_text(encoding="utf-8"))
    return Verified(**told)


def _place() -> Path:
    return stored.outside(stored.OWNER).folder / NAME
