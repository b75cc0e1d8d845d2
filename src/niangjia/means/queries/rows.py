"""Checks and batches as a scope sees them; who has agreed, what was answered, what differs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from niangjia.households import queries as homes
from niangjia.households.rules import RELATIONS
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import Keys, SealBroken, keys_for
from niangjia.means.models import Authorisation, Batch, Check, Checked
from niangjia.means.permissions import Word
from niangjia.means.rules import MONTHS, Answer, Beside, Outcome, State, differing, is_adult
from niangjia.people import queries as people
from niangjia.people.rules import ID_KINDS

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.households.queries import Inmate

TABLE = "means_checked"
OPEN = (State.ASKED, State.SENT)


def batches_within(*, scope: Scope) -> QuerySet[Batch]:
    """What the unions of a scope have sent, with how many answers are still out."""
    rows = within(Batch.objects.select_related("unit"), scope=scope)
    missing = Count("checks__persons", filter=Q(checks__persons__answered_at=None, checks__state=State.SENT))
    return rows.annotate(missing=missing)


def batch_for(*, batch_id: int, actor: Actor, word: Word = Word.ANSWER) -> Batch:
    """One of them, or 404."""
    return the_one(batches_within(scope=actor.scope_for(word)).filter(pk=batch_id))


def waiting_to_be_sent(*, scope: Scope) -> QuerySet[Check]:
    """The checks asked for by the households of a scope that no batch has taken along yet."""
    rows = Check.objects.filter(state=State.ASKED)
    return within(rows, scope=scope, field="household__path").order_by("pk")


@dataclass(frozen=True, slots=True)
class Signing:
    """An adult of a household, and since when he has agreed."""

    member: "Inmate"
    signed_on: date | None


def signings_of(*, household: "Household", day: date) -> list[Signing]:
    """Every adult who lives there, the head first."""
    with beyond():
        rows = Authorisation.objects.filter(household=household, taken_back_on=None)
        signed = dict(rows.values_list("person_id", "signed_on"))
    members = homes.members_of(household=household)
    return [Signing(one, signed.get(one.person_id)) for one in members if is_adult(one.born, day)]


def is_authorised(*, household: "Household", day: date) -> bool:
    """Whether every adult of the household has agreed; an empty one has not."""
    found = signings_of(household=household, day=day)
    return bool(found) and all(one.signed_on for one in found)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the check of a household stands; `answered` is what an approval waits for."""

    state: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    rows: tuple[Beside, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether every adult's answer is in."""
        return self.state == State.ANSWERED

    @property
    def differing(self) -> list[Beside]:
        """What somebody must explain."""
        return differing(self.rows)


def standing_of(*, household: "Household", since: datetime | None = None) -> Standing:
    """The newest check of a household, asked not before a moment; none is not answered."""
    with beyond():
        rows = Check.objects.filter(household=household).exclude(state=State.VOID)
        rows = rows.filter(asked_at__gte=since) if since else rows
        check = rows.order_by("-id").first()
        if check is None:
            return Standing()
        persons = list(check.persons.select_related("person").order_by("pk"))
        answers = _answers(persons)
    told = _told_by_year(household)
    besides = tuple(
        Beside(one.person_id, one.person.name, told.get(one.person_id), answers.get(one.pk))
        for one in persons
    )
    return Standing(check.state, check.asked_at, check.answered_at, besides)


def _told_by_year(household: "Household") -> dict[int, Yuan]:
    """What each member told of his income, by the year."""
    facts = homes.facts_of(household=household)
    months = {
        one.person_id: facts.get(one.number, {}).get("income_month")
        for one in homes.members_of(household=household)
    }
    return {person: Yuan(fen * MONTHS) for person, fen in months.items() if isinstance(fen, int)}


def _answers(rows: Sequence[Checked]) -> dict[int, Answer]:
    known = [row for row in rows if row.answer]
    keys = keys_for({row.person_id for row in known}, make=False) if known else None
    found = {row.pk: answer_in(row=row, keys=keys) for row in known if keys}
    return {number: one for number, one in found.items() if one}


def answer_in(*, row: Checked, keys: Keys) -> Answer | None:
    """What was answered about one person; nothing any more after an erasure."""
    if not row.answer:
        return None
    try:
        told = json.loads(keys.unseal(row.answer, table=TABLE, person_id=row.person_id, field="answer"))
    except SealBroken:
        return None
    return Answer(Outcome(told["outcome"]), Yuan(told["fen"]), date.fromisoformat(told["on"]))


def sealed(*, answer: Answer, person_id: int) -> bytes:
    """The answer as it lies in the table."""
    told = {"outcome": str(answer.outcome), "fen": answer.amount.fen, "on": answer.on.isoformat()}
    return keys_for([person_id]).seal(json.dumps(told), table=TABLE, person_id=person_id, field="answer")


def asked_about(*, blinds: Sequence[bytes], scope: Scope) -> dict[bytes, Checked]:
    """The persons of the scope whose answer is waited for, or came in, by the index of the number."""
    rows = Checked.objects.filter(blind__in=list(blinds), check_of__state__in=[State.SENT, State.ANSWERED])
    rows = within(rows, scope=scope, field="household__path").select_related("check_of", "person")
    return {bytes(row.blind): row for row in rows.order_by("check_of_id", "pk")}


def check_of(*, household_id: int, lock: bool = False) -> Check | None:
    """The check of a household that is under way; to be asked inside `beyond`."""
    rows = Check.objects.filter(household_id=household_id, state__in=OPEN)
    return (rows.select_for_update() if lock else rows).first()


def asked_in(*, household_id: int) -> QuerySet[Checked]:
    """The persons of the check of a household that is under way; to be asked inside `beyond`."""
    return (
        Checked.objects.filter(household_id=household_id, check_of__state__in=OPEN)
        .select_related("person")
        .order_by("pk")
    )


def cells_of(*, batch: Batch) -> Iterator[Sequence[Any]]:
    """The rows of the outgoing file, with full numbers; whoever asks has told the purpose (SC-6)."""
    with beyond():
        rows = Checked.objects.filter(check_of__batch=batch).select_related("person")
        for row in rows.order_by("household_id", "pk"):
            yield _cells(batch, row)


def _cells(batch: Batch, row: Checked) -> Sequence[Any]:
    paper = people.documents_of(person=row.person).first()
    if paper is None:
        raise NotVisible
    member = _relations(row)
    signed = Authorisation.objects.filter(household_id=row.household_id, person_id=row.person_id)
    day = signed.order_by("-signed_on").values_list("signed_on", flat=True).first()
    return (
        str(batch.pk), row.person.name, ID_KINDS[IdKind(paper.kind)], people.number_of(document=paper),
        RELATIONS.get(member, ""), str(row.household_id), day,
    )  # fmt: skip


def _relations(row: Checked) -> str:
    home = row.household
    found: Mapping[int, str] = {one.person_id: one.relation for one in homes.members_of(household=home)}
    return found.get(row.person_id, "")


def persons_in(*, batch: Batch) -> list[Checked]:
    """Whom a batch is about, in the order of the file; the batch was admitted before."""
    with beyond():
        rows = Checked.objects.filter(check_of__batch=batch).select_related("person")
        return list(rows.order_by("household_id", "pk"))


def persons_of(*, batch: Batch) -> int:
    """How many rows the outgoing file has."""
    return Checked.objects.filter(check_of__batch=batch).count()
