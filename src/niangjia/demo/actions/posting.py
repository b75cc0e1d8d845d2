"""The board of the demo world: a notice that hangs, one that has ended, and a printed register sheet."""

from datetime import timedelta
from typing import Any

from niangjia.demo.actions.laying import Ground
from niangjia.demo.rules.notices import ENDED, HANGING, ROLL
from niangjia.demo.rules.staff import LOG_INS
from niangjia.notices import actions as notices
from niangjia.notices.rules import GENERAL, Place
from niangjia.register import actions as register

LONG_AGO = timedelta(days=21)


def post_notices(*, on: Ground) -> None:
    """One notice has run its working days, one hangs since today."""
    told: dict[str, Any] = {
        "kind": GENERAL,
        "unit_id": _town(on),
        "by": on.by,
        "roll": ROLL,
        "place": Place.BOTH,
    }
    told |= {"place": Place.BOTH, "board": "镇政府一楼大厅"}
    began = on.today - LONG_AGO
    notices.open_notice(title="临时困难补助公示", rows=ENDED, starts_on=began, at=on.at - LONG_AGO, **told)
    notices.turn_the_day(today=began, at=on.at - LONG_AGO)
    notices.open_notice(title="金秋助学拟帮扶名单公示", rows=HANGING, starts_on=on.today, at=on.at, **told)
    notices.turn_the_day(today=on.today, at=on.at)


def print_papers(*, on: Ground) -> None:
    """The register sheet of the town union lies on the desk."""
    register.issue_organisation_sheet(unit_id=_town(on), by=on.by, at=on.at)


def _town(on: Ground) -> int:
    return next(on.units[row.unit] for row in LOG_INS if row.name == "twn")
