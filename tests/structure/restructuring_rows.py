"""A restructure of each county: a plan with its share, what was found open, what a party kept."""

from tests.conftest import AT, TODAY

from niangjia.kernel.words import say
from niangjia.messaging.rules import kept
from niangjia.restructuring.models import HeirShare, OpenMatter, PartyFacts, Restructure, Side


def lay(world, mark, federation, joint, single):
    """A joint union that is to be dissolved, and rows that hang on the plan."""
    row = Restructure.objects.create(
        kind="dissolve", effective_on=TODAY, desk_id=_county(federation), reason=f"{mark}撤并理由",
        proposed_at=AT, proposed_by=10**8,
    )  # fmt: skip
    parent = {"parent_id": joint.unit.parent_id}
    Side.objects.create(restructure=row, unit=joint.unit, part="source", **parent)
    Side.objects.create(restructure=row, unit=federation.unit, part="heir")
    share = HeirShare.objects.create(restructure=row, unit=single.unit, employer_ids=[1])
    PartyFacts.objects.create(restructure=row, place=0, party="founding", facts={"mark": mark})
    OpenMatter.objects.create(
        restructure=row, key=mark, party=kept(say("会员")), words=kept(say("{mark}须办", mark=mark)),
        unit=joint.unit, found_at=AT,
    )  # fmt: skip
    world.add("restructure_id", row.pk, joint.path, f"{mark}撤并理由")
    world.add("share_id", share.pk, joint.path)


def _county(federation):
    """The number of the county, four levels up in the path of the tree."""
    return federation.unit.parent.parent_id


def spare(world):
    """A plan in each state in which a step can be tried, made by somebody else."""
    first = Restructure.objects.get(pk=world.things["restructure_id"][0][0])
    told = {"consulted_on": TODAY, "present": 9, "votes_for": 8, "votes_against": 0, "decision_no": "1"}
    states = {
        "consulted_plan": {"state": "consulted", **told},
        "returned_plan": {"state": "returned"},
        "approved_plan": {"state": "approved", **told},
        "audited_plan": {"state": "audited", **told, "audit_no": "2"},
        "executed_plan": {"state": "executed", **told, "audit_no": "2"},
    }
    return {name: _like(first, told).pk for name, told in states.items()}


def _like(first, told):
    """The same plan again with its sides, none of which is in the way of another."""
    row = Restructure.objects.get(pk=first.pk)
    row.pk = None
    for name, value in told.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    for side in first.sides.all():
        side.pk, side.restructure, side.is_open = None, row, False
        side.save(force_insert=True)
    return row
