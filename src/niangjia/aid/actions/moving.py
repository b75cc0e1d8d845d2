"""Applications follow a union that ends to its heir (App. D 10), and a person found to be in two records."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.aid.models import AidApplication
from niangjia.aid.permissions import Word
from niangjia.aid.rules import KIND, OPEN, State
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries

UNDER_WAY = [str(one) for one in OPEN]
PAYING = [str(one) for one in (State.APPROVED, State.PAYING)]
TABLE = "aid_aidapplication"


class AidParty:
    """What a restructure asks of aid (port `NIANGJIA_RESTRUCTURE_PARTIES`)."""

    label = say("帮扶申请")
    takes_along = (KIND,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Payments under way are finished first: guard "zero open payments" (domain.md §3)."""
        rows = AidApplication.objects.filter(unit_id__in=plan.source_ids, state__in=PAYING).order_by("pk")
        count = rows.count()
        if not count:
            return ()
        words = say("还有 {n} 件帮扶申请正在支付。请先付完或撤回支付单。", n=count)
        return [Hindrance(words, rows[0].unit_id, Word.PAY, "aid-applications")]

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The applications lie with the heirs, closed ones too: paid sums stay with the household."""
        rows = AidApplication.objects.select_for_update().filter(unit_id__in=plan.source_ids).order_by("pk")
        was = [[row.pk, row.unit_id] for row in rows if plan.place_of(row.unit_id) != row.unit_id]
        for number, unit in was:
            AidApplication.objects.filter(pk=number).update(unit_id=plan.place_of(unit))
        places = {number: plan.place_of(unit) for number, unit in was}
        lying = tasks_queries.open_about(units=plan.source_ids, kind=KIND)
        above = dict.fromkeys(plan.ends, plan.target_id)
        moves = {task: places.get(about or 0) or above.get(unit) for task, about, unit in lying}
        gone = {task: unit for task, unit in moves.items() if unit}
        return {"was": was, "tasks": tasks.follow(moves=gone, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every application lies where it lay."""
        for number, unit in facts["was"]:
            AidApplication.objects.filter(pk=number).update(unit_id=unit)
        tasks.go_home(was=facts["tasks"], by=by, at=at)


class AidMergeParty:
    """Applications follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """They are the record's that goes on; refused while money is on its way or one student has two."""
        both = AidApplication.objects.select_for_update().filter(payee_id__in=(keep_id, drop_id))
        if both.filter(state__in=PAYING).exists():
            raise Refused(say("有帮扶款正在支付。请等付款有了结果，再来合并。"), field="keep")
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for column in ("payee_id", "student_id"):
            rows = AidApplication.objects.filter(**{column: was})
            rows = rows if only is None else rows.filter(pk__in=only[column])
            found[column] = sorted(rows.values_list("pk", flat=True))
            for row in AidApplication.objects.filter(pk__in=found[column]):
                told: dict[str, Any] = {column: now}
                if column == "payee_id" and row.words:
                    told["words"] = resealed(row.words, table=TABLE, field="words", was=was, now=now)
                self._write(row.pk, told)
        return found

    def _write(self, number: int, told: Mapping[str, Any]) -> None:
        try:
            with transaction.atomic():
                AidApplication.objects.filter(pk=number).update(**told)
        except IntegrityError as error:
            if "aid_student_once_a_year" not in str(error):
                raise
            raise Refused(
                say("两份资料在同一年各有一件助学申请。请先撤回其中一件，再来合并。"), field="keep"
            ) from error


APPLICATIONS, MERGE_PARTY = AidParty(), AidMergeParty()
