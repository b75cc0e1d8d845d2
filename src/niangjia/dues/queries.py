"""Reads of dues."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet, Sum
from django.urls import reverse

from niangjia.dues.models import DuesRecord
from niangjia.kernel.access import Scope
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import unseal
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import say


def dues_of_person(*, person_id: int) -> QuerySet[DuesRecord]:
    """A person's dues as the running scope shows them, newest month first."""
    return DuesRecord.objects.filter(person=person_id).select_related("union").order_by("-month", "-id")


def dues_in_scope(*, dues_id: int, scope: Scope) -> DuesRecord:
    """One record of dues, or 404."""
    return the_one(within(DuesRecord.objects.select_related("union"), scope=scope).filter(pk=dues_id))


def dues_paid_until(*, person_id: int) -> date | None:
    """The last month for which dues are recorded."""
    last = DuesRecord.objects.filter(person=person_id, void_reason="").order_by("-month").first()
    return last.month if last else None


def dues_sum(*, scope: Scope, year: int) -> tuple[int, int]:
    """Dues of a year at the unions of a scope: how many months paid, and fen."""
    rows = within(DuesRecord.objects.filter(month__year=year, void_reason=""), scope=scope)
    found = rows.aggregate(total=Sum("amount_fen"))
    return rows.count(), int(found["total"] or 0)


def base_of(*, dues: DuesRecord) -> int:
    """The wage base of a record, in fen: for who records dues at that union, and for the member himself."""
    return int(unseal(dues.base, table="dues_duesrecord", person_id=dues.person_id, field="base"))


def dues_table(*, rows: Iterable[DuesRecord], may_void: bool = False) -> Table:
    """What was paid for which month."""
    heads = [say("月份"), say("会费"), say("缴纳日"), say("状态")]
    heads += [say("办理")] if may_void else []
    return Table(
        caption=say("会费"),
        columns=[Column(head, right=place == 1) for place, head in enumerate(heads)],
        rows=[Row(_dues_cells(row, may_void)) for row in rows],
        empty=say("还没有登记会费。"),
    )


def _dues_cells(row: DuesRecord, may_void: bool) -> list[object]:  # noqa: FBT001 - a column more or less
    month = say("{year}年{month}月", year=row.month.year, month=row.month.month)
    state = (
        Cell(say("已作废"), status="stop", note=row.void_reason)
        if row.void_reason
        else Cell(say("已缴"), status="done")
    )
    void: object = "—" if row.void_reason else Cell(say("作废这条"), href=reverse("void-dues", args=[row.pk]))
    return [
        month,
        Yuan(row.amount_fen),
        row.paid_on,
        state,
        *([void] if may_void else []),
    ]
