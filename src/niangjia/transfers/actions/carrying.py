"""A union does not end while a transfer from it or to it is open (R-ORG-07)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from niangjia.kernel.access import Actor
from niangjia.kernel.words import say
from niangjia.members.permissions import Word
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import TRANSFER


class TransfersParty:
    """What a restructure asks of transfers (port `NIANGJIA_RESTRUCTURE_PARTIES`)."""

    label = say("转会")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Each open transfer of a union that ends is a task of the side whose turn it is."""
        open_ = sorted(TRANSFER.states - TRANSFER.ends)
        sides = Q(from_union_id__in=plan.ends) | Q(to_union_id__in=plan.ends)
        return [
            Hindrance(
                say("{name}的转会还没有办完。", name=row.name),
                row.from_union_id if row.state == "asked" else row.to_union_id,
                Word.TRANSFER,
                "transfer",
                (row.pk,),
            )
            for row in Transfer.objects.filter(sides, state__in=open_).order_by("id")
        ]

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """Nothing moves: what is open hinders, what is closed stays as it was."""
        return {}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Nothing was moved."""


TRANSFERS = TransfersParty()
