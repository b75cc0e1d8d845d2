"""Joining in the demo world: a drive through a building with its code, and applications that wait."""

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.demo.actions.laying import Ground
from niangjia.demo.rules.membership import VILLAGE, ApplicantSketch, Membership
from niangjia.demo.rules.ningbo import DRIVEN
from niangjia.drives import actions as drives
from niangjia.drives.rules import StopState
from niangjia.joining import actions as joining
from niangjia.joining import queries as codes
from niangjia.joining.rules import CONSENTS, Channel
from niangjia.kernel.identifiers import IdKind
from niangjia.people.rules import Paper

if TYPE_CHECKING:
    from niangjia.drives.models import JoinDrive

BEGAN, LASTS, EXPIRES = timedelta(days=6), timedelta(days=8), timedelta(days=30)
VISITS = ((StopState.ASKED, 9), (StopState.ASKED, 4), (StopState.COME_BACK, 0), (StopState.CLOSED, 0))
"""What came of the first stops: how many were asked; the others wait for the squad."""
AGAIN = timedelta(days=2)
USES = 200


def drive_and_apply(*, sketch: Membership, on: Ground) -> None:
    """The village's squad is on its way; workers have asked to join, by its code or written down."""
    token = _drive(on)
    for row in sketch.applicants:
        _apply(row, token, on)


def _drive(on: Ground) -> str:
    """The drive stands with its stops and its code; returns the code's token."""
    at = on.at - BEGAN
    draft = drives.DriveDraft(
        zone_id=on.zones[DRIVEN],
        title="小微园集中入会",
        starts_on=on.today - BEGAN,
        ends_on=on.today + LASTS,
        squad="联合会主席、组织员、村便民服务中心",
        activities="现场登记体检意向、发放服务手册",
        guided_by_id=on.units["330282110"],
    )
    drive = drives.start_drive(unit_id=on.units[VILLAGE], draft=draft, by=on.by, at=at)
    _visit(drive, on)
    code = joining.CodeDraft(
        label="小微园一号楼门厅海报",
        expires_on=on.today + EXPIRES,
        max_uses=USES,
        zone_id=on.zones[DRIVEN],
        drive_id=drive.pk,
    )
    return codes.token_of(code=joining.make_code(unit_id=on.units[VILLAGE], draft=code, by=on.by, at=at))


def _visit(drive: "JoinDrive", on: Ground) -> None:
    for (state, asked), stop in zip(VISITS, drive.stops.order_by("pk"), strict=False):
        again = on.today + AGAIN if state is StopState.COME_BACK else None
        visit = drives.Visit(state, asked, again, floor=1 + stop.pk % 4)
        drives.visit_stop(stop_id=stop.pk, version=stop.version, visit=visit, by=on.by, at=on.at)


def _apply(row: ApplicantSketch, token: str, on: Ground) -> None:
    """As the applicant by the code, or as the union's officer from the paper form."""
    at = on.at - timedelta(days=row.days_ago)
    draft = joining.ApplicationDraft(
        name=row.worker.name,
        paper=Paper(IdKind.RESIDENT, row.worker.number),
        mobile=row.worker.mobile,
        employer_id=on.employers[row.employer],
        consent=len(CONSENTS),
    )
    if row.by_code:
        joining.submit_application(draft=draft, token=token, by=on.by, at=at)
    else:
        joining.enter_application(
            unit_id=on.units[row.union], channel=Channel.PAPER, draft=draft, by=on.by, at=at
        )
