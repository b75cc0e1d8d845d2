"""Whatever is done in whatever order: the roll-up is the live count, and past days stay as they were."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.network.worlds import cover, employer, found, zhejiang

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions, queries
from niangjia.network.models import Coverage, Employer, Organisation
from niangjia.network.queries import Filters
from niangjia.network.rules import PARENTS, PRIMARY, EmployerKind, Mode, OrgKind, Sector

START = date(2018, 8, 20)
MOVABLE = (OrgKind.TOWN, OrgKind.FEDERATION, *PRIMARY)


def live(paths, day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT top, measure, amount FROM network_count_live(%s, %s)", [paths, day])
        return {(top, measure): amount for top, measure, amount in cursor.fetchall() if amount}


def rolled_up(paths, day):
    counted = zip(paths, queries.counts_at(paths=paths, day=day), strict=True)
    return {(path, name): n for path, one in counted for name, n in one.amounts.items() if n}


class Register(RuleBasedStateMachine):
    """A register to which officers do things on some day; the day turns now and then."""

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        enter_scope(EVERYWHERE)
        self.day = START
        self.number = 0
        self.past = {}

    @initialize()
    def begin(self):
        self.made = zhejiang()
        actions.recount_tallies(today=self.day, at=self.at)

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @property
    def at(self):
        return datetime.combine(self.day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=4)

    def one(self, model, which):
        rows = list(model.objects.order_by("pk"))
        return rows[which % len(rows)]

    def of(self, which, *kinds):
        rows = list(Organisation.objects.filter(kind__in=kinds).order_by("pk"))
        return rows[which % len(rows)]

    def new_name(self):
        self.number += 1
        return f"第{self.number}号"

    def tried(self, act):
        """An act on a day of today or later never touches a past day; one that is refused changes nothing."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            pass

    @rule(
        which=st.integers(0, 99),
        kind=st.sampled_from([OrgKind.FEDERATION, OrgKind.SINGLE, OrgKind.JOINT, OrgKind.BRANCH]),
        mode=st.sampled_from(["", *Mode]),
        ago=st.integers(0, 500),
    )
    def someone_founds(self, which, kind, mode, ago):
        parent = self.of(which, *PARENTS[kind])
        mode = mode if kind is OrgKind.FEDERATION else ""
        since = self.day - timedelta(ago) if not self.past else self.day
        self.tried(
            lambda: found(kind, self.new_name(), parent, since=since, today=self.day, at=self.at, mode=mode)
        )

    @rule(which=st.integers(0, 99), kind=st.sampled_from(list(EmployerKind)), heads=st.integers(0, 50))
    def someone_registers(self, which, kind, heads):
        keeper = self.one(Organisation, which)
        self.tried(
            lambda: employer(self.new_name(), keeper, kind=kind, headcount=heads, since=self.day, at=self.at)
        )

    @rule(union=st.integers(0, 99), firm=st.integers(0, 99), days=st.integers(0, 6))
    def someone_covers(self, union, firm, days):
        union, firm = self.of(union, OrgKind.JOINT, *PRIMARY), self.one(Employer, firm)
        since = self.day + timedelta(days)
        self.tried(lambda: cover(union, firm, since=since, at=self.at))

    @rule(which=st.integers(0, 99), days=st.integers(0, 6))
    def someone_ends_a_coverage(self, which, days):
        row = self.one(Coverage, which)
        until = self.day + timedelta(days)
        self.tried(
            lambda: actions.end_coverage(coverage=row, until=until, by=SYSTEM, at=self.at, reason="关停")
        )

    @rule(which=st.integers(0, 99), to=st.integers(0, 99), days=st.integers(0, 6))
    def someone_moves(self, which, to, days):
        one = self.of(which, *MOVABLE)
        parent = self.of(to, *PARENTS[OrgKind(one.kind)])
        self.tried(
            lambda: actions.move_organisation(
                organisation=one,
                parent=parent,
                since=self.day + timedelta(days),
                today=self.day,
                by=SYSTEM,
                at=self.at,
            )
        )

    @rule(which=st.integers(0, 99), to=st.integers(0, 99), days=st.integers(0, 6))
    def someone_composes(self, which, to, days):
        child, federation = self.of(which, *PRIMARY), self.of(to, OrgKind.FEDERATION)
        self.tried(
            lambda: actions.compose(
                federation=federation,
                child=child,
                since=self.day + timedelta(days),
                today=self.day,
                by=SYSTEM,
                at=self.at,
            )
        )

    @rule(which=st.integers(0, 99), days=st.integers(0, 6))
    def someone_closes(self, which, days):
        one = self.of(which, OrgKind.BRANCH, *PRIMARY)
        until = self.day + timedelta(days)
        self.tried(
            lambda: actions.close_organisation(
                organisation=one, until=until, by=SYSTEM, at=self.at, reason="撤"
            )
        )

    @rule(which=st.integers(0, 99), days=st.integers(0, 6))
    def someone_renames(self, which, days):
        one, since = self.one(Organisation, which), self.day + timedelta(days)
        self.tried(
            lambda: actions.rename_organisation(
                organisation=one, name=self.new_name(), since=since, paper="批复", by=SYSTEM, at=self.at
            )
        )

    @rule(
        which=st.integers(0, 99),
        kind=st.sampled_from(list(EmployerKind)),
        sector=st.sampled_from(list(Sector)),
        heads=st.integers(0, 50),
    )
    def someone_edits_an_employer(self, which, kind, sector, heads):
        row = self.one(Employer, which)
        columns = {"kind": str(kind), "sector": str(sector), "headcount": heads}
        self.tried(
            lambda: actions.edit_employer(
                employer_id=row.pk, version=row.version, since=self.day, by=SYSTEM, at=self.at, **columns
            )
        )

    @rule(which=st.integers(0, 99), mode=st.sampled_from(list(Mode)))
    def someone_edits_a_federation(self, which, mode):
        row = self.of(which, OrgKind.FEDERATION)
        self.tried(
            lambda: actions.edit_organisation(
                unit_id=row.pk, version=row.version, since=self.day, by=SYSTEM, at=self.at, mode=str(mode)
            )
        )

    @rule()
    def the_worker_folds(self):
        actions.fold_tallies()

    @rule()
    def everything_is_counted_anew(self):
        assert actions.recount_tallies(today=self.day, at=self.at) == []

    @rule(days=st.integers(1, 3))
    def the_day_passes(self, days):
        for _ in range(days):
            paths = [row.path for row in Organisation.objects.all()]
            self.past[self.day] = (paths, live(paths, self.day))
            self.day += timedelta(1)
            actions.turn_the_day(today=self.day, at=self.at)

    @invariant()
    def the_roll_up_is_the_live_count_today_and_on_days_to_come(self):
        if hasattr(self, "made"):
            paths = sorted(Organisation.objects.values_list("path", flat=True))
            for day in (self.day, self.day + timedelta(4), START - timedelta(200)):
                assert rolled_up(paths, day) == live(paths, day)

    @invariant()
    def a_past_day_never_changes_counted_live_or_by_the_roll_up(self):
        for day, (paths, then) in self.past.items():
            assert live(paths, day) == then == rolled_up(paths, day)

    @invariant()
    def a_blind_spot_is_an_employer_that_nobody_counts_that_day(self):
        for day in (self.day, *self.past):
            standing = Employer.objects.filter(holds_on(day))
            seen = Coverage.objects.filter(holds_on(day), counts=True).values_list("employer", flat=True)
            filters = Filters(covered=False, day=day)
            told = queries.employers_in_scope(scope=EVERYWHERE, filters=filters, today=self.day)
            assert {row.pk for row in told} == {row.pk for row in standing} - set(seen)

    @invariant()
    def every_figure_opens_its_rows(self):
        if not hasattr(self, "made"):
            return
        top = self.made["city"]
        for day in (self.day, *list(self.past)[-1:]):
            path = queries.path_on(unit_id=top.pk, day=day)
            counted = queries.counts_at(paths=[path], day=day)[0]
            asked = {"under": path, "day": day}
            firms = queries.employers_in_scope(scope=EVERYWHERE, filters=Filters(**asked), today=self.day)
            assert firms.count() == counted.employers()
            assert [row.place for row in firms] == sorted(row.place for row in firms)
            pair = {"kind": EmployerKind.MERCHANT, "sector": Sector.OTHER}
            asked_pair = {"kinds": [pair["kind"]], "sectors": [pair["sector"]], **asked}
            pairs = queries.employers_in_scope(
                scope=EVERYWHERE, filters=Filters(**asked_pair), today=self.day
            )
            assert pairs.count() == counted.listed_employers(**pair)
            for kind in (OrgKind.SINGLE, OrgKind.FEDERATION):
                rows = queries.organisations_in_scope(
                    scope=EVERYWHERE, filters=Filters(kinds=[kind], **asked), today=self.day
                )
                assert rows.count() == counted.organisations(kind)

    @invariant()
    def an_employer_that_is_reached_counts_once(self):
        if hasattr(self, "made"):
            now = Coverage.objects.filter(since__lte=self.day).exclude(until__lte=self.day)
            reached = set(now.values_list("employer", flat=True))
            assert reached == set(now.filter(counts=True).values_list("employer", flat=True))

    @invariant()
    def an_employer_stands_where_it_counts(self):
        if hasattr(self, "made"):
            counting = Coverage.objects.filter(counts=True, since__lte=self.day).exclude(until__lte=self.day)
            assert all(row.employer.keeper_id == row.union_id for row in counting.select_related("employer"))
            assert all(row.employer.path == row.path for row in counting.select_related("employer"))


@pytest.mark.slow
@pytest.mark.django_db
def test_counts_are_right_after_any_sequence_of_acts():
    bounds = settings(
        max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Register, settings=bounds)
