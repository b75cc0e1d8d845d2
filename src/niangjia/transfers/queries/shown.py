"""Transfers in the shapes of the page furniture."""

from collections.abc import Iterable

from django.urls import reverse

from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import say
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import TRANSFER


def transfers_table(*, rows: Iterable[Transfer]) -> Table:
    """Who goes from where to where."""
    return Table(
        caption=say("转会"),
        columns=[
            Column(word)
            for word in (say("姓名"), say("转出工会"), say("转入工会"), say("提出时间"), say("状态"))
        ],
        rows=[
            Row(
                (row.name, row.from_name, row.to_name, row.asked_at, transfer_status(row=row)),
                href=reverse("transfer", args=[row.pk]),
            )
            for row in rows
        ],
        empty=say("没有符合条件的转会。"),
    )


def transfer_status(*, row: Transfer) -> Cell:
    """The state of a transfer as shape and word."""
    shapes = {"asked": "now", "introduced": "now", "done": "done"}
    return Cell(TRANSFER.label(row.state), status=shapes.get(row.state, "stop"))
