"""A list of members is entered exactly as one by one, each row let in or refused by itself."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.journal.tables import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.members import actions, queries
from niangjia.members.actions.bulk import Admission, admit_all
from niangjia.members.models import Membership
from niangjia.members.rules import Ended
from niangjia.network import actions as network
from tests.conftest import AT, TODAY
from tests.members.people import member, worker
from tests.network.acting import officer
from tests.network.worlds import SINCE, zhejiang
from tests.people.bulk_tables import PEOPLE, readable, undone

LATER = date(2018, 6, 1)
TABLES = ("members_membership", *PEOPLE)
NOTHING = actions.MembershipDraft()


def one_by_one(rows, by=SYSTEM):
    """Each row by the single door; why each that was refused was."""
    told = []
    for row in rows:
        enter = actions.admit if row.counts else actions.affiliate
        try:
            with transaction.atomic():
                enter(
                    person_id=row.person_id, union_id=row.union_id, since=row.since, draft=row.draft,
                    by=by, at=AT,
                )  # fmt: skip
            told.append("")
        except NiangjiaError as error:
            told.append((error.reasons[0], getattr(error, "field", "") or ""))
    return told, readable(TABLES)


def in_bulk(rows, by=SYSTEM):
    answers = admit_all(admissions=rows, by=by, at=AT)
    return [(one.refused, one.field) if one.refused else "" for one in answers], readable(TABLES)


def a_list(land):
    """Rows of every kind: new, back again, beside, elsewhere, too young, too early, dead, out of place."""
    left, right, joint = land["left_single"], land["right_single"], land["left_joint"]
    draft = actions.MembershipDraft(
        employer_id=land["left_firm"].pk, form="rider", platform="某平台", migrant=True, fee_base_fen=500_000
    )
    back = member(left, since=date(2016, 3, 1))
    actions.end_membership(
        membership_id=back.pk, version=back.version, until=date(2017, 1, 1), ended=Ended.LEFT,
        reason="退会", by=SYSTEM, at=AT,
    )  # fmt: skip
    elsewhere = member(right)
    kept_elsewhere = worker(right)
    young = worker(left, born="20050601", paper=False)
    young.birth_date = date(2005, 6, 1)
    young.save()
    dead = worker(left)
    dead.deceased_on = date(2018, 1, 1)
    dead.save()
    new = [worker(left) for _ in range(4)]
    wanted = [
        *((one.pk, left, SINCE, draft, True) for one in new),
        (kept_elsewhere.pk, left, LATER, NOTHING, True),
        (back.person_id, left, LATER, NOTHING, True),
        (elsewhere.person_id, left, LATER, NOTHING, True),
        (elsewhere.person_id, left, LATER, NOTHING, False),
        (elsewhere.person_id, left, LATER, NOTHING, False),
        (new[0].pk, left, SINCE, NOTHING, True),
        (new[1].pk, joint, LATER, NOTHING, True),
        (new[1].pk, joint, LATER, NOTHING, False),
        (young.pk, left, LATER, NOTHING, True),
        (dead.pk, left, LATER, NOTHING, True),
        (worker(left).pk, left, TODAY + timedelta(1), NOTHING, True),
        (worker(left).pk, left, date(2015, 1, 1), NOTHING, True),
        (worker(left).pk, land["left_county"], LATER, NOTHING, True),
        (worker(left).pk, joint, LATER, NOTHING, False),
        (10**9, left, LATER, NOTHING, True),
        (worker(left).pk, 10**9, LATER, NOTHING, True),
    ]
    return [
        Admission(who, union if isinstance(union, int) else union.pk, since, told, counts)
        for who, union, since, told, counts in wanted
    ]


def test_a_list_is_entered_and_refused_exactly_as_one_by_one(land):
    rows = a_list(land)
    singly, stood = undone(lambda: one_by_one(rows))
    answers, stands = in_bulk(rows)
    assert answers == singly
    assert stands == stood
    assert [bool(why) for why in answers] == [False] * 6 + [True, False, True, True, True, False] + [True] * 8


def test_an_officer_enters_only_at_his_own_union_and_is_told_no_other_unions_name(land):
    rows = a_list(land)
    by = officer(Role.PRI, land["left_single"])
    singly, stood = undone(lambda: one_by_one(rows, by=by))
    answers, stands = in_bulk(rows, by=by)
    assert answers == singly
    assert stands == stood


def test_the_counts_follow_and_one_journal_line_stands_for_all(land):
    rows = a_list(land)
    before = JournalLine.objects.count()
    in_bulk(rows)
    lines = list(JournalLine.objects.order_by("-id")[: JournalLine.objects.count() - before])
    assert [(line.verb, line.after["rows"]) for line in lines] == [("admit_members", 8)]
    found = queries.member_counts(unit_id=land["left_single"].pk, day=TODAY)
    assert (found.members, found.affiliated, found.migrants) == (6, 1, 4)
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def _as_system(act):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_lists_of_several_unions_with_the_same_people_let_each_in_once(settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    land = _as_system(zhejiang)
    _as_system(lambda: network.recount_tallies(today=TODAY, at=AT))
    people = _as_system(lambda: [worker(land["left_town"]).pk for _ in range(40)])
    unions = [land["left_single"], land["right_single"], land["left_joint"]]
    start, errors, answers = Barrier(3), [], []

    def run(place):
        order = people if place % 2 else people[::-1]
        rows = [Admission(who, unions[place].pk, SINCE, NOTHING) for who in order]
        try:
            start.wait()
            answers.extend(_as_system(lambda: admit_all(admissions=rows, by=SYSTEM, at=AT)))
        except Exception as error:  # noqa: BLE001 - handed to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert sum(1 for one in answers if one.membership_id) == len(people)
    assert all("转会" in str(one.refused) for one in answers if one.refused)
    assert _as_system(lambda: Membership.objects.filter(counts=True).count()) == len(people)
