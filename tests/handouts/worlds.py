"""The works union of the sympathy tests, and batches of it taken as far as a test asks."""

from datetime import date

from niangjia.handouts import actions, queries
from niangjia.handouts.actions import BatchDraft
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import BatchKind
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.sympathy.rules import Signed
from tests.conftest import AT
from tests.sympathy.worlds import DRAWN, Works

HOT = date(2018, 8, 20)


class Givers(Works):
    """Who hands out, and to whom."""

    def arrange(
        self, kind=BatchKind.HOLIDAY, *, by=None, unit=None, each="50", amount="0", goods="月饼", **more
    ):
        by = by or self.pri
        told = {
            "name": "中秋慰问",
            "on": HOT,
            "goods": goods,
            "each": Yuan.of(each),
            "amount": Yuan.of(amount),
        }
        if kind == BatchKind.WOMEN:
            told |= {"goods": "", "each": Yuan(0)}
        draft = BatchDraft(kind=kind, **told | more)
        return actions.arrange_batch(unit_id=unit or by.unit_id, draft=draft, by=by, at=AT)

    def submit(self, row, *, by=None):
        return actions.submit_batch(batch_id=row.pk, version=None, by=by or self.pri, at=AT)

    def approve(self, row, *, by=None):
        return actions.approve_batch(batch_id=row.pk, version=None, by=by or self.pri2, at=AT)

    def approved(self, kind=BatchKind.HOLIDAY, **more):
        return self.approve(self.submit(self.arrange(kind, **more)))

    def rows(self, batch):
        with beyond():
            return list(queries.rows_of(batch=batch))

    def hand_out(self, batch, row, *, by=None, signed=None, **more):
        return actions.hand_out(
            batch_id=batch.pk, row_id=row.pk, version=None, signed=signed or Signed(DRAWN), by=by or self.pri,
            at=AT, **more,
        )  # fmt: skip

    def miss(self, batch, row, *, reason="已离职", by=None):
        return actions.miss(
            batch_id=batch.pk, row_id=row.pk, version=None, reason=reason, by=by or self.pri, at=AT
        )

    def close(self, batch, *, by=None, **more):
        return actions.close_batch(batch_id=batch.pk, version=None, by=by or self.pri, at=AT, **more)

    @staticmethod
    def batch(row):
        return HandoutBatch.objects.get(pk=row.pk)

    @staticmethod
    def row(row):
        return HandoutRow.objects.get(pk=row.pk)
