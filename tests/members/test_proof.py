"""Proof of the roll-up: a hundred thousand memberships, changed at random, add up as a recount does."""

import random
import sys
import time
from datetime import date, timedelta

import pytest

from niangjia.members import actions, queries
from niangjia.members.models import Membership
from niangjia.members.rules import Begun, Ended, State
from niangjia.people.models import Person
from tests.conftest import AT, TODAY
from tests.members.conftest import land

__all__ = ["land"]
MANY, CHANGES, CHUNK, SEED = 100_000, 4_000, 10_000, 20_260_103
UNIONS = ("left_single", "left_joint", "right_single", "right_joint")


def person_of(place, keeper):
    name = f"某{place}"
    sex = "female" if place % 2 else "male"
    return Person(name=name, name_key=name, sex=sex, keeper_id=keeper.pk, created_at=AT)


def membership_of(person, union, since, dice):
    return Membership(
        person=person, union=union, since=since, joined_on=since, begun=Begun.JOINED,
        state=State.RETAINED if dice.random() < 0.1 else State.ACTIVE, migrant=dice.random() < 0.3,
    )  # fmt: skip


def laid(land, dice):
    """The members of four unions, entered in pieces; every piece is folded into the roll-up."""
    for start in range(0, MANY, CHUNK):
        unions = [land[dice.choice(UNIONS)] for _ in range(CHUNK)]
        people = Person.objects.bulk_create(person_of(start + n, one) for n, one in enumerate(unions))
        days = (date(2017, 1, 1) + timedelta(dice.randrange(500)) for _ in people)
        rows = [membership_of(*row, dice) for row in zip(people, unions, days, strict=True)]
        Membership.objects.bulk_create(rows)
        actions.fold_tallies()


def changed(dice):
    """Some leave, some are retained, some become migrants; folded at odd moments."""
    for number, pk in enumerate(dice.sample(list(Membership.objects.values_list("pk", flat=True)), CHANGES)):
        row = Membership.objects.filter(pk=pk)
        change = dice.randrange(3)
        if change == 0:
            row.update(until=TODAY - timedelta(dice.randrange(1, 30)), ended=Ended.LEFT)
        elif change == 1:
            row.update(state=State.RETAINED)
        else:
            row.update(migrant=True)
        if number % 500 == 0:
            actions.fold_tallies()
    actions.fold_tallies()


@pytest.mark.proof
def test_proof_that_the_roll_up_of_members_equals_a_recount(land):
    dice, began = random.Random(SEED), time.monotonic()  # noqa: S311 - a seed that can be named
    laid(land, dice)
    changed(dice)
    rolled = queries.member_counts(unit_id=land["province"].pk, day=TODAY).members
    assert actions.recount_tallies(today=TODAY, at=AT) == []
    counted = queries.member_counts(unit_id=land["province"].pk, day=TODAY).members
    there = Membership.objects.filter(counts=True, until=None, state=State.ACTIVE).count()
    assert rolled == counted == there > MANY // 2
    sys.stdout.write(
        f"PROOF members, seed {SEED}: {MANY:,} memberships, {CHANGES:,} random changes: roll-up {rolled:,}, "
        f"recount {counted:,}, rows {there:,}; 0 measures differ, {time.monotonic() - began:.0f} s\n"
    )
