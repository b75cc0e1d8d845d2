"""The files in force in the columns of the national aid system, and what cannot go out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.dossiers import rules as forms
from niangjia.hardship import queries, rules
from niangjia.hardship.permissions import Word
from niangjia.households import queries as homes
from niangjia.households import rules as home_rules
from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import IdKind, Sex
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.people import queries as people
from niangjia.people.rules import ID_KINDS, SEXES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.hardship.models import NeedyWorkerFile
    from niangjia.people.models import Person

PART = 200


def fit_to_leave(*, actor: Actor) -> "QuerySet[NeedyWorkerFile]":
    """Every file in force of the reader's scope: none is left out, whatever it lacks (S-LA-11)."""
    rows = queries.files_within(scope=actor.scope_for(Word.EXPORT))
    return rows.filter(state__in=list(rules.STANDING)).select_related("worker", "household").order_by("pk")


@dataclass(frozen=True, slots=True)
class Closing:
    """The equation of the file: files in force = rows, and how many of them lack what."""

    standing: int
    rows: int
    income: Yuan
    without_number: int

    @property
    def closes(self) -> bool:
        """Whether nobody is lost."""
        return self.standing == self.rows


def closing_of(*, actor: Actor) -> Closing:
    """Counted twice, once by the database and once by the rows themselves."""
    rows = fit_to_leave(actor=actor)
    told = list(told_rows(rows=rows))
    income = Yuan.total(one["income"] for one in told if one["income"] is not None)
    lacking = sum(not one["id_number"] for one in told)
    return Closing(rows.count(), len(told), income, lacking)


def told_rows(*, rows: "QuerySet[NeedyWorkerFile]") -> Iterator[dict[str, Any]]:
    """Each file by the keys of the national columns, with full numbers; the caller told the purpose."""
    with beyond():
        for row in rows.iterator(chunk_size=PART):
            yield _told(row)


def cells(*, rows: "QuerySet[NeedyWorkerFile]") -> Iterator[Sequence[Any]]:
    """The same in the order of the columns."""
    for told in told_rows(rows=rows):
        yield [told.get(column.name) for column in forms.COLUMNS]


def _told(row: "NeedyWorkerFile") -> dict[str, Any]:
    decision = queries.latest_of(row=row)
    numbers = queries.told_of(decision=decision).get("numbers", {}) if decision else {}
    facts = homes.facts_of(household=row.household)[None] if row.household else {}
    return {
        "number": row.number,
        **_person(row.worker),
        "union": row.keeper.name,
        "level": rules.LEVELS[row.level],
        "category": str(rules.CATEGORY_WORDS[rules.Category(row.category)]) if row.category else "",
        **_house(facts),
        "persons": str(numbers.get("persons", "")),
        "income": _yuan(numbers.get("income")),
        "burden": _yuan(numbers.get("burden")),
        "per_head": _yuan(numbers.get("per_head")),
        "approved_on": row.approved_on,
        "note": str(forms.NOTE),
    }


def _yuan(fen: Any) -> Yuan | None:
    return Yuan(fen) if isinstance(fen, int) else None


def _person(person: "Person | None") -> dict[str, Any]:
    if person is None:
        return {}
    paper = people.documents_of(person=person).first()
    contact = people.numbers_of(person=person).filter(until=None).first()
    return {
        "name": person.name,
        "sex": SEXES[Sex(person.sex)] if person.sex else "",
        "id_kind": ID_KINDS[IdKind(paper.kind)] if paper else "",
        "id_number": people.number_of(document=paper) if paper else "",
        "mobile": people.mobile_of(contact=contact) if contact else "",
    }


def _house(facts: Mapping[str, Any]) -> dict[str, Any]:
    def shown(key: str) -> str:
        return str(queries.shown(fact=home_rules.BY_KEY[key], value=facts.get(key)) or "")

    keys = (
        "main_cause", "secondary_cause", "residence", "housing_area", "single_parent", "zero_employment",
        "self_help",
    )  # fmt: skip
    return {key: shown(key) for key in keys} | {"housing": shown("housing_type")}


def reconciliation_of(*, actor: Actor, file: Sequence[Mapping[str, Any]], today: date) -> forms.Reconciled:
    """A file of the national system held against the reader's register, row by row."""
    return forms.reconciled(list(told_rows(rows=fit_to_leave(actor=actor))), file)
