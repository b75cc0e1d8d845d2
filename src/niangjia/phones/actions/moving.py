"""Phones and what waits follow a union that ends to its heir."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.words import say
from niangjia.phones.models import Device, HeldUpload
from niangjia.restructuring.rules.parties import Hindrance, Plan

TABLES: Mapping[str, Any] = {"devices": Device, "held": HeldUpload}


class PhonesParty:
    """What a restructure asks of phones (port `NIANGJIA_RESTRUCTURE_PARTIES`; App. D 10)."""

    label = say("走访手机")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The heirs keep the phones and what is held."""
        facts: dict[str, list[list[int]]] = {}
        for name, model in TABLES.items():
            rows = model.objects.filter(unit_id__in=plan.source_ids).order_by("pk")
            facts[name] = [[one.pk, one.unit_id] for one in rows if plan.place_of(one.unit_id) != one.unit_id]
            for number, unit_id in facts[name]:
                model.objects.filter(pk=number).update(unit_id=plan.place_of(unit_id))
        return facts

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Everything lies where it lay."""
        for name, model in TABLES.items():
            for number, unit_id in facts[name]:
                model.objects.filter(pk=number).update(unit_id=unit_id)


PHONES = PhonesParty()
