"""Visits go on with the heir of a union that ends, and follow a person whose two records become one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.sympathy.models import SympathyVisit, Visitor
from niangjia.sympathy.queries.rows import TABLE
from niangjia.sympathy.rules import KIND, State
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries

UNDER_WAY = (State.REPORTED, State.PLANNED, State.DONE)
SEALED = ("place", "words", "signature")


class SympathyParty:
    """What a restructure asks of visits (port `NIANGJIA_RESTRUCTURE_PARTIES`; App. D 10)."""

    label = say("慰问")
    takes_along = (KIND,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day: the heirs visit and settle."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The visits under way, and the tasks about them, lie with the heirs."""
        rows = SympathyVisit.objects.select_for_update().filter(
            unit_id__in=plan.source_ids, state__in=[str(one) for one in UNDER_WAY]
        )
        places = {row.pk: (row.unit_id, plan.place_of(row.unit_id)) for row in rows.order_by("pk")}
        was = [[number, home] for number, (home, heir) in places.items() if home != heir]
        for number, _ in was:
            SympathyVisit.objects.filter(pk=number).update(unit_id=places[number][1])
        lying = tasks_queries.open_about(units=plan.source_ids, kind=KIND)
        gone = {task: places[about][1] for task, about, _ in lying if about in places}
        return {"was": was, "tasks": tasks.follow(moves=gone, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every visit lies where it lay."""
        for number, unit in facts["was"]:
            SympathyVisit.objects.filter(pk=number).update(unit_id=unit)
        tasks.go_home(was=facts["tasks"], by=by, at=at)


class SympathyOfOnePerson:
    """Visits follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """What was given to the one was given to the other; refused while the same is told of both."""
        if self._same(keep_id, drop_id):
            words = say("两份资料登记了同一件慰问。请先取消其中一件，再来合并。")
            raise Refused(words, field="keep")
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _same(self, keep_id: int, drop_id: int) -> bool:
        live = SympathyVisit.objects.exclude(state=State.CANCELLED)
        told = {
            one: list(live.filter(person_id=one).values_list("occasion", "since", "visited_on"))
            for one in (keep_id, drop_id)
        }
        open_ones = [{occasion for occasion, _, on in told[one] if on is None} for one in told]
        days = [{(occasion, since) for occasion, since, _ in told[one]} for one in told]
        return bool(open_ones[0] & open_ones[1] or days[0] & days[1])

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        facts: dict[str, list[int]] = {}
        for name, column in (("visits", "person_id"), ("received", "recipient_id")):
            rows = SympathyVisit.objects.select_for_update().filter(**{column: was})
            rows = rows if only is None else rows.filter(pk__in=only[name])
            facts[name] = sorted(rows.values_list("pk", flat=True))
            for row in rows.filter(pk__in=facts[name]):
                changed = self._resealed(row, was, now) if name == "visits" else {}
                SympathyVisit.objects.filter(pk=row.pk).update(**{column: now}, **changed)
        went = Visitor.objects.filter(person_id=was)
        went = went if only is None else went.filter(pk__in=only["went"])
        facts["went"] = sorted(went.values_list("pk", flat=True))
        Visitor.objects.filter(pk__in=facts["went"]).update(person_id=now)
        return facts

    def _resealed(self, row: SympathyVisit, was: int, now: int) -> dict[str, bytes]:
        return {
            field: resealed(getattr(row, field), table=TABLE, field=field, was=was, now=now)
            for field in SEALED
            if getattr(row, field)
        }


SYMPATHY, MERGE_PARTY = SympathyParty(), SympathyOfOnePerson()
