"""Random ways through merges, splits, dissolutions, conversions and undos keep every total."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.errors import Refused
from niangjia.network.models import Coverage, Organisation
from niangjia.restructuring import actions
from niangjia.restructuring.rules import Kind, State
from niangjia.tree.models import Placement
from tests.conftest import AT
from tests.restructuring.worlds import (
    acting,
    counted,
    draft,
    execute,
    passed,
    tables,
    tallies_hold,
    town,
    undo,
)

KINDS = ("merge", "dissolve", "split", "convert")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "dissolve", "split", "convert"]), st.sampled_from("ab"), st.booleans()
    ),
    min_size=1,
    max_size=4,
)


def plan_for(step, key, made):
    other = "b" if key == "a" else "a"
    if step == "merge":
        return draft(made, Kind.MERGE, (key,), other)
    if step == "dissolve":
        return draft(made, Kind.DISSOLVE, (key,), None)
    if step == "convert":
        return draft(made, Kind.CONVERT, (key,), None, new_mode="area")
    return draft(made, Kind.SPLIT, (key,), None, source_ends=False)


def step_once(step, key, made, who, number):
    """One plan from proposal to execution; None where the rules refuse it now."""
    try:
        row = actions.propose(draft=plan_for(step, key, made), by=who["town"], at=AT)
        if step == "split":
            part = actions.ShareDraft(
                new_name=f"新设{number}联合会", new_kind="union_federation", new_mode="park",
                unit_ids=[made[f"{key}1"].pk],
            )  # fmt: skip
            actions.add_share(restructure_id=row.pk, version=row.version, draft=part, by=who["town"], at=AT)
            row.refresh_from_db()
        return execute(passed(row, who), who)
    except Refused:
        return None


def invariants(firms):
    rows = Placement.objects.filter(until=None).values_list("unit_id", flat=True)
    assert len(rows) == len(set(rows))
    covers = Coverage.objects.filter(counts=True, until=None).values_list("employer_id", flat=True)
    assert sorted(covers) == sorted(set(covers))
    assert len(covers) == firms
    assert tallies_hold()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_is_done_in_whatever_order_totals_are_conserved_and_undo_is_exact(steps, world):
    with transaction.atomic():
        made = town(name=f"镇{len(steps)}")
        who, (_, _, firms, workers) = acting(made), counted(made)
        for number, (step, key, back) in enumerate(steps):
            before = tables()
            row = step_once(step, key, made, who, number)
            if row is not None and row.state == State.EXECUTED and back:
                undo(row, who)
                assert tables() == before
            assert counted(made)[2:] == (firms, workers)
            living = Organisation.objects.filter(closed_on=None, kind="single_primary_union")
            assert living.count() == 6
            invariants(15)
        transaction.set_rollback(True)
