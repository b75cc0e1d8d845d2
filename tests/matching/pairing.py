"""Two records of one person, and the steps that officers take."""

from dataclasses import replace

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.identifiers import IdKind
from niangjia.matching import actions
from niangjia.matching.models import DuplicateCase
from niangjia.members import actions as members
from niangjia.people import actions as people
from niangjia.people import rules
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import SINCE

LI, BORN = "990101196806120027", "19680612"


def officer_of(role, organisation, user_id):
    return replace(officer(role, organisation), user_id=user_id, post_id=user_id)


def two_officers(land):
    return [officer_of(Role.CTY, land["left_county"], number) for number in (21, 22)]


def record(keeper, name="李小梅", *, number="", mobile="", born=None, kind=IdKind.RESIDENT, by=SYSTEM):
    """A record in the register of a union."""
    paper = rules.Paper(kind, number) if number else None
    return people.register_person(
        draft=people.PersonDraft(name, born=born), keeper_id=keeper.pk, paper=paper, mobile=mobile,
        today=TODAY, by=by, at=AT,
    )  # fmt: skip


def joined(person, union, *, since=SINCE, employer=None, counts=True):
    """The record's membership in a union."""
    draft = members.MembershipDraft(employer_id=employer.pk if employer else None)
    act = members.admit if counts else members.affiliate
    return act(person_id=person.pk, union_id=union.pk, since=since, draft=draft, by=SYSTEM, at=AT)


def found():
    """The nightly comparison has run; the cases by their pair."""
    actions.find_duplicates(today=TODAY, at=AT)
    return {(row.first_id, row.second_id): row for row in DuplicateCase.objects.all()}


def case_of(one, other):
    """The case of two records, found or reported."""
    first, second = sorted((one.pk, other.pk))
    known = found().get((first, second))
    return known or actions.report_duplicate(
        first_id=first, second_id=second, reason="看着像", by=SYSTEM, at=AT
    )


def propose(row, by, step="propose_merge", *, keep=None, beside="end", at=AT):
    row.refresh_from_db()
    proposal = actions.Proposal(step, "核对过", keep_id=keep.pk if keep else None, beside=beside)
    return actions.propose(case_id=row.pk, version=row.version, proposal=proposal, by=by, at=at)


def decide(row, by, *, agree=True, at=AT):
    row.refresh_from_db()
    return actions.decide(case_id=row.pk, version=row.version, agree=agree, answer="已核", by=by, at=at)


def merge(keep, drop, officers, *, beside="end", row=None, at=AT):
    """Two people agree that they are one; returns the case."""
    row = row or case_of(keep, drop)
    propose(row, officers[0], keep=keep, beside=beside, at=at)
    return decide(row, officers[1], at=at)


def part(row, officers, *, at=AT):
    """Two people agree that the merge was wrong."""
    propose(row, officers[0], "propose_split", at=at)
    return decide(row, officers[1], at=at)
