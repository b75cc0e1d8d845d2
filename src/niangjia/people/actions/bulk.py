"""Many persons at once: the same rules and rows as `register_person`, one journal line for all.

Each row is refused by itself. A number that is known is no refusal here: its bearer is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NiangjiaError, NotVisible
from niangjia.kernel.identifiers import Mobile, PersonalId, parse_mobile
from niangjia.kernel.inserting import insert_rows, reserve_numbers
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import keys_for
from niangjia.kernel.words import Said
from niangjia.people import queries, rules
from niangjia.people.actions.registering import PersonDraft, columns_of, mobile_columns, paper_columns
from niangjia.people.models import Contact, IdentityDocument, Person
from niangjia.people.permissions import Word
from niangjia.people.queries.many import bearers_of
from niangjia.tree import queries as tree
from niangjia.tree.actions import hold_the_tree

KIND = "people.bulk"
_LOCK = 7_041


@dataclass(frozen=True, slots=True)
class Registration:
    """A person to be registered: what is told of him, who keeps him, a paper and a mobile if there are."""

    draft: PersonDraft
    keeper_id: int
    paper: rules.Paper | None = None
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """Who it is, new or known before; or why he was not registered, and the field it is about."""

    person_id: int = 0
    is_new: bool = False
    refused: Said | None = None
    field: str = ""


@dataclass(slots=True)
class _Read:
    """A registration understood: the columns of the person, his number, his mobile."""

    told: Registration
    columns: dict[str, object]
    value: PersonalId | None
    mobile: Mobile | None
    blind: bytes | None


@transaction.atomic
def register_all(
    *, registrations: Sequence[Registration], today: date, by: Actor, at: datetime
) -> list[Registered]:
    """Who each registration is, in the given order; equal to `register_person` for each that is new.

    Bulks take turns, so that two lists with the same people agree. Where a clerk registers one of them in the
    same moment, the list is read anew while clerks wait.
    """
    hold_the_tree(shared=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    keepers = _keepers({row.keeper_id for row in registrations}, by=by)
    read = [_read(row, keepers, today=today, by=by) for row in registrations]
    try:
        with transaction.atomic():
            return _register(read, keepers, today=today, by=by, at=at)
    except (IntegrityError, OperationalError) as error:
        if "document_number_once" not in str(error) and "deadlock" not in str(error):
            raise
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {IdentityDocument._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")  # noqa: SLF001
    return _register(read, keepers, today=today, by=by, at=at)


def _keepers(unit_ids: set[int], *, by: Actor) -> dict[int, str]:
    units = tree.units_in_scope(scope=by.scope_for(Word.REGISTER)).filter(pk__in=unit_ids)
    return {unit.pk: unit.path for unit in units if by.may(Word.REGISTER, at=unit.path)}


def _read(
    told: Registration, keepers: Mapping[int, str], *, today: date, by: Actor
) -> "_Read | NiangjiaError":
    try:
        return _understood(told, keepers, today=today, by=by)
    except NiangjiaError as error:
        return error


def _understood(told: Registration, keepers: Mapping[int, str], *, today: date, by: Actor) -> _Read:
    if told.keeper_id not in keepers:
        raise NotVisible
    value, paper = None, told.paper
    if paper is not None:
        rules.require_voucher(paper.exception, acting=by.user_id)
        value = rules.read_paper(paper, today=today, sex=told.draft.sex, born=told.draft.born)
    return _Read(
        told,
        columns_of(draft=told.draft, value=value),
        value,
        parse_mobile(told.mobile) if told.mobile else None,
        queries.number_index(value=value) if value else None,
    )


def _register(
    read: "Sequence[_Read | NiangjiaError]",
    keepers: Mapping[int, str],
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> list[Registered]:
    with beyond():
        bearers = bearers_of(blinds={row.blind for row in read if isinstance(row, _Read) and row.blind})
    known: dict[bytes | None, int] = {blind: bearer.person_id for blind, bearer in bearers.items()}
    new: list[_Read] = []
    fresh: set[bytes] = set()
    for row in read:
        if isinstance(row, _Read) and row.blind not in known and row.blind not in fresh:
            new.append(row)
            fresh |= {row.blind} if row.blind else set()
    numbers = reserve_numbers(Person, len(new))
    _enter(new, numbers, keepers, today=today, by=by, at=at)
    made = {id(row): number for row, number in zip(new, numbers, strict=True)}
    known |= {row.blind: made[id(row)] for row in new if row.blind}
    return [_told(row, made, known) for row in read]


def _told(
    row: "_Read | NiangjiaError", made: Mapping[int, int], known: Mapping[bytes | None, int]
) -> Registered:
    if isinstance(row, NiangjiaError):
        return Registered(refused=row.reasons[0], field=getattr(row, "field", "") or "")
    number = made.get(id(row))
    return Registered(known[row.blind]) if number is None else Registered(number, is_new=True)


def _enter(
    rows: Sequence[_Read],
    numbers: Sequence[int],
    keepers: Mapping[int, str],
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> None:
    """Persons, their data keys, papers and mobiles stand; papers in the order of their index."""
    if not rows:
        return
    pairs = list(zip(numbers, rows, strict=True))
    insert_rows(Person, (_person(number, row, keepers, at) for number, row in pairs))
    keys = keys_for(number for number, row in pairs if row.value or row.mobile)
    papers = [
        paper_columns(person_id=n, paper=row.told.paper, value=row.value, since=today, keys=keys)
        for n, row in pairs
        if row.told.paper and row.value
    ]
    insert_rows(IdentityDocument, sorted(papers, key=lambda row: row["blind"]))
    mobiles = (
        mobile_columns(person_id=number, mobile=row.mobile, since=today, keys=keys)
        for number, row in pairs
        if row.mobile
    )
    insert_rows(Contact, mobiles)
    journal.record_rows("register_persons", (_line(*pair) for pair in pairs), by=by, at=at, kind=KIND)


def _person(number: int, row: _Read, keepers: Mapping[int, str], at: datetime) -> dict[str, Any]:
    keeper_id = row.told.keeper_id
    return {
        "id": number, "keeper_id": keeper_id, "path": keepers[keeper_id], "created_at": at, **row.columns
    }  # fmt: skip


def _line(number: int, row: _Read) -> dict[str, Any]:
    kind = str(row.told.paper.kind) if row.told.paper else None
    return {"person": number, "paper": kind, "mobile": row.mobile is not None, "keeper": row.told.keeper_id}
