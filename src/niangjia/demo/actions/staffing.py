"""Committees, zones, facilities, policy values and log-ins of a sketch, through the public actions."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from niangjia.accounts import actions as accounts
from niangjia.bodies import actions as bodies
from niangjia.demo.actions.laying import Ground, organisation
from niangjia.demo.rules.sketch import CommitteeSketch, FacilitySketch, PersonSketch, Sketch, ZoneSketch
from niangjia.demo.rules.staff import BESIDE, LOG_INS, SECOND_POST, LogIn
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.money import Yuan
from niangjia.network import actions as network
from niangjia.people import actions as people
from niangjia.people import queries as people_queries
from niangjia.people.permissions import Word as PeopleWord
from niangjia.people.rules import Paper
from niangjia.policies import actions as policies

OPINIONS = "宁波市总工会关于进一步加强区域性工会联合会建设的意见"
VALUES = (
    ("3302", "federation.dormant_days", 120, date(2017, 6, 1), OPINIONS),
    ("3302", "federation.merge_min_employers", 15, date(2017, 6, 1), OPINIONS),
    (
        "330282",
        "federation.dormant_days",
        60,
        date(2018, 5, 1),
        "慈溪市总工会关于联合会建设的意见",
    ),
)


IN_POST = timedelta(days=400)
"""So long the officers have been at it."""


def staff(*, sketch: Sketch, on: Ground) -> None:
    """The people stand in their unions' registers, and hold the posts of the committees."""
    persons = {row.key: row for row in sketch.people}
    for done, row in enumerate(sketch.people):
        on.tell("people", done, len(sketch.people))
        on.people[row.key] = _person(row, on)
    for committee in sketch.committees:
        _committee(committee, persons, on)


def _person(row: PersonSketch, on: Ground) -> int:
    person = people.register_person(
        draft=people.PersonDraft(name=row.name),
        keeper_id=on.units[row.keeper],
        paper=Paper(IdKind.RESIDENT, row.number),
        mobile=row.mobile,
        today=on.today,
        by=on.by,
        at=on.at,
    )
    return int(person.pk)


def _committee(row: CommitteeSketch, persons: dict[str, PersonSketch], on: Ground) -> None:
    committee = bodies.open_term(
        organisation=organisation(unit_id=on.units[row.organisation]),
        number=row.number,
        since=row.since,
        term_years=row.until.year - row.since.year,
        elected_on=row.since,
        approval_doc_no="",
        by=on.by,
        at=on.at,
    )
    for kind, key in row.posts:
        appointment = bodies.Appointment(
            kind=kind,
            name=persons[key].name,
            since=row.since,
            person_id=on.people[key],
            relative="no",
        )
        bodies.appoint(committee=committee, appointment=appointment, today=on.today, by=on.by, at=on.at)


def furnish(*, sketch: Sketch, on: Ground) -> None:
    """Facilities, zones with their employers, and relations beside the primary tree."""
    for facility in sketch.facilities:
        _facility(facility, on)
    _zones(sketch.zones, on)
    for relation in sketch.relations:
        network.relate_organisations(
            child=organisation(unit_id=on.units[relation.child]),
            guide=organisation(unit_id=on.units[relation.guide]),
            relation=relation.kind,
            since=relation.since,
            by=on.by,
            at=on.at,
        )


def _facility(row: FacilitySketch, on: Ground) -> None:
    left_out = {"organisation", "investment", "owner_employer", "rooms"}
    columns = {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in left_out}
    columns["rooms"] = list(row.rooms)
    columns["investment_fen"] = Yuan.of(row.investment).fen if row.investment else None
    columns["owner_employer_id"] = on.employers.get(row.owner_employer)
    owner = organisation(unit_id=on.units[row.organisation])
    bodies.open_facility(organisation=owner, columns=columns, by=on.by, at=on.at)


def _zones(rows: Sequence[ZoneSketch], on: Ground) -> None:
    entries = []
    for done, row in enumerate(rows):
        on.tell("zones", done, len(rows))
        columns = {"name": row.name, "kind": row.kind, "since": row.since, "address": row.address}
        columns["division_id"] = on.division(row.division)
        keeper = organisation(unit_id=on.units[row.keeper])
        zone = bodies.open_zone(keeper=keeper, columns=columns, by=on.by, at=on.at)
        on.zones[row.name] = zone.pk
        entries += [(zone, on.employers[key], row.since) for key in row.employers]
    bodies.enter_zones(entries=entries, by=on.by, at=on.at)


def open_log_ins(*, on: Ground) -> None:
    """One account for each role, its post and its second factor; a printed password need not be changed."""
    for done, row in enumerate((*LOG_INS, *BESIDE)):
        on.tell("log-ins", done, len(LOG_INS) + len(BESIDE))
        _log_in(row, [row], on)


def _log_in(row: LogIn, posts: Iterable[LogIn], on: Ground) -> None:
    everyone = people_queries.people_in_scope(scope=on.by.scope_for(PeopleWord.READ))
    person = everyone.get(pk=on.people[row.name])
    user = accounts.open_account(
        username=row.name,
        name=person.name,
        password=row.password,
        by=on.by,
        at=on.at,
        person=person,
        unit_id=on.units[row.unit],
        must_change=False,
    )
    also = [SECOND_POST] if row.name == SECOND_POST.name else []
    for post in (*posts, *also):
        accounts.grant_post(
            user=user,
            unit_id=on.units[post.unit],
            role=post.role,
            since=on.today - IN_POST,
            by=on.by,
            at=on.at,
            title=post.title,
        )
    accounts.enrol_totp(user=user, secret=row.secret, by=on.by, at=on.at)


def set_values(*, on: Ground) -> None:
    """The city's opinions of 2017, a county's own a year later: inherited and overridden (S-NB-14)."""
    for unit, key, value, since, paper in VALUES:
        draft = policies.ValueDraft(key=key, value=value, since=since, paper=paper)
        policies.set_local_value(unit_id=on.units[unit], draft=draft, today=on.today, by=on.by, at=on.at)
