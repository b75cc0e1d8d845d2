"""Members of a union dissolved, merged or split go with it, each counted once; undone they are back."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.members import actions, queries
from niangjia.members.models import Membership
from niangjia.members.rules import Ended, State
from niangjia.network import actions as network
from niangjia.network.models import Organisation
from niangjia.restructuring import actions as restructuring
from niangjia.restructuring import queries as plans
from niangjia.restructuring.rules import Kind
from niangjia.restructuring.rules import State as Step
from niangjia.transfers import actions as transfers
from tests.conftest import AT, TODAY
from tests.joining.applying import applied
from tests.members.people import member, worker
from tests.restructuring import worlds

TALLIES = ("members_membertally", "members_membertallychange")
UNIONS = ("a1", "a2", "b1", "a_joint", "b_joint")


@pytest.fixture
def grounds(world, settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    made = worlds.town()
    network.recount_tallies(today=TODAY, at=AT)
    actions.recount_tallies(today=TODAY, at=AT)
    return made


@pytest.fixture
def who(grounds):
    return worlds.acting(grounds)


def open_rows(**filters):
    return Membership.objects.filter(until=None, **filters)


def proposed(grounds, who, kind, source, heir=None, day=TODAY, **more):
    draft = worlds.draft(grounds, kind, (source,), heir, day=day, **more)
    return restructuring.propose(draft=draft, by=who["town"], at=AT)


def with_share(row, who, **told):
    part = restructuring.ShareDraft(**told)
    restructuring.add_share(restructure_id=row.pk, version=row.version, draft=part, by=who["town"], at=AT)
    row.refresh_from_db()
    return row


def rows_of_tables():
    """Every row that counts for a member; the roll-up apart, whose rows are written anew."""
    actions.fold_tallies()
    return {name: rows for name, rows in worlds.tables().items() if not name.startswith(TALLIES)}


def test_members_of_a_dissolved_union_go_with_their_employer_or_are_kept_above(grounds, who):
    firms = [grounds[f"a_small{n}"] for n in (1, 2, 3)]
    people = [member(grounds["a_joint"], employer=firm).person for firm in firms]
    loose = member(grounds["a_joint"]).person
    row = proposed(grounds, who, Kind.DISSOLVE, "a_joint")
    row = with_share(row, who, heir_id=grounds["b_joint"].pk, employer_ids=[firm.pk for firm in firms])
    row, before = worlds.passed(row, who), rows_of_tables()
    names = queries.handover_rows(plan=plans.plan_of(row=row))
    row = worlds.execute(row, who)
    assert row.state == Step.EXECUTED
    went = {one.person_id: one for one in open_rows(union=grounds["b_joint"].pk)}
    assert set(went) == {person.pk for person in people}
    assert {one.state for one in went.values()} == {State.ACTIVE}
    kept = open_rows(person=loose).get()
    assert (kept.union_id, kept.state, kept.counts) == (grounds["a"].pk, State.RETAINED, True)
    assert queries.handover_rows(plan=plans.plan_of(row=row)) == names
    assert sorted(line[3] for line in names) == [grounds["a"].name, *[grounds["b_joint"].name] * 3]
    assert actions.recount_tallies(today=TODAY, at=AT) == []
    worlds.undo(row, who)
    assert rows_of_tables() == before


def test_members_of_a_merged_union_are_members_of_its_heir(grounds, who):
    one = member(grounds["a_joint"], employer=grounds["a_small1"])
    both = member(grounds["a_joint"], employer=grounds["a_small2"])
    actions.affiliate(
        person_id=both.person_id, union_id=grounds["b_joint"].pk, since=TODAY - timedelta(9),
        draft=actions.MembershipDraft(), by=SYSTEM, at=AT,
    )  # fmt: skip
    row = worlds.passed(proposed(grounds, who, Kind.MERGE, "a_joint", "b_joint"), who)
    before = rows_of_tables()
    row = worlds.execute(row, who)
    there = open_rows(union=grounds["b_joint"].pk, counts=True)
    assert set(there.values_list("person_id", flat=True)) == {one.person_id, both.person_id}
    assert not open_rows(counts=False).exists()
    worlds.undo(row, who)
    assert rows_of_tables() == before


def test_the_undo_is_refused_once_a_member_has_gone_on(grounds, who):
    one = member(grounds["a_joint"], employer=grounds["a_small1"])
    row = worlds.execute(worlds.passed(proposed(grounds, who, Kind.MERGE, "a_joint", "b_joint"), who), who)
    now = open_rows(person=one.person_id).get()
    later = timedelta(1)
    actions.retain_membership(
        membership_id=now.pk,
        version=now.version,
        since=TODAY + later,
        reason="待岗",
        by=SYSTEM,
        at=AT + later,
    )
    with pytest.raises(Refused, match="又办过转会"):
        worlds.undo(row, who)


DOINGS = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "transfer", "leave", "ask", "apply", "merge", "split", "dissolve", "convert"]
        ),
        st.integers(0, 5),
        st.integers(0, len(UNIONS) - 1),
        st.booleans(),
    ),
    min_size=2,
    max_size=9,
)


class Walk:
    """Six people and two federations through days of joining, moving, leaving, merging, splitting."""

    def __init__(self, made):
        self.made, self.who = made, worlds.acting(made)
        self.people = [worker(made["town"], place=300 + n) for n in range(6)]
        self.day, self.done = 0, []

    def step(self, doing, person, union, back):
        """One step on a day of its own; what the rules refuse leaves no trace."""
        self.day += 1
        day, at = TODAY + timedelta(self.day), AT + timedelta(self.day)
        try:
            with transaction.atomic():
                if doing in {"join", "transfer", "leave", "ask", "apply"}:
                    getattr(self, doing)(self.people[person].pk, self.made[UNIONS[union]].pk, day, at)
                else:
                    self.restructure(doing, "ab"[person % 2], day, at, back)
        except Refused:
            return
        self.done.append(doing)

    def join(self, person, union, day, at):
        draft = actions.MembershipDraft()
        actions.admit(person_id=person, union_id=union, since=day, draft=draft, by=SYSTEM, at=at)

    def transfer(self, person, union, day, at):
        row = transfers.ask_transfer(person_id=person, to_union_id=union, reason="换岗", by=SYSTEM, at=at)
        row.refresh_from_db()
        transfers.accept_transfer(transfer_id=row.pk, version=row.version, done_on=day, by=SYSTEM, at=at)

    def ask(self, person, union, day, at):
        """A transfer that stays open: it goes on with whoever takes over."""
        transfers.ask_transfer(person_id=person, to_union_id=union, reason="换岗", by=SYSTEM, at=at)

    def apply(self, _person, union, _day, at):
        """An application that stays open."""
        applied(Organisation.objects.get(pk=union), 400 + self.day, at=at)

    def leave(self, person, _union, day, at):
        row = open_rows(person=person, counts=True).first()
        if row is not None:
            actions.end_membership(
                membership_id=row.pk, version=row.version, until=day, ended=Ended.LEFT, reason="离职",
                by=SYSTEM, at=at,
            )  # fmt: skip

    def restructure(self, doing, key, day, at, back):
        other = "b" if key == "a" else "a"
        kinds = {"merge": Kind.MERGE, "dissolve": Kind.DISSOLVE, "convert": Kind.CONVERT, "split": Kind.SPLIT}
        heir = f"{other}_joint" if doing == "merge" else None
        more = {"new_name": f"第{self.day}联合工会"} if doing == "convert" else {}
        more |= {"source_ends": False} if doing == "split" else {}
        row = proposed(self.made, self.who, kinds[doing], f"{key}_joint", heir, day, **more)
        firms = [self.made[f"{key}_small{n}"].pk for n in (1, 2, 3)]
        if doing == "dissolve":
            row = with_share(row, self.who, heir_id=self.made[f"{other}_joint"].pk, employer_ids=firms)
        if doing == "split":
            row = with_share(
                row, self.who, new_name=f"第{self.day}分设联合工会", new_kind="joint_primary_union",
                employer_ids=firms[:1],
            )  # fmt: skip
        row, before = worlds.passed(row, self.who), self.total()
        tables = rows_of_tables()
        row = worlds.execute(row, self.who, at=at)
        assert self.total() == before
        if row.state != Step.EXECUTED:
            raise Refused(say("今天还不能执行。"))
        if back:
            row.refresh_from_db()
            restructuring.undo(
                restructure_id=row.pk, version=row.version, reason="复核撤销", by=self.who["county"], at=at
            )
            assert rows_of_tables() == tables

    def total(self):
        """How many count, how many employers are covered."""
        return open_rows(counts=True).count(), worlds.counted(self.made)[2]

    def holds(self):
        """Nobody counts twice on any day; the roll-ups say what a recount says."""
        counting = list(open_rows(counts=True).values_list("person_id", flat=True))
        assert len(counting) == len(set(counting))
        day, at = TODAY + timedelta(self.day), AT + timedelta(self.day)
        actions.fold_tallies()
        assert actions.recount_tallies(today=day, at=at) == []
        assert network.recount_tallies(today=day, at=at) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(doings=DOINGS)
def test_whatever_members_and_unions_do_in_whatever_order_everybody_is_counted_once(doings, grounds):
    with transaction.atomic():
        walk = Walk(grounds)
        for doing in doings:
            walk.step(*doing)
            walk.holds()
        transaction.set_rollback(True)


def test_a_walk_through_every_doing_takes_every_step(grounds):
    walk = Walk(grounds)
    doings = [
        ("join", 0, 3, False), ("join", 1, 0, False), ("transfer", 1, 3, False), ("merge", 0, 0, True),
        ("ask", 1, 0, False), ("apply", 0, 3, False),
        ("split", 0, 0, True), ("dissolve", 0, 0, False), ("convert", 1, 0, False), ("leave", 0, 0, False),
    ]  # fmt: skip
    for doing in doings:
        walk.step(*doing)
        walk.holds()
    assert walk.done == [doing for doing, *_ in doings]
