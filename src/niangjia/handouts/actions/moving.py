"""Batches go on with the heir of a union that ends; rows follow a person whose two records become one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.handouts.actions.handing import TABLE
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import KIND, MOVING
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries


class HandoutsParty:
    """What a restructure asks of batches (port `NIANGJIA_RESTRUCTURE_PARTIES`; App. D 10)."""

    label = say("慰问批次")
    takes_along = (KIND,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day: the heirs hand out what is left."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The batches under way, and the tasks about them, lie with the heirs."""
        rows = HandoutBatch.objects.select_for_update().filter(
            unit_id__in=plan.source_ids, state__in=[str(one) for one in MOVING]
        )
        places = {row.pk: (row.unit_id, plan.place_of(row.unit_id)) for row in rows.order_by("pk")}
        was = [[number, home] for number, (home, heir) in places.items() if home != heir]
        for number, _ in was:
            HandoutBatch.objects.filter(pk=number).update(unit_id=places[number][1])
        lying = tasks_queries.open_about(units=plan.source_ids, kind=KIND)
        gone = {task: places[about][1] for task, about, _ in lying if about in places}
        return {"was": was, "tasks": tasks.follow(moves=gone, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every batch lies where it lay."""
        for number, unit in facts["was"]:
            HandoutBatch.objects.filter(pk=number).update(unit_id=unit)
        tasks.go_home(was=facts["tasks"], by=by, at=at)


class RowsOfOnePerson:
    """Rows follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """What the one received the other received; refused while both stand on one roster."""
        mine = HandoutRow.objects.filter(person_id=keep_id).values("batch_id")
        if HandoutRow.objects.filter(person_id=drop_id, batch__in=mine).exists():
            words = say("两份资料在同一批慰问的名册里。请先把其中一份移出名册或登记为不再发，再来合并。")
            raise Refused(words, field="keep")
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        rows = HandoutRow.objects.select_for_update().filter(person_id=was)
        rows = rows if only is None else rows.filter(pk__in=only["rows"])
        moved = sorted(rows.values_list("pk", flat=True))
        for row in rows.filter(pk__in=moved):
            drawn = row.signature
            sealed = resealed(drawn, table=TABLE, field="signature", was=was, now=now) if drawn else None
            HandoutRow.objects.filter(pk=row.pk).update(person_id=now, signature=sealed)
        return {"rows": moved}


HANDOUTS, MERGE_PARTY = HandoutsParty(), RowsOfOnePerson()
