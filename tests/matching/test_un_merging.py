"""Random pairs with random memberships: merged and parted again, every table holds the same bytes."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.dues.models import DuesRecord
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import seal
from niangjia.members import actions as members
from niangjia.members import queries as counted
from niangjia.members.actions.admitting import sealed_base
from niangjia.members.models import Membership
from niangjia.people import actions as people
from tests.conftest import AT, TODAY
from tests.members.people import number_of

from .pairing import case_of, merge, part, record, two_officers
from .tables import contents, differences

pytestmark = pytest.mark.slow
UNIONS = ("left_single", "left_joint", "left_fed", "left_town")
DAYS = [date(2016, 3, 1), date(2017, 1, 1), date(2017, 9, 1), date(2018, 2, 1), date(2018, 7, 1), TODAY]
STRETCH = st.tuples(
    st.sampled_from(UNIONS), st.sampled_from(DAYS), st.sampled_from([None, *DAYS[1:]]), st.booleans(),
    st.sampled_from(["active", "active", "retained"]),
)  # fmt: skip
RECORD = st.fixed_dictionaries(
    {
        "paper": st.booleans(),
        "mobile": st.booleans(),
        "keeper": st.sampled_from(UNIONS),
        "stretches": st.lists(STRETCH, max_size=4),
        "dues": st.lists(st.integers(1, 8), max_size=3, unique=True),
    }
)


def laid(land, told, place):
    """A record with what of the stretches one person could have; the others are left out."""
    person = record(
        land[told["keeper"]], "安平", number=number_of(300 + place) if told["paper"] else "",
        mobile=f"1395740{place:04}" if told["mobile"] else "", born=date(1985, 6, 1),
    )  # fmt: skip
    for union, since, until, counts, state in told["stretches"]:
        try:
            with transaction.atomic():
                Membership.objects.create(
                    person=person, union=land[union], since=since, until=until, counts=counts,
                    state=state if counts else "active", joined_on=since, begun="joined",
                    ended="left" if until else "", fee_base=sealed_base(fen=400_000, person_id=person.pk),
                )  # fmt: skip
        except Exception:  # noqa: BLE001, S112 - what the constraints refuse is no history
            continue
    for month in told["dues"]:
        DuesRecord.objects.create(
            person=person, union=land["left_town"], month=date(2018, month, 1),
            base=seal("500000", table="dues_duesrecord", person_id=person.pk, field="base"),
            rate="0.005", amount_fen=2_500, paid_on=date(2018, month, 5), recorded_at=AT,
        )  # fmt: skip
    return person


def counting(*persons):
    """How many of the persons' memberships count today as active, and whether any does."""
    rows = Membership.objects.filter(person__in=persons, counts=True, since__lte=TODAY)
    return sum(1 for one in rows if (one.until is None or one.until > TODAY) and one.state == "active")


def round_trip(land, first, second, beside, keeps_first):
    """One merge and back, in a transaction of its own that leaves nothing behind."""
    officers = two_officers(land)
    pair = [laid(land, first, 1), laid(land, second, 2)]
    keep, drop = pair if keeps_first else reversed(pair)
    case = case_of(keep, drop)
    members.fold_tallies()
    before, active = contents(), counting(*pair)
    try:
        with transaction.atomic():
            merge(keep, drop, officers, beside=beside, row=case)
    except Refused as refused:
        assert "重叠" in str(refused)  # noqa: PT017 - the only reason that these pairs may meet
        return
    assert counting(*pair) == min(active, 1)
    assert members.recount_tallies(today=TODAY, at=AT) == []
    part(case, officers)
    members.fold_tallies()
    assert differences(before, contents()) == {}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=RECORD, second=RECORD, beside=st.sampled_from(["end", "affiliate"]), keeps_first=st.booleans())
def test_a_merge_and_its_un_merge_leave_every_table_as_it_was(land, first, second, beside, keeps_first):
    with transaction.atomic():
        round_trip(land, first, second, beside, keeps_first)
        transaction.set_rollback(True)


def test_the_control_sees_a_byte_that_did_not_come_back(land):
    person = record(land["left_single"], "安平")
    before = contents()
    people.add_contact(person_id=person.pk, mobile="13957400001", since=TODAY, by=SYSTEM, at=AT)
    assert set(differences(before, contents())) >= {"people_contact"}
    assert counted.member_counts(unit_id=land["city"].pk, day=TODAY).members == 0
