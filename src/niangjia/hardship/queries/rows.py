"""Needy-worker files as a scope sees them, and what a list of them may be narrowed to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from niangjia.hardship import rules
from niangjia.hardship.models import CATEGORIES, NeedyWorkerFile
from niangjia.hardship.permissions import Word
from niangjia.households import queries as homes
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.periods import add_years
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every field stands in the address. `only` is `unchanged` or `due`."""

    state: str = ""
    category: str = ""
    level: str = ""
    path: str = ""
    only: str = ""
    number: str = ""


def files_within(*, scope: Scope) -> QuerySet[NeedyWorkerFile]:
    """Those of the unions of a scope."""
    return within(NeedyWorkerFile.objects.all(), scope=scope)


def files_for(*, actor: Actor, word: Word = Word.STATUS) -> QuerySet[NeedyWorkerFile]:
    """Those of the unions where the word reaches, and the reader's own."""
    scope = actor.scope_for(word)
    rows = files_within(scope=scope)
    own = Q(worker_id=scope.own) if scope.own is not None else Q(pk__in=())
    return rows | NeedyWorkerFile.objects.filter(own)


def file_for(*, file_id: int, actor: Actor, word: Word = Word.STATUS) -> NeedyWorkerFile:
    """One of them, or 404."""
    return the_one(files_for(actor=actor, word=word).filter(pk=file_id))


def files_of(*, person_id: int) -> QuerySet[NeedyWorkerFile]:
    """Every file of a worker, the newest first."""
    return NeedyWorkerFile.objects.filter(worker_id=person_id).order_by("-pk")


def file_of_household(*, household_id: int) -> NeedyWorkerFile | None:
    """The file under way or standing of a household; to be asked inside `beyond`."""
    rows = NeedyWorkerFile.objects.filter(household_id=household_id, state__in=list(rules.OPEN))
    return rows.first()


def standing_files_of(*, household_ids: Collection[int]) -> dict[int, NeedyWorkerFile]:
    """The files in force of some households: what a grant may rest on; to be asked inside `beyond`."""
    rows = NeedyWorkerFile.objects.filter(
        household_id__in=list(household_ids), state__in=list(rules.STANDING)
    )
    return {row.household_id: row for row in rows if row.household_id}


def is_filed(*, household_id: int, day: date) -> bool:
    """Whether the household had its file on a day: approved by then, and not ended; asked past the scope."""
    with beyond():
        rows = NeedyWorkerFile.objects.filter(
            household_id=household_id, state__in=[str(one) for one in rules.PROVEN], approved_on__lte=day
        )
        return rows.exists()


def narrowed(*, rows: QuerySet[NeedyWorkerFile], filters: Filters, today: date) -> QuerySet[NeedyWorkerFile]:
    """The rows that the filters leave; `open` are those under way, `standing` those in force."""
    groups = {"open": rules.UNDER_WAY, "standing": rules.STANDING}
    if filters.state in groups:
        rows = rows.filter(state__in=list(groups[filters.state]))
    elif filters.state in set(rules.State):
        rows = rows.filter(state=filters.state)
    if filters.category in CATEGORIES:
        rows = rows.filter(category=filters.category)
    if filters.level in set(rules.Level):
        rows = rows.filter(level=filters.level)
    if filters.path:
        rows = rows.filter(path__startswith=filters.path)
    if filters.only == "unchanged":
        rows = unchanged(rows=rows, today=today)
    if filters.only == "due":
        rows = rows.filter(state=rules.State.DUE)
    return rows.filter(number__startswith=filters.number.strip().upper()) if filters.number else rows


def unchanged(*, rows: QuerySet[NeedyWorkerFile], today: date) -> QuerySet[NeedyWorkerFile]:
    """Files in force untouched for a year, of whose household nothing was told either (R-AID-16)."""
    since = add_years(today, -1)
    rows = rows.filter(state__in=list(rules.STANDING), changed_on__lt=since)
    touched = homes.touched_since(day=since)
    return rows.exclude(household_id__in=touched)


def due_by(*, day: date) -> QuerySet[NeedyWorkerFile]:
    """Files in force whose review day has come; to be asked inside `beyond`."""
    return NeedyWorkerFile.objects.filter(state=rules.State.ACTIVE, review_due_on__lte=day).order_by("pk")


def name_of(*, row: NeedyWorkerFile) -> str:
    """The worker's name, for whoever was admitted to the file; of a lead the name that was told."""
    with beyond():
        return row.worker.name if row.worker else row.told_name
