"""Files as officers send them, and the desk at which they come in."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import xlsxwriter

from niangjia.exchange import actions, queries
from niangjia.exchange.models import Batch, Row
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.identifiers.organisations import organisation_check, uscc_check
from niangjia.kernel.scoping import enter_scope
from tests.conftest import AT

HEAD = ("单位名称", "统一社会信用代码", "单位性质", "职工数", "覆盖工会", "入册日")


def code(number):
    """A valid credit code of the unassigned area 990101."""
    body = f"MB{number:06d}"
    first17 = f"91990101{body}{organisation_check(body)}"
    return first17 + uscc_check(first17)


def csv_of(rows, head=HEAD, *, encoding="utf-8", delimiter=","):
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([head, *rows])
    return out.getvalue().encode(encoding)


def xlsx_of(rows, head=HEAD, *, before=(), dates=()):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([*before, head, *rows]):
        for place, cell in enumerate(row):
            if place in dates and number > len(before):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


def firm(number, **more):
    told = {
        "name": f"测试{number}号公司",
        "uscc": code(number),
        "kind": "企业",
        "headcount": str(number),
        "union": "",
        "since": "2018-01-02",
    }
    told |= more
    return tuple(told.values())


def later(minutes=1):
    return lambda: AT + timedelta(minutes=minutes)


class Office:
    """One officer's imports, carried out at once instead of by a job."""

    def __init__(self, actor, unit_id=None, kind="employers"):
        self.actor, self.unit_id, self.kind = actor, unit_id or actor.unit_id, kind

    def send(self, content, name="名册.csv", *, again=False):
        enter_scope(self.actor.scope_for("exchange.import"), user_id=self.actor.user_id)
        arrival = actions.Arrival(name, content, again)
        return actions.receive_file(
            kind=self.kind, arrival=arrival, unit_id=self.unit_id, by=self.actor, at=AT
        )

    def check(self, content, **more):
        return self.go_on(self.send(content, **more))

    def commit(self, batch, which=actions.ALL):
        enter_scope(self.actor.scope_for("exchange.import"), user_id=self.actor.user_id)
        actions.begin_commit(batch_id=batch.pk, which=which, by=self.actor, at=AT)
        return self.go_on(batch)

    def undo(self, batch, reason="传错了文件"):
        enter_scope(self.actor.scope_for("exchange.import"), user_id=self.actor.user_id)
        actions.begin_undo(batch_id=batch.pk, reason=reason, by=self.actor, at=AT)
        return self.go_on(batch)

    def go_on(self, batch):
        actions.run_batch(number=batch.pk, now=later())
        enter_scope(EVERYWHERE)
        return Batch.objects.get(pk=batch.pk)


def verdicts(batch):
    return dict(Row.objects.filter(batch=batch).values_list("number", "verdict"))


def told(batch):
    """What is said of each row, by its number."""
    rows = queries.open_rows(batch=batch, rows=Row.objects.filter(batch=batch).order_by("number"))
    return {one.row.number: _words(one) for one in rows}


def _words(one):
    return " ".join([*(str(words) for words, _ in one.problems), str(one.words or "")]).strip()
