"""Invented people, and members made of them through the actions."""

from itertools import count

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.identifiers import IdKind, check_character
from niangjia.members import actions as members
from niangjia.people import actions as people
from niangjia.people import rules
from tests.conftest import AT, TODAY
from tests.network.worlds import SINCE

NAMES = "安平", "白露", "常山", "丁香", "方舟", "高远", "何川", "江南", "柯桥", "林泉"
_next = count(1)


def number_of(place, *, born="19850601", female=False):
    """A resident number of area 990101 that holds."""
    body = f"990101{born}{place % 500 * 2 + (0 if female else 1):03}"
    return body + check_character(body)


def worker(keeper, *, name="", paper=True, mobile=True, female=False, born="19850601", place=None, by=SYSTEM):
    """Somebody in the register of a union."""
    place = place or next(_next)
    return people.register_person(
        draft=people.PersonDraft(name or NAMES[place % len(NAMES)]),
        keeper_id=keeper.pk,
        paper=rules.Paper(IdKind.RESIDENT, number_of(place, born=born, female=female)) if paper else None,
        mobile=f"1395740{place % 10_000:04}" if mobile else "",
        today=TODAY,
        by=by,
        at=AT,
    )


def member(union, *, since=SINCE, employer=None, by=SYSTEM, draft=None, **more):
    """Somebody who is a member of a union from a day on."""
    person = worker(union, **more)
    draft = draft or members.MembershipDraft(employer_id=employer.pk if employer else None)
    return members.admit(person_id=person.pk, union_id=union.pk, since=since, draft=draft, by=by, at=AT)
