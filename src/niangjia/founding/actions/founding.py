"""The approval: the union stands, covers its employers, has its first committee; all or nothing."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.bodies import actions as bodies
from niangjia.bodies.rules import PostKind
from niangjia.founding.actions import desk, papers
from niangjia.founding.actions.deciding import require_day
from niangjia.founding.actions.stepping import record, stepped
from niangjia.founding.models import Candidate, EstablishmentEmployer, UnionEstablishment
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.network import queries as network_queries
from niangjia.network.permissions import Word as NetworkWord
from niangjia.network.rules import PRIMARY, EmployerKind, OrgKind, Sector
from niangjia.people import actions as people
from niangjia.people import queries as people_queries
from niangjia.people.permissions import Word as PeopleWord
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation


@transaction.atomic
def approve_establishment(
    *,
    establishment_id: int,
    version: int,
    approved_on: date,
    reply_no: str = "",
    by: Actor,
    at: datetime,
) -> UnionEstablishment:
    """The union is founded under its approval reply 批复, in one transaction (R-ORG-06). Final.

    It stands under its parent (as N or X of a federation), covers its employers, and its first committee is
    in office. Without a number of the office the reply goes by the number of its paper.
    """
    hold_the_tree(shared=True)
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="approve", version=version, by=by, at=at)
        require_day(approved_on, at=at, field="approved_on", not_before=row.congress_on)
        row.approved_on, row.reply_no, row.reason = approved_on, reply_no.strip(), ""
        paper = papers.issue_approval(row=row, by=by, at=at)
        row.reply_no = row.reply_no or paper.number
        row.organisation = _found(row, by=by, at=at)
        _cover(row, row.organisation, by=by, at=at)
        _install(row, row.organisation, by=by, at=at)
        row.save()
        record(
            verb="approve_establishment", row=row, by=by, at=at, paper=paper.number, unit=row.organisation_id
        )
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("工会已批复成立：{name}", name=row.name), by=by, at=at)
    return row


def _found(row: UnionEstablishment, *, by: Actor, at: datetime) -> "Organisation":
    kind, day = OrgKind(row.kind), row.approved_on or clock.day_of(at)
    draft = network.OrganisationDraft(
        kind=kind,
        name=row.name,
        established_on=day,
        short_name=row.short_name,
        mode=row.mode,
        sector=row.sector,
        address=row.address,
        phone=row.phone,
        approval_doc_no=row.reply_no,
    )
    part = row.parent.kind == OrgKind.FEDERATION and kind in PRIMARY
    union = network.found_organisation(
        draft=draft,
        parent_id=row.parent_id,
        today=clock.day_of(at),
        composed_on=day if part else None,
        by=by,
        at=at,
    )
    union.refresh_from_db()
    return union


def _cover(row: UnionEstablishment, union: "Organisation", *, by: Actor, at: datetime) -> None:
    """Each employer is covered; one that was in no register enters it."""
    for named in row.employers.order_by("pk"):
        firm = _employer(named, row, by=by, at=at)
        network.cover_employer(union=union, employer=firm, since=union.established_on, by=by, at=at)
        EstablishmentEmployer.objects.filter(pk=named.pk).update(employer=firm)


def _employer(
    named: EstablishmentEmployer, row: UnionEstablishment, *, by: Actor, at: datetime
) -> "Employer":
    number = named.employer_id
    if number is None and named.uscc:
        holder = network_queries.holder_of_code(code=named.uscc)
        number = holder.number if holder else None
    if number is not None:
        return _in_register(number, named, by=by)
    draft = network.EmployerDraft(
        name=named.name,
        kind=EmployerKind(named.kind),
        since=row.approved_on or clock.day_of(at),
        uscc=named.uscc,
        sector=Sector(named.sector),
        headcount=named.headcount,
        address=named.address,
    )
    return network.register_employer(draft=draft, keeper_id=row.parent_id, by=by, at=at)


def _in_register(number: int, named: EstablishmentEmployer, *, by: Actor) -> "Employer":
    try:
        return network_queries.employer_in_scope(employer_id=number, scope=by.scope_for(NetworkWord.COVER))
    except NotVisible:
        words = say("“{name}”在别的区县的名册里。请先由那里办理出册，再批复。", name=named.name)
        raise Refused(words) from None


def _install(row: UnionEstablishment, union: "Organisation", *, by: Actor, at: datetime) -> None:
    """The first committee is in office from the day of the approval; the elected hold their posts."""
    committee = bodies.open_term(
        organisation=union,
        number=1,
        since=union.established_on,
        term_years=row.term_years,
        elected_on=row.congress_on,
        approval_doc_no=row.reply_no,
        by=by,
        at=at,
    )
    for one in row.candidates.filter(elected=True).order_by("pk"):
        person_id = _person(one, union, by=by, at=at)
        post = bodies.Appointment(
            kind=PostKind(one.post),
            name=one.name,
            since=union.established_on,
            person_id=person_id,
            full_time=one.full_time,
            relative="no" if one.relative_declared else "",
        )
        bodies.appoint(committee=committee, appointment=post, today=clock.day_of(at), by=by, at=at)
        Candidate.objects.filter(pk=one.pk).update(person=person_id)


def _person(one: Candidate, union: "Organisation", *, by: Actor, at: datetime) -> int:
    """The person elected: whoever named himself, otherwise a provisional one of the new union (R-G-01).

    A namesake elsewhere in the county is somebody else until his papers say that he is the same.
    """
    known = people_queries.people_in_scope(scope=by.scope_for(PeopleWord.READ))
    if one.person_id is not None and known.filter(pk=one.person_id, name=one.name).exists():
        return one.person_id
    draft = people.PersonDraft(name=one.name)
    whole = replace(by, everywhere=True)  # a city may found, and registers nobody otherwise
    person = people.register_person(draft=draft, keeper_id=union.pk, today=clock.day_of(at), by=whole, at=at)
    return int(person.pk)


@transaction.atomic
def register_legal_person(  # noqa: PLR0913 - what the certificate says
    *,
    establishment_id: int,
    version: int,
    legal_person_no: str,
    uscc: str,
    registered_on: date,
    by: Actor,
    at: datetime,
) -> UnionEstablishment:
    """The union is a legal person: certificate and social credit code 81 or 89 stand in the register."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="register", version=version, by=by, at=at)
        require_day(registered_on, at=at, field="registered_on", not_before=row.approved_on)
        if not uscc or not legal_person_no.strip():
            field = "uscc" if not uscc else "legal_person_no"
            raise BadInput(say("登记法人要填写证书号和代码。请对照证书填写。"), field=field)
        unit_id = row.organisation_id or 0
        union = network_queries.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(NetworkWord.EDIT))
        network.edit_organisation(
            unit_id=union.pk,
            version=union.version,
            since=clock.day_of(at),
            by=by,
            at=at,
            uscc=uscc,
            legal_person_no=legal_person_no.strip(),
        )
        union.refresh_from_db()
        row.legal_person_no, row.uscc, row.registered_on = legal_person_no.strip(), union.uscc, registered_on
        row.closed_at = at
        row.save()
        record(verb="register_legal_person", row=row, by=by, at=at)
        desk.tell(row=row, words=say("工会法人已登记：{name}", name=row.name), by=by, at=at)
    return row
