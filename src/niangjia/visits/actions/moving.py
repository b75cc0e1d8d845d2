"""Visits follow a union that ends to its heir, and a person whose two records become one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.visits.models import HomeVisit, VisitAsk, Visitor, VisitPlace

OF_PERSONS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "visits": (HomeVisit, ("statement", "family_signature")),
    "visitors": (Visitor, ("signature",)),
    "asks": (VisitAsk, ("words",)),
    "places": (VisitPlace, ("point",)),
}
"""The tables whose rows are a person's, and what of them lies under his key."""


class VisitsParty:
    """What a restructure asks of visits (port `NIANGJIA_RESTRUCTURE_PARTIES`; App. D 10)."""

    label = say("入户走访")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The heirs keep the visits of the sources."""
        rows = HomeVisit.objects.filter(unit_id__in=plan.source_ids).order_by("pk")
        was = [[row.pk, row.unit_id] for row in rows if plan.place_of(row.unit_id) != row.unit_id]
        for number, unit_id in was:
            HomeVisit.objects.filter(pk=number).update(unit_id=plan.place_of(unit_id))
        return {"was": was}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every visit lies where it lay."""
        for number, unit_id in facts["was"]:
            HomeVisit.objects.filter(pk=number).update(unit_id=unit_id)


class VisitParty:
    """Visits follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """What was said and signed of the one is that of the other, sealed anew."""
        return {name: _moved(name, was=drop_id, now=keep_id, only=None) for name in OF_PERSONS}

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed as before."""
        for name in OF_PERSONS:
            _moved(name, was=keep_id, now=drop_id, only=facts[name])


def _moved(name: str, *, was: int, now: int, only: Sequence[int] | None) -> list[int]:
    model, columns = OF_PERSONS[name]
    rows = model._default_manager.filter(person_id=was)  # noqa: SLF001 - Django's name
    rows = list(rows if only is None else rows.filter(pk__in=only))
    for row in rows:
        told = {
            column: resealed(value, table=model._meta.db_table, field=column, was=was, now=now)  # noqa: SLF001
            for column in columns
            if (value := getattr(row, column))
        }
        model._default_manager.filter(pk=row.pk).update(person_id=now, **told)  # noqa: SLF001
    return sorted(row.pk for row in rows)


VISITS, MERGE_PARTY = VisitsParty(), VisitParty()
