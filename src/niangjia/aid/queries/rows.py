"""Applications as a scope sees them: officers theirs by place, families their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from niangjia.aid import rules
from niangjia.aid.models import AidApplication, Round
from niangjia.aid.permissions import Word
from niangjia.aid.rules import GRANTED, OPEN, AidKind, State
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.money import Yuan
from niangjia.kernel.paths import CEILING
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within

GRANTS = [str(one) for one in GRANTED]
UNDER_WAY = [str(one) for one in OPEN]
ASKING = [str(one) for one in State if one not in {State.DRAFT, State.WITHDRAWN, State.LINKED}]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every field stands in the address."""

    state: str = ""
    kind: str = ""
    campaign: int | None = None
    year: int | None = None
    name: str = ""
    round: int | None = None
    under: str = ""
    paid: int | None = None
    household: int | None = None


def applications_within(*, scope: Scope) -> QuerySet[AidApplication]:
    """Those of the unions of a scope, and those that pay the reader himself."""
    rows = within(AidApplication.objects.all(), scope=scope)
    return rows | AidApplication.objects.filter(payee_id=scope.own) if scope.own is not None else rows


def applications_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[AidApplication]:
    """The same for an acting post."""
    return applications_within(scope=actor.scope_for(word))


def application_for(*, application_id: int, actor: Actor, word: Word = Word.READ) -> AidApplication:
    """One of them, or 404."""
    return the_one(applications_for(actor=actor, word=word).filter(pk=application_id))


BESIDE = ("unit", "payee", "student", "household", "round", "campaign", "linked_to__unit")


def whole(*, row: AidApplication) -> AidApplication:
    """The same with what hangs on it, read past the scope: the application was admitted before."""
    with beyond():
        return AidApplication.objects.select_related(*BESIDE).get(pk=row.pk)


def own_application(*, application_id: int, actor: Actor) -> AidApplication:
    """One that pays the acting person himself, with what hangs on it, or 404."""
    return whole(row=the_one(own_applications(actor=actor).filter(pk=application_id)))


def own_applications(*, actor: Actor) -> QuerySet[AidApplication]:
    """Those that pay the acting person himself, newest first."""
    rows = AidApplication.objects.filter(payee_id=actor.person_id or 0)
    return rows.order_by("-created_at", "-pk")


def narrowed(*, rows: QuerySet[AidApplication], filters: Filters) -> QuerySet[AidApplication]:
    """The rows that the filters leave: `open` are under way, `granted` have their money, `asking` applied.

    `under` is the path of a union with all below it, `paid` the year in whose books the money stands.
    """
    groups = {"open": UNDER_WAY, "granted": GRANTS, "asking": ASKING}
    if filters.state in groups or filters.state in set(State):
        rows = rows.filter(state__in=groups.get(filters.state, [filters.state]))
    if filters.kind in set(AidKind):
        rows = rows.filter(kind=filters.kind)
    if filters.under:
        rows = rows.filter(path__gte=filters.under, path__lt=filters.under + CEILING)
    if filters.paid is not None:
        rows = paid_in(rows=rows, year=filters.paid)
    wanted = {
        "campaign": filters.campaign,
        "round": filters.round,
        "year": filters.year,
        "household": filters.household,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows.filter(payee__name__contains=filters.name) if filters.name else rows


def paid_in(*, rows: QuerySet[AidApplication], year: int) -> QuerySet[AidApplication]:
    """Those whose money arrived in a year and had not come back when it ended: a closed year stays (D-8)."""
    kept = Q(state__in=GRANTS) | Q(state=State.REFUNDED, closed_at__year__gt=year)
    return rows.filter(kept, paid_on__year=year)


def returned_in(*, rows: QuerySet[AidApplication], year: int) -> QuerySet[AidApplication]:
    """Those of earlier years whose money came back in this one: an erratum of their year (D-8)."""
    return rows.filter(state=State.REFUNDED, closed_at__year=year, paid_on__year__lt=year)


@dataclass(frozen=True, slots=True)
class Granted:
    """Grants 笔, households 户, persons and yuan: four different measures, never mixed (R-G-05)."""

    grants: int
    households: int
    persons: int
    total: Yuan


def granted(*, rows: QuerySet[AidApplication]) -> Granted:
    """What was granted among some applications: each grant once, whatever its transfers went through."""
    return counted(rows=rows.filter(state__in=GRANTS))


MEASURES = {
    "grants": Count("pk"),
    "households": Count("household", distinct=True),
    "persons": Count("payee", distinct=True),
    "total": Coalesce(Sum("amount_fen"), 0),
}


def counted(*, rows: QuerySet[AidApplication]) -> Granted:
    """The four measures of exactly these rows."""
    return granted_of(told=rows.order_by().aggregate(**MEASURES))


def granted_of(*, told: Mapping[str, Any]) -> Granted:
    """The four measures as the database told them."""
    return Granted(told["grants"], told["households"], told["persons"], Yuan(told["total"]))


def households_asking(*, rows: QuerySet[AidApplication]) -> int:
    """How many households applied: drafts, withdrawn and linked applications are none."""
    return rows.filter(state__in=ASKING).values("household").distinct().count()


def first_of_student(*, student_id: int, year: int, but: int | None = None) -> AidApplication | None:
    """The application that holds the student's aid of a year, province-wide; inside `beyond` (R-AID-09)."""
    gone = [str(one) for one in rules.CLAIMS_NOTHING]
    rows = AidApplication.objects.filter(student_id=student_id, year=year).exclude(state__in=gone)
    return rows.exclude(pk=but or 0).select_related("unit").order_by("pk").first()


def first_of_admission(*, admission_no: str, year: int, but: int | None = None) -> AidApplication | None:
    """The application that names an admission notice in a year, province-wide; inside `beyond`."""
    gone = [str(one) for one in rules.CLAIMS_NOTHING]
    rows = AidApplication.objects.filter(admission_no=admission_no, year=year).exclude(state__in=gone)
    return rows.exclude(pk=but or 0).select_related("unit").order_by("pk").first()


def never_helped(*, household_ids: Collection[int]) -> set[int]:
    """Those of some households that were never granted anything (R-AID-16); inside `beyond`."""
    rows = AidApplication.objects.filter(household_id__in=household_ids, state__in=GRANTS)
    return set(household_ids) - set(rows.values_list("household_id", flat=True))


def helped_lately(*, application: AidApplication, since: date) -> QuerySet[AidApplication]:
    """Other aid to the same household or payee since a day, wherever granted; inside `beyond` (D-21)."""
    same = Q(household_id=application.household_id) | Q(payee_id=application.payee_id)
    rows = AidApplication.objects.filter(same, state__in=GRANTS, paid_on__gte=since)
    return rows.exclude(pk=application.pk).select_related("unit").order_by("-paid_on")


def rounds_within(*, scope: Scope) -> QuerySet[Round]:
    """The rounds posted by the unions of a scope."""
    return within(Round.objects.all(), scope=scope)


def round_for(*, round_id: int, actor: Actor, word: Word = Word.READ) -> Round:
    """One of them, or 404."""
    return the_one(rounds_within(scope=actor.scope_for(word)).filter(pk=round_id))
