"""What was told at one visit, and the receipt: what stands, what a person must decide, what was filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from niangjia.households import queries as homes
from niangjia.households.queries import ToldThere
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.reaching import beyond
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.words import Said
from niangjia.papers import queries as papers
from niangjia.visits import rules
from niangjia.visits.models import HomeVisit
from niangjia.visits.queries.rows import source_of
from niangjia.visits.queries.sealed import words_of

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


@dataclass(frozen=True, slots=True)
class AskedThere:
    """What was asked for at a visit, for whom, and the case it led to."""

    kind: str
    name: str
    words: str
    standing: Said
    about: tuple[str, int] | None = None

    @property
    def label(self) -> Said:
        """The kind in words."""
        return rules.ASKS[self.kind]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a visit: `status` is created or duplicate; number and code are those of the record."""

    status: str
    visit_id: int
    key: UUID
    household_id: int | None
    number: str
    code: str
    conflicts: Sequence[ToldThere]
    notes: Sequence[Said]
    asks: Sequence[AskedThere]


def receipt_of(*, visit: HomeVisit, status: str) -> Receipt:
    """What is said of a visit to whoever sent it."""
    with beyond():
        paper = record_of(visit=visit)
        asks = asked_at(visit=visit)
    return Receipt(
        status=status,
        visit_id=visit.pk,
        key=visit.key,
        household_id=visit.household_id,
        number=paper.number if paper else "",
        code=paper.code if paper else "",
        conflicts=[one for one in tellings_of(visit=visit) if one.conflicts],
        notes=[said_from_json(one) for one in visit.notes],
        asks=asks,
    )


def tellings_of(*, visit: HomeVisit) -> list[ToldThere]:
    """Every fact told at a visit: as it was told, or beside what stands."""
    with beyond():
        home = visit.household
    if home is None:
        return []
    return homes.told_at(household=home, source=source_of(key=visit.key), versions=visit.told)


def asked_at(*, visit: HomeVisit) -> list[AskedThere]:
    """What was asked for; to be asked inside `beyond`."""
    return [
        AskedThere(
            one.kind,
            one.person.name,
            words_of(ask=one),
            said_from_json(one.standing),
            (one.about_kind, one.about_id) if one.about_id else None,
        )
        for one in visit.asks.select_related("person").order_by("pk")
    ]


def record_of(*, visit: HomeVisit) -> "Paper | None":
    """The record for the family that stands; to be asked inside `beyond`."""
    about = papers.papers_about(about_kind=rules.KIND, about_id=visit.pk, scope=EVERYWHERE)
    return about.filter(template=rules.RECORD.key, voided_at=None).first()
