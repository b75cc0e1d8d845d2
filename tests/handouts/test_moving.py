"""Batches go on with the heir of a union; rows follow a person whose records become one, and come home."""

import pytest

from niangjia.handouts import actions
from niangjia.handouts.actions.handing import TABLE
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import Outcome
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import unseal
from niangjia.network import actions as network
from niangjia.restructuring import actions as restructuring
from niangjia.restructuring.rules import Kind
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.handouts.worlds import Givers
from tests.matching import pairing
from tests.members.people import member
from tests.restructuring import worlds as towns
from tests.sympathy.worlds import DRAWN


@pytest.fixture
def officers(land):
    return pairing.two_officers(land)


@pytest.fixture
def other(givers):
    """A second record of Jin's, which no roster draws: it has no membership yet."""
    return pairing.record(givers.union, "金良")


def signed(row):
    return unseal(row.signature, table=TABLE, person_id=row.person_id, field="signature")


def test_what_one_record_received_the_merged_one_received_and_it_comes_home(givers, other, officers):
    batch = givers.approved()
    (row,) = givers.rows(batch)
    givers.hand_out(batch, row)
    case = pairing.merge(other, givers.jin, officers)
    now = givers.row(row)
    assert (now.person_id, now.outcome, signed(now)) == (other.pk, Outcome.RECEIVED, DRAWN)
    pairing.part(case, officers)
    home = givers.row(row)
    assert (home.person_id, signed(home)) == (givers.jin.pk, DRAWN)


def test_a_merge_is_refused_while_both_records_stand_on_one_roster(givers, officers):
    twin = givers.member("金良", paper=False)
    batch = givers.arrange()
    assert len(givers.rows(batch)) == 2
    with pytest.raises(Refused, match="同一批慰问"):
        pairing.merge(givers.jin, twin, officers)
    theirs = next(row for row in givers.rows(batch) if row.person_id == twin.pk)
    actions.drop_row(batch_id=batch.pk, row_id=theirs.pk, by=givers.pri, at=AT)
    assert pairing.decide(pairing.case_of(givers.jin, twin), officers[1]).state == "merged"


@pytest.fixture
def going(world):
    """A batch of the joint union A, handed in for approval, in a town where A is to be merged into B."""
    made = towns.town()
    network.recount_tallies(today=TODAY, at=AT)
    member(made["a_joint"], employer=made["a_small1"])
    batch = Givers.arrange(None, by=SYSTEM, unit=made["a_joint"].pk)
    actions.submit_batch(batch_id=batch.pk, version=None, by=SYSTEM, at=AT)
    return made, towns.acting(made), batch


def lies(batch):
    row = HandoutBatch.objects.get(pk=batch.pk)
    with beyond():
        task = Task.objects.get(about_kind="handouts.batch", about_id=row.pk, state="open")
    return row.unit_id, row.path, task.unit_id


def test_a_batch_under_way_goes_on_with_the_heir_and_lies_where_it_lay_after_an_undo(going):
    made, who, batch = going
    before = lies(batch)
    assert before[0] == made["a_joint"].pk
    plan = restructuring.propose(
        draft=towns.draft(made, Kind.MERGE, ("a_joint",), "b_joint"), by=who["town"], at=AT
    )
    plan = towns.execute(towns.passed(plan, who), who)
    assert lies(batch)[:2] == (made["b_joint"].pk, made["b_joint"].unit.path)
    towns.undo(plan, who)
    assert lies(batch) == before
