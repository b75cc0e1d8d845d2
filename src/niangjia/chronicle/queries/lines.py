"""A record's whole life: every line of the journal about it, and the proof of each.

Whoever asks is first led through the query of the record's own page: out of its reach is 404 here as there.
Only columns that this page shows are told, so that the history never knows more than the record's page.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from niangjia.accounts import queries as accounts
from niangjia.accounts.rules import ROLE_NAMES
from niangjia.bodies import queries as bodies
from niangjia.bodies.rules import POST_LABELS, PostKind
from niangjia.chronicle.rules import TERMS, UNITS, kind_of, said_of
from niangjia.kernel.access import Role, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.journal import proofs
from niangjia.kernel.listing import slice_of
from niangjia.kernel.models import JournalLine
from niangjia.kernel.shapes import Pager, Text
from niangjia.kernel.versions import as_words, authors_of
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network
from niangjia.tree import queries as tree

Reach = Callable[[int, Scope], Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record that has a page: its address, how the page is reached, and what it shows."""

    kind: str
    page: str
    model: str
    reach: Reach
    shown: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the record, before and after."""

    label: Text
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Chapter:
    """One line, told: when, who in which post, what, what changed, why, under which head it is sealed."""

    line: JournalLine
    who: str | Said
    acting: Text
    what: Said
    changes: list[Change]
    head: int | None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A page of a record's life, newest first."""

    subject: Subject
    name: str
    kind: Said
    chapters: list[Chapter]
    pager: Pager


_PLACE = "name kind address since until"
_ORGANISATION = (
    "name short_name kind mode sector established_on approval_doc_no uscc legal_person_no phone address"
    " status closed_on term_years term_ends_on"
)
_EMPLOYER = (
    "name kind sector uscc industry_code headcount female_headcount migrant_headcount address since until"
)
_FACILITY = f"{_PLACE} obtained_by area_m2 area_mu rooms investment_fen opening_hours is_shared"

SUBJECTS = {
    subject.page: subject
    for subject in (
        Subject(
            "network.organisation", "organisation", "network.Organisation",
            lambda pk, scope: network.organisation_in_scope(unit_id=pk, scope=scope),
            frozenset(_ORGANISATION.split()),
        ),
        Subject(
            "network.employer", "employer", "network.Employer",
            lambda pk, scope: network.employer_in_scope(employer_id=pk, scope=scope),
            frozenset(_EMPLOYER.split()),
        ),
        Subject(
            "bodies.facility", "facility", "bodies.Facility",
            lambda pk, scope: bodies.facility_in_scope(facility_id=pk, scope=scope),
            frozenset(_FACILITY.split()),
        ),
        Subject(
            "bodies.zone", "zone", "bodies.Zone",
            lambda pk, scope: bodies.zone_in_scope(zone_id=pk, scope=scope),
            frozenset(_PLACE.split()),
        ),
    )
}  # fmt: skip
DAYS, OWN = frozenset({"since", "until"}), ("edit_", "register_", "leave_register")
"""Only these verbs speak of the record's own days; others of the days of what they entered."""
PAGES = {subject.kind: subject.page for subject in SUBJECTS.values()}


def chronicle(*, page: str, object_id: int, scope: Scope, before: str = "", after: str = "") -> Chronicle:
    """The life of a record of the scope, or 404."""
    subject = SUBJECTS[page]
    row = subject.reach(object_id, scope)
    rows = JournalLine.objects.filter(kind=subject.kind, object_id=object_id)
    part = slice_of(rows, sort="-id", before=before, after=after, size=20)
    chapters = told(lines=part.rows, scope=scope, subject=subject)
    return Chronicle(subject, row.name, kind_of(subject.kind), chapters, part.pager(total=None))


def proof_of_record(*, page: str, object_id: int, line_id: int, scope: Scope) -> dict[str, Any]:
    """The proof of one line of a record's life, with its values if the record's page shows all of them."""
    subject = SUBJECTS[page]
    subject.reach(object_id, scope)
    line = JournalLine.objects.filter(pk=line_id, kind=subject.kind, object_id=object_id).first()
    if line is None:
        raise NotVisible
    proof = proofs.proof_of_line(line)
    seen = subject.shown | TERMS.keys()
    if proof["values"] and not (line.before.keys() | line.after.keys()) <= seen:
        proof["values"] = None
    return proof


def told(*, lines: Iterable[JournalLine], scope: Scope, subject: Subject | None = None) -> list[Chapter]:
    """Lines as a person reads them; without a subject no values are told."""
    lines = list(lines)
    who, heads = authors_of(lines), proofs.heads_over([line.pk for line in lines])
    pairs = (
        [pair for line in lines for pair in (*line.before.items(), *line.after.items())] if subject else []
    )
    asked = {value for key, value in pairs if key in UNITS and isinstance(value, int)}
    units = tree.names_of(unit_ids={line.unit_id for line in lines if line.unit_id} | asked)
    posts = dict(
        accounts.posts_in_scope(scope=scope)
        .filter(pk__in={line.post_id for line in lines if line.post_id})
        .values_list("pk", "role")
    )
    return [
        Chapter(
            line=line,
            who=who.get(line.user_id, say("已注销的账号")),
            acting=_acting(units.get(line.unit_id or 0, ""), posts.get(line.post_id or 0)),
            what=said_of(line.verb, line.kind),
            changes=_changes(line, subject, units) if subject else [],
            head=heads.get(line.pk),
        )
        for line in lines
    ]


def _acting(unit: str, role: str | None) -> Text:
    if role is None:
        return unit
    return say("{unit}，{role}", unit=unit, role=say(ROLE_NAMES[Role(role)]))


def _changes(line: JournalLine, subject: Subject, units: Mapping[int, str]) -> list[Change]:
    """What changed, by the labels of the fields; nothing that the record's page does not show."""
    columns = {
        column.name: column
        for column in apps.get_model(subject.model)._meta.concrete_fields  # noqa: SLF001 - Django's name for it
        if column.name in subject.shown and (column.name not in DAYS or line.verb.startswith(OWN))
    }
    found = []
    for key in {**line.before, **line.after}:
        old, new = line.before.get(key), line.after.get(key)
        if key in columns:
            label = Said(str(columns[key].verbose_name).removesuffix("（分）"))
            found.append(Change(label, as_words(columns[key], old), as_words(columns[key], new)))
        elif key in TERMS:
            found.append(Change(TERMS[key], _term(key, old, units), _term(key, new, units)))
    return found


def _term(key: str, value: Any, units: Mapping[int, str]) -> object:
    """A value of a key that is no column."""
    if key in UNITS:
        return units.get(value)
    if key in {"since", "until"} and isinstance(value, str):
        return date.fromisoformat(value[:10])
    if key == "post" and value in set(PostKind):
        return say(POST_LABELS[PostKind(value)])
    return value


def as_file(*, proof: Mapping[str, Any]) -> str:
    """A proof as it is downloaded."""
    return json.dumps(proof, ensure_ascii=False, indent=1)
