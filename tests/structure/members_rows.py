"""Members of the two cities: one who counts, one attached, a transfer, dues, each with its mark."""

from datetime import date

from tests.conftest import AT

from niangjia.dues.models import DuesRecord
from niangjia.members.models import Membership
from niangjia.people.models import Person
from niangjia.transfers.models import Transfer

SINCE = date(2017, 1, 1)
AS = {
    "free_member": "membership_id",
    "kept_member": "membership_id",
    "beside_member": "membership_id",
    "asked_transfer": "transfer_id",
}
"""Where the objects that only some roads can be tried at stand in an address."""


def lay(world, mark, single, joint, person):
    """The person of the single union counts there, is attached to the joint one, asks for a transfer."""
    row = Membership.objects.create(
        person=person, union=single, since=SINCE, joined_on=SINCE, begun="joined", platform=f"{mark}平台"
    )
    Membership.objects.create(
        person=person, union=joint, since=SINCE, joined_on=SINCE, begun="affiliated", counts=False
    )
    moving = Transfer.objects.create(
        person=person, from_union=single, to_union=joint, from_name="转出工会", to_name="转入工会",
        name=person.name, state="introduced",
        reason=f"{mark}换岗", asked_at=AT,
    )  # fmt: skip
    dues = DuesRecord.objects.create(
        person=person, union=single, month=date(2017, 3, 1), base=b"0", rate="0.005", amount_fen=2_300,
        paid_on=date(2017, 3, 9), recorded_at=AT,
    )  # fmt: skip
    world.add("membership_id", row.pk, single.path, f"{mark}平台")
    world.add("transfer_id", moving.pk, single.path, f"{mark}换岗")
    world.add("dues_id", dues.pk, single.path)


def spare(world):
    """Members with whom nothing is going on, one who is kept, one who has asked; where one is attached."""
    single, joint = world.seats["single"], world.seats["joint"]
    free, kept, asking = (_other(single, f"暗甲子邻{place}") for place in range(3))
    Membership.objects.filter(pk=kept.pk).update(state="retained", begun="retained")
    moving = Transfer.objects.create(
        person=asking.person, from_union=single, to_union=joint, from_name=single.name, to_name=joint.name,
        name=asking.person.name, state="asked", reason="换岗", asked_at=AT,
    )  # fmt: skip
    mine = world.things["person_id"][0][0]
    beside = Membership.objects.get(person=mine, counts=False)
    told = {"free_member": free, "kept_member": kept, "beside_member": beside, "asked_transfer": moving}
    return {name: row.pk for name, row in told.items()}


def _other(union, name):
    """Somebody else of a union, a member like any other."""
    person = Person.objects.create(name=name, name_key=name, sex="male", keeper=union.unit, created_at=AT)
    return Membership.objects.create(person=person, union=union, since=SINCE, joined_on=SINCE, begun="joined")
