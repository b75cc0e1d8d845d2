"""What the federations of the two cities did, with their marks."""

from tests.conftest import AT, TODAY

from niangjia.vitality.models import Activity, SevenHaves


def lay(world, mark, federation):
    """One activity and the self-check of a federation."""
    row = Activity.objects.create(
        organisation=federation, kind="meeting", title=f"{mark}委员会会议", held_on=TODAY, attendances=9,
        recorded_at=AT,
    )  # fmt: skip
    items = [{"name": "有组织班子", "ok": True, "evidence": f"{mark}批复"}]
    SevenHaves.objects.create(organisation=federation, year=2018, items=items, checked_on=TODAY)
    world.add("activity_id", row.pk, federation.path, row.title)
