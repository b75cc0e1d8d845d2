"""Transfers follow the merge of two records of one person (port of `matching`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import TRANSFER


class TransfersParty:
    """Closed transfers are those of the record that goes on; an open one has to be finished first."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """Refused while a transfer of the record that goes along is open."""
        rows = Transfer.objects.select_for_update().filter(person=drop_id)
        if rows.exclude(state__in=TRANSFER.ends).exists():
            raise Refused(say("并入的一方有转会正在办理。请先办结或撤回转会，再来合并。"), field="keep")
        moved = sorted(rows.values_list("pk", flat=True))
        Transfer.objects.filter(pk__in=moved).update(person=keep_id)
        return {"moved": moved}

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home; refused while another transfer of the person is open."""
        if Transfer.objects.filter(person=keep_id).exclude(state__in=TRANSFER.ends).exists():
            raise Refused(say("这个人有转会正在办理。请先办结或撤回转会，再来拆分。"))
        Transfer.objects.filter(pk__in=facts["moved"], person=keep_id).update(person=drop_id)


MERGE_PARTY = TransfersParty()
