"""Establishments as a scope sees them: officers theirs by place, founders their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from niangjia.founding import rules
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.permissions import Word
from niangjia.founding.rules import PARENT_KINDS
from niangjia.kernel import policy
from niangjia.kernel.access import EVERYWHERE, Actor, Scope
from niangjia.kernel.paths import chain_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say
from niangjia.kernel.workflow import Step
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.policies import queries as policies
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation
    from niangjia.tree.models import Unit


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every field stands in the address."""

    state: str = ""
    kind: str = ""
    name: str = ""


def establishments_within(*, scope: Scope) -> QuerySet[UnionEstablishment]:
    """Those under the unions of a scope."""
    return within(UnionEstablishment.objects.all(), scope=scope)


def establishments_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[UnionEstablishment]:
    """Those under the acting post's union, and those that the account itself asked for."""
    mine = UnionEstablishment.objects.filter(asked_by=actor.user_id or 0, asked_unit=None)
    return establishments_within(scope=actor.scope_for(word)) | mine


def establishment_for(*, establishment_id: int, actor: Actor, word: Word = Word.READ) -> UnionEstablishment:
    """One of them, or 404."""
    return the_one(establishments_for(actor=actor, word=word).filter(pk=establishment_id))


def narrowed(*, rows: QuerySet[UnionEstablishment], filters: Filters) -> QuerySet[UnionEstablishment]:
    """The rows that the filters leave: `open` are those under way."""
    if filters.state == "open":
        rows = rows.filter(state__in=[str(one) for one in rules.UNDER_WAY])
    elif filters.state in set(rules.State):
        rows = rows.filter(state=filters.state)
    if filters.kind in set(rules.PLANNED):
        rows = rows.filter(kind=filters.kind)
    return rows.filter(name__contains=filters.name) if filters.name else rows


def case_of(*, row: UnionEstablishment, day: date) -> rules.Case:
    """What the rules ask of an establishment; its rows are read past the scope, it was admitted before."""
    with beyond():
        named = list(row.employers.order_by("pk"))
        known = [one.employer_id for one in named if one.employer_id]
        unions = network.unions_covering(employers=known, day=day) if known else {}
        covering = {
            number: one.union.name for number, one in unions.items() if one.union_id != row.organisation_id
        }
        group = list(row.group.order_by("pk"))
        return rules.Case(
            kind=OrgKind(row.kind),
            parent=OrgKind(row.parent.kind),
            name=row.name,
            mode=row.mode,
            workers=row.workers,
            members=row.members,
            term_years=row.term_years,
            employers=[
                rules.NamedEmployer(one.name, one.headcount, covering.get(one.employer_id or 0, ""))
                for one in named
            ],
            group=[one.name for one in group],
            leads=[one.name for one in group if one.leads],
            candidates=candidates_of(row=row),
            meeting=rules.Meeting(row.meeting) if row.meeting else None,
            seats=row.seats,
            congress_on=row.congress_on,
            prepared_on=row.prepared_on,
            entitled=row.entitled,
            present=row.present,
            tellers=[one.name for one in row.tellers.order_by("pk")],
        )


def candidates_of(*, row: UnionEstablishment) -> list[rules.Candidate]:
    """The candidates as the rules read them, in the order in which they were proposed."""
    return [
        rules.Candidate(one.name, rules.PostKind(one.post), one.relative_declared, one.votes, one.elected)
        for one in row.candidates.order_by("pk")
    ]


KEYS = (
    "committee_required_members",
    "committee_size_bands",
    "election_difference_rate",
    "election_quorum",
    "election_pass",
    "election_tellers",
    "member_congress_members",
    "member_delegate_bands",
    "fulltime_chair_headcount",
    "term_years_allowed",
    "founding_group_least",
)


def bounds_for(*, path: str, day: date) -> rules.Bounds:
    """The figures in force for a union under the unit at a path on a day; for none as shipped."""
    chain = chain_of(path) if path else ()
    with beyond():
        values = policies.values_for(chain=chain, keys=[f"org.{key}" for key in KEYS])
    told = {key: policy.on(f"org.{key}", day, chain, values) for key in KEYS}
    return rules.Bounds(
        committee_from=told["committee_required_members"].of(int),
        seats=_bands(told["committee_size_bands"].of(tuple), "seats"),
        difference=told["election_difference_rate"].of(Fraction),
        quorum=told["election_quorum"].of(Fraction),
        majority=told["election_pass"].of(Fraction),
        tellers=told["election_tellers"].of(int),
        congress_from=told["member_congress_members"].of(int),
        delegates=_bands(told["member_delegate_bands"].of(tuple), "delegates"),
        full_time_from=told["fulltime_chair_headcount"].of(int),
        terms=told["term_years_allowed"].of(tuple),
        group_least=told["founding_group_least"].of(int),
    )


def _bands(rows: Sequence[Mapping[str, int]], part: str) -> tuple[rules.Band, ...]:
    return tuple(
        rules.Band(one["members_from"], one["members_to"], one[f"{part}_low"], one[f"{part}_high"])
        for one in rows
    )


@dataclass(frozen=True, slots=True)
class Desks:
    """Who decides: the town's desk reviews, the county's approves; where one is missing, the next above.

    `recused` are the natural persons whom the matter concerns: they never decide it (R-G-06).
    """

    review: "Unit"
    approve: "Unit"
    recused: frozenset[int]


def desks_of(*, row: UnionEstablishment) -> Desks:
    """The desks of an establishment, by where its parent stands today (R-ORG-06)."""
    with beyond():
        line = tree.units_in_scope(scope=EVERYWHERE).in_bulk(chain_of(row.path)).values()
        parts = (row.group, row.candidates, row.tellers)
        people = {one for part in parts for one in part.values_list("person_id", flat=True) if one}
    nearest = {OrgKind(unit.kind): unit for unit in sorted(line, key=lambda unit: unit.path)}
    approver = next(nearest[kind] for kind in rules.APPROVERS if kind in nearest)
    return Desks(nearest.get(OrgKind.TOWN, approver), approver, frozenset(people))


def may_take(*, row: UnionEstablishment, step: Step, actor: Actor, desks: Desks) -> bool:
    """Whether the acting post may take a step: the applicant his own, a desk the decision that is its."""
    if actor.everywhere:
        return True
    if step.by == Word.ASK:
        mine = actor.user_id is not None and actor.user_id == row.asked_by and row.asked_unit_id is None
        return mine or actor.may(Word.ASK, at=row.path)
    desk = desks.review if step.by == Word.REVIEW else desks.approve
    here = actor.may(step.by, at=row.path) and actor.unit_id == desk.pk
    return here and actor.person_id not in desks.recused


def parents_for(*, today: date) -> "QuerySet[Organisation]":
    """The unions under which one may be founded: names are public; read it past the scope."""
    filters = network.Filters(kinds=[str(kind) for kind in rules.PARENT_KINDS])
    return network.public_organisations(filters=filters, today=today)


def ballot_of(*, establishment_id: int, actor: Actor) -> list[tuple[int, str, int | None]]:
    """The candidates by number and name, for the form of their votes; with those counted before."""
    row = establishment_for(establishment_id=establishment_id, actor=actor, word=Word.ASK)
    with beyond():
        return list(row.candidates.order_by("pk").values_list("pk", "name", "votes"))


@dataclass(frozen=True, slots=True)
class Known:
    """What need not be typed again: from the union's or the employer's page that the officer came from."""

    initial: Mapping[str, object] = field(default_factory=dict)
    employer: "Employer | None" = None
    facts: Sequence[Fact] = ()


def known_of(*, actor: Actor, asked: Mapping[str, str], today: date) -> Known:
    """What the address `?parent=` or `?employer=` tells, inside the officer's scope (R-G-07)."""
    scope = actor.scope_for(Word.ASK)
    numbers = {name: int(asked[name]) for name in ("parent", "employer") if asked.get(name, "").isdecimal()}
    initial: dict[str, object] = {}
    if "employer" in numbers and scope.tops:
        firm = network.employer_in_scope(employer_id=numbers["employer"], scope=scope)
        initial = {
            "kind": OrgKind.SINGLE,
            "name": f"{firm.name}工会委员会",
            "workers": firm.headcount,
            "address": firm.address,
            "parent": firm.keeper.name if firm.keeper.kind in PARENT_KINDS else actor.unit_name,
        }
        facts = (Fact(say("用人单位"), firm.name), Fact(say("职工数"), firm.headcount))
        return Known(initial, firm, facts)
    if "parent" in numbers and scope.tops:
        union = network.organisation_in_scope(unit_id=numbers["parent"], scope=scope)
        initial = {"parent": union.name}
    elif actor.unit_name and scope.tops:
        initial = {"parent": actor.unit_name}
    return Known(initial)
