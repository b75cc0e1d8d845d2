"""What goes out: the list as its page shows it, and the grants in the national columns, reconciled."""

from collections import Counter as CountOf
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.queries import Filters
from niangjia.aid.rules import KINDS
from niangjia.casework.queries import amount_of, filters_of, handles, knows_names, names_of, path_of
from niangjia.households.rules import STAGES
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.identifiers import Sex, mask_name
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.people import queries as people
from niangjia.people.rules import SEXES
from niangjia.relief.rules import register
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.aid.models import AidApplication

PART, LONGEST = 500, 15
AS_SEEN = (
    Column("case", say("申请编号"), ColumnType.CODE, width=12),
    Column("name", say("收款人"), width=12, personal=True),
    Column("student", say("学生"), width=12, personal=True),
    Column("kind", say("类别"), width=12),
    Column("union", say("申报工会"), width=30),
    Column("year", say("年度"), ColumnType.NUMBER, width=8),
    Column("amount", say("金额（元）"), ColumnType.MONEY, width=14),
    Column("submitted_on", say("提交日"), ColumnType.DAY, width=12),
    Column("paid_on", say("到账日"), ColumnType.DAY, width=12),
    Column("state", say("状态"), width=18),
)


def rows_to_leave(*, asked: Mapping[str, str], by: Actor) -> "QuerySet[AidApplication]":
    """The rows of the list of this address, in its order; what is not understood is passed over."""
    told: dict[str, Any] = {name: asked.get(name, "")[:50] for name in ("state", "kind", "name")}
    told |= {
        name: number_in(text=asked.get(name, ""))
        for name in ("campaign", "year", "round", "paid", "unit", "household")
    }
    rows = aid.narrowed(rows=aid.applications_for(actor=by), filters=filters_of(told=told))
    return rows.order_by("-created_at", "-pk")


def number_in(*, text: str) -> int | None:
    """A number in an address, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None


def cells_as_seen(*, rows: "QuerySet[AidApplication]", by: Actor) -> Iterator[Sequence[Any]]:
    """Each row with the cells of its page; names are masked for whoever sees them masked there."""
    for part in _parts(rows):
        names = names_of(person_ids={one for row in part for one in (row.payee_id, row.student_id)})
        with beyond():
            units = tree.names_of(unit_ids={row.unit_id for row in part})
        for row in part:
            whole = knows_names(actor=by, path=row.path)
            told = [names.get(one or 0, "") for one in (row.payee_id, row.student_id)]
            payee, student = (
                one if shown or not one else mask_name(one)
                for one, shown in zip(told, (whole, handles(actor=by, path=row.path)), strict=True)
            )
            yield (
                str(row.pk),
                payee,
                student,
                str(KINDS[row.kind]),
                units.get(row.unit_id, ""),
                row.year,
                amount_of(row=row),
                day_of(row.submitted_at) if row.submitted_at else None,
                row.paid_on,
                str(rules.LABELS[row.state]),
            )


def _parts(rows: "QuerySet[AidApplication]") -> "Iterator[list[AidApplication]]":
    each = rows.iterator(chunk_size=PART)
    while part := list(islice(each, PART)):
        yield part


@dataclass(frozen=True, slots=True)
class Closed:
    """The equation of the national file: grants = rows that go out + rows that cannot, by reason."""

    grants: int
    out: int
    kept: Mapping[str, int]
    total: Yuan

    @property
    def closes(self) -> bool:
        """Whether no grant is lost."""
        return self.grants == self.out + sum(self.kept.values())


def _granted(asked: Mapping[str, str], by: Actor, today: date) -> "QuerySet[AidApplication]":
    """What was granted in the year and union of the address."""
    year = number_in(text=asked.get("year", "")) or today.year
    filters = Filters(under=path_of(unit_id=number_in(text=asked.get("unit", ""))))
    rows = aid.narrowed(rows=aid.applications_for(actor=by), filters=filters)
    return aid.paid_in(rows=rows, year=year)


def _lacks(rows: "QuerySet[AidApplication]") -> dict[int, str]:
    """What each grant lacks for the national file, nothing for those that may go out."""
    told = list(rows.order_by().values_list("pk", "payee_id", "student_id"))
    with beyond():
        proven = people.proven_of(person_ids={one for _, *both in told for one in both if one})
    return {
        pk: "payee" if payee not in proven else "student" if student and student not in proven else ""
        for pk, payee, student in told
    }


def closing_of(*, asked: Mapping[str, str], by: Actor, today: date) -> Closed:
    """How the grants divide: those that go out, those that cannot, by their first lack."""
    rows = _granted(asked, by, today)
    found = CountOf(_lacks(rows).values())
    told = aid.counted(rows=rows)
    return Closed(told.grants, found[""], {name: found[name] for name in register.REASONS}, told.total)


def lacking_rows(
    *, asked: Mapping[str, str], lack: str, by: Actor, today: date
) -> "QuerySet[AidApplication]":
    """The grants that cannot go out for one reason; for none, those that can."""
    rows = _granted(asked, by, today)
    wanted = [pk for pk, why in _lacks(rows).items() if why == lack]
    return rows.filter(pk__in=wanted).order_by("paid_on", "pk")


def national_cells(*, rows: "QuerySet[AidApplication]") -> Iterator[Sequence[Any]]:
    """Each grant in the columns of the file, with full numbers; exchange asked purpose and approver."""
    for part in _parts(rows):
        with beyond():
            whole = [aid.whole(row=row) for row in part]
            numbers = people.full_numbers_of(person_ids={row.payee_id for row in part})
            funds = dict(
                ledger.funds_in_scope(scope=EVERYWHERE)
                .filter(pk__in={row.fund_id for row in part if row.fund_id})
                .values_list("pk", "name")
            )
        for row in whole:
            told = _told(row, numbers.get(row.payee_id, ""), funds.get(row.fund_id or 0, ""))
            yield tuple(told.get(column.name) for column in register.COLUMNS)


def _told(row: "AidApplication", number: str, fund: str) -> dict[str, Any]:
    note = "" if register.VERIFIED else str(register.NOTE)
    return {
        "name": row.payee.name,
        "number": number,
        "sex": SEXES[Sex(row.payee.sex)] if row.payee.sex else "",
        "union": row.unit.name,
        "household": str(row.household_id),
        "kind": str(KINDS[row.kind]),
        "campaign": row.campaign.name if row.campaign else "",
        "fund": fund,
        "amount": Yuan(row.amount_fen or 0),
        "paid_on": row.paid_on,
        "way": "银行转账",
        "student": row.student.name if row.student else "",
        "stage": STAGES.get(row.stage, ""),
        "school": row.school,
        "case": str(row.pk),
        "note": note,
    }
