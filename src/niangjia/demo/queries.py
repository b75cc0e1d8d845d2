"""Whether this is the demo world, how large it is, and who may log in to look at it."""

from typing import Any

from django.db import transaction

from niangjia.demo.rules.staff import BESIDE, LOG_INS
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import Said, say

BUILT = "build_demo"
KIND = "demo.world"


def is_built() -> bool:
    """True in the demo world: its building is a line of the journal, which nobody can take away."""
    return _building() is not None


def size() -> str | None:
    """The size of the demo world; None where there is none."""
    line = _building()
    return str(line.after["size"]) if line else None


def _building() -> JournalLine | None:
    """The line that tells of the building; asked by the command line, which stands in no unit's scope."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return JournalLine.objects.filter(kind=KIND, object_id=None, verb=BUILT).first()


def notice() -> Said | None:
    """What pages say of the world: invented, and whether Ningbo is a sample; None where all is real."""
    found = size()
    if found is None:
        return None
    if found == "full":
        return say("演示世界：单位取自公开报道，人物、证件、金额全为虚构；宁波按报道规模建立。")
    return say("演示世界：单位取自公开报道，人物、证件、金额全为虚构；宁波只建了几百家单位的样本。")


def log_ins() -> list[dict[str, Any]]:
    """One log-in for each role with where it stands; empty outside the demo world."""
    if not is_built():
        return []
    return [
        {
            "role": row.role.value,
            "username": row.name,
            "password": row.password,
            "totp": row.secret,
            "where": row.title,
        }
        for row in (*LOG_INS, *BESIDE)
    ]
