"""Possible duplicates in the two cities: open, waiting for a second person, merged."""

from tests.conftest import AT

from niangjia.matching.models import DuplicateCase
from niangjia.people.models import Person

STATES = (("open", None), ("apart_proposed", 7), ("merged", 7))


def lay(world, mark, union, person):
    """Three cases of strangers in one union and one of this person; the reasons bear the mark."""
    for state, proposed_by in STATES:
        _case(world, mark, union, _stranger(mark, union), state, proposed_by)
    _case(world, mark, union, person, "open", None)


def _stranger(mark, union):
    return Person.objects.create(
        name=f"{mark}重", name_key=f"{mark}重", sex="female", keeper=union.unit, created_at=AT
    )


def _case(world, mark, union, first, state, proposed_by):
    row = DuplicateCase.objects.create(
        first=first, second=_stranger(mark, union), state=state, proposed_by=proposed_by,
        reason=f"{mark}疑似", features=["name", "born"], score=90, found_at=AT, keep_id=first.pk,
    )  # fmt: skip
    world.add("case_id", row.pk, union.path, row.reason)


def spare(world):
    """A case that waits and one that was merged, for the roads that begin there."""
    _, waiting, merged = (row[0] for row in world.things["case_id"][: len(STATES)])
    return {"waiting_case": waiting, "merged_case": merged}
