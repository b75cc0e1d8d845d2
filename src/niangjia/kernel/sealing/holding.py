"""Data keys of persons: made on the first sealing, wrapped by the county's key, shredded by erasure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from secrets import token_bytes
from typing import Protocol, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from niangjia.kernel.among import among
from niangjia.kernel.sealing import ring
from niangjia.kernel.sealing.suites import KEY, SealBroken, opened, shut
from niangjia.kernel.sealing.tables import PersonKey

RING_LOCK = 7_236_401
"""Advisory lock: shared while a key is wrapped anew, exclusive for a moment when a generation ends."""
INSTALLATION = 0
"""The 'person' of values that belong to an account or to the installation itself."""
BATCH = 10_000


class Counties(Protocol):
    """The port that tells the county of each person."""

    def __call__(self, *, person_ids: Sequence[int]) -> Mapping[int, int]:
        """Persons and the county whose key wraps theirs."""
        ...


class Shredded(SealBroken):
    """The person was erased: his key is gone, and what it sealed with it."""


def data_keys(person_ids: Iterable[int], *, make: bool) -> dict[int, bytes]:
    """The data keys of persons, unwrapped; with `make` those that are missing are made.

    Must not outlive its transaction where keys were made: a key that is rolled back would be lost.
    """
    wanted = sorted(set(person_ids))
    found: dict[int, bytes] = {}
    for some in _parts(wanted):
        found.update(_read(some))
        missing = [one for one in some if one not in found]
        if missing and make:
            found.update(_make(missing))
            found.update(_read([one for one in missing if one not in found]))
        elif missing:
            raise SealBroken
    return found


def shred(person_id: int, *, at: datetime) -> None:
    """The person's data key is gone for good; one that was never made cannot be made any more."""
    PersonKey.objects.bulk_create(
        [PersonKey(person_id=person_id, county=INSTALLATION, generation=0, shredded_at=at)],
        ignore_conflicts=True,
    )
    alive = PersonKey.objects.filter(person_id=person_id).exclude(wrapped=None)
    alive.update(wrapped=None, shredded_at=at)


def wrap(key: bytes, *, person_id: int, county: int, generation: int) -> bytes:
    """A data key, readable only with that county's key of that generation and for that person."""
    return shut(ring.county_key(county, generation=generation), key, _bound(person_id, county, generation))


def unwrap(row: PersonKey, county_key: Callable[[int, int], bytes] | None = None) -> bytes:
    """The data key; raises Shredded, GenerationGone or SealBroken."""
    if row.wrapped is None:
        raise Shredded
    key_of = county_key or _county_key
    bound = _bound(row.person_id, row.county, row.generation)
    return opened(key_of(row.county, row.generation), bytes(row.wrapped), bound)


def counties_of(person_ids: Sequence[int]) -> Mapping[int, int]:
    """The county of each person, by the port that `project` fills; else the installation's own."""
    told = _port(settings.NIANGJIA_COUNTIES)(person_ids=person_ids)
    return {one: told.get(one, INSTALLATION) for one in person_ids}


def share_ring() -> None:
    """No generation ends before this transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [RING_LOCK])


def hold_ring() -> None:
    """Every transaction that was wrapping a key has ended; none begins before this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RING_LOCK])


def _read(person_ids: Sequence[int]) -> dict[int, bytes]:
    if not person_ids:
        return {}
    rows = PersonKey.objects.filter(person_id__in=among(person_ids))
    key_of = cache(_county_key)
    try:
        return {row.person_id: unwrap(row, key_of) for row in rows}
    except ring.GenerationGone:
        # A rotation rewrapped the rows and destroyed the old generation after we had read them.
        return {row.person_id: unwrap(row) for row in rows.all()}


@transaction.atomic
def _make(person_ids: Sequence[int]) -> dict[int, bytes]:
    """The keys that were made; of those whom another transaction was faster with there is none here."""
    share_ring()
    generation, counties = ring.newest(), counties_of(person_ids)
    key_of = cache(_county_key)
    made = {one: token_bytes(KEY) for one in person_ids}
    places = [counties[one] for one in made]
    wrapped = [
        shut(key_of(county, generation), key, _bound(one, county, generation))
        for county, (one, key) in zip(places, made.items(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_personkey (person_id, county, generation, wrapped)"
            " SELECT person, county, %s, wrapped FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
            " AS x(person, county, wrapped) ON CONFLICT DO NOTHING RETURNING person_id",
            [generation, list(made), places, wrapped],
        )
        return {row[0]: made[row[0]] for row in cursor.fetchall()}


def _county_key(county: int, generation: int) -> bytes:
    return ring.county_key(county, generation=generation)


def _bound(person_id: int, county: int, generation: int) -> bytes:
    return f"person key\x00{person_id}\x00{county}\x00{generation}".encode()


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


@cache
def _port(path: str) -> Counties:
    return cast("Counties", import_string(path))
