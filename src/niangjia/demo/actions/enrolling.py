"""Members of the demo world, their dues, one on the way to another union, one who may stand twice."""

from collections.abc import Iterable
from datetime import date, timedelta

from niangjia.demo.actions.crowding import Joining, enrol_many
from niangjia.demo.actions.laying import Ground, take_statistics
from niangjia.demo.actions.tasking import actor_of
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.membership import (
    FIRM,
    MONTHS,
    NEIGHBOUR,
    OWN,
    PAYING,
    Membership,
    MemberSketch,
    months_before,
    wage_base,
)
from niangjia.demo.rules.staff import LOG_INS
from niangjia.dues import actions as dues
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.identifiers import IdKind
from niangjia.matching import actions as matching
from niangjia.members import actions as members
from niangjia.members import queries as roll
from niangjia.people import actions as people
from niangjia.people import queries as people_queries
from niangjia.people.queries.finding import find_person
from niangjia.transfers import actions as transfers

JOINED_BEFORE = timedelta(days=820)
MOVED_BEFORE = timedelta(days=2)
FOUND_BEFORE = timedelta(days=1)


def enrol_members(*, sketch: Membership, dice: Dice, on: Ground) -> None:
    """The members stand in their unions, some have paid; one goes elsewhere, one may stand there twice."""
    enrol_many(joinings=(_joining(row, on) for row in sketch.members), on=on)
    take_statistics()
    for name in OWN:
        _enrol_log_in(name, dice, on)
    _pay(dice, on)
    here = [row for row in sketch.members if row.union == NEIGHBOUR]
    _transfer(here[0], on)
    _register_twice(here[1], on)
    members.turn_the_day(today=on.today, at=on.at)


def _joining(row: MemberSketch, on: Ground) -> Joining:
    """A member as the counter or the list takes him."""
    return Joining(row.worker, on.units[row.union], row.since, on.employers[row.employer])


def _enrol_log_in(name: str, dice: Dice, on: Ground) -> None:
    """The person behind a log-in is a member, so that his own pages show union, card and dues."""
    union = next(row.unit for row in LOG_INS if row.name == name)
    draft = members.MembershipDraft(
        employer_id=on.employers[union.removesuffix("工会")], fee_base_fen=wage_base(dice, name)
    )
    members.admit(
        person_id=on.people[name],
        union_id=on.units[union],
        since=on.today - JOINED_BEFORE,
        draft=draft,
        by=on.by,
        at=on.at,
    )


def _pay(dice: Dice, on: Ground) -> None:
    """Some members of the firm have paid for the last months, the log-ins among them."""
    months = months_before(on.today, how_many=MONTHS)
    rows = roll.memberships_in_scope(scope=EVERYWHERE).filter(union=on.units[FIRM], since__lte=months[0])
    own = [on.people[name] for name in OWN]
    paying = [*rows.filter(person__in=own), *rows.exclude(person__in=own).order_by("pk")[:PAYING]]
    for row in paying:
        _pay_months(row.pk, wage_base(dice, "dues", row.pk), months, on)


def _pay_months(membership_id: int, base: int, months: Iterable[date], on: Ground) -> None:
    for month in months:
        dues.record_dues(
            membership_id=membership_id, month=month, base_fen=base, paid_on=month + timedelta(days=14),
            by=on.by, at=on.at,
        )  # fmt: skip


def _transfer(row: MemberSketch, on: Ground) -> None:
    """The neighbour has given its letter; the firm's union has to take the member in."""
    transfers.ask_transfer(
        person_id=_person(row, on),
        to_union_id=on.units[FIRM],
        reason="调到开山虹套工作",
        by=on.by,
        at=on.at - MOVED_BEFORE,
    )


def _register_twice(row: MemberSketch, on: Ground) -> None:
    """The town wrote the same worker down at the door without his paper, and now reports both records."""
    person = people_queries.people_in_scope(scope=EVERYWHERE).get(pk=_person(row, on))
    town, at = actor_of(login="twn", on=on), on.at - FOUND_BEFORE
    again = people.register_person(
        draft=people.PersonDraft(name=person.name, born=person.birth_date),
        keeper_id=town.unit_id or 0,
        mobile=row.worker.mobile,
        today=on.today,
        by=town,
        at=at,
    )
    matching.report_duplicate(
        first_id=person.pk, second_id=again.pk, reason="上门登记时没有带证件", by=town, at=at
    )


def _person(row: MemberSketch, on: Ground) -> int:
    """The number of the person who bears a worker's number."""
    found = find_person(
        kind=IdKind.RESIDENT, number=row.worker.number, mobile="", scope=EVERYWHERE, day=on.today
    )
    return int(found[0].pk)
