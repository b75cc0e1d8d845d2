"""What joining keeps in the two cities: a code, an application, a drive with its stop."""

from tests.conftest import AT, TODAY
from tests.joining import applying
from tests.members.people import member

from niangjia.drives.models import DriveStop, JoinDrive
from niangjia.joining import actions
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.kernel.access import SYSTEM

ASKED = ("fresh", "elsewhere", "appealed", "refused", "returned", "approved")


def lay(world, mark, town, union, person):
    """At the firm's union a code and an application, at the town a drive through its zone."""
    code = JoinQr.objects.create(
        unit=union, label=f"{mark}海报", expires_on=TODAY.replace(year=2099), max_uses=500, made_at=AT
    )
    world.add("code_id", code.pk, union.path, code.label)
    asked = MembershipApplication.objects.create(
        union=union, receipt=f"{mark}回执".encode()[:32], channel="web", id_kind="other",
        name=f"{mark}申请人",
        employer_told=f"{mark}所填单位", consent=1, submitted_at=AT, qr=code, person=person,
    )  # fmt: skip
    world.add("application_id", asked.pk, union.path, asked.name)
    zone = world.things["zone_id"][-1][0]
    drive = JoinDrive.objects.create(
        organisation=town, zone_id=zone, title=f"{mark}行动", starts_on=TODAY, ends_on=TODAY, made_at=AT
    )
    world.add("drive_id", drive.pk, town.path, drive.title)
    stop = DriveStop.objects.create(
        drive=drive, employer_id=world.things["employer_id"][-1][0], building=f"{mark}大厦", target="workers"
    )
    world.add("stop_id", stop.pk, town.path, stop.building)


def spare(world):
    """Applications of real numbers in every state that a road asks for, and the receipts of some."""
    union, joint = world.seats["single"], world.seats["joint"]
    row = {name: applying.applied(union, place) for place, name in enumerate(ASKED, 301)}
    member(joint, name="安平", place=301 + ASKED.index("elsewhere"), since=TODAY)
    told = {"by": SYSTEM, "at": AT, "version": 1}
    for name in ("appealed", "refused"):
        actions.reject_application(application_id=row[name][0].pk, reason="不是本单位职工", **told)
    actions.appeal_application(receipt=row["appealed"][1], words="请再看看", by=SYSTEM, at=AT)
    actions.return_application(application_id=row["returned"][0].pk, reason="请写全单位", **told)
    actions.approve_application(application_id=row["approved"][0].pk, **told)
    receipts = {f"{name}_receipt": receipt.replace("-", "") for name, (_, receipt) in row.items()}
    return {**{f"{name}_application": one.pk for name, (one, _) in row.items()}, **receipts}
