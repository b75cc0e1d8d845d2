"""What was agreed to and answered follows a person whose two records become one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.sealing import resealed
from niangjia.means.models import Authorisation, Check, Checked


class MeansParty:
    """Authorisations and answers follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """What the one agreed to and what was answered about him is the other's."""
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        signed = Authorisation.objects.filter(person_id=was)
        asked = Checked.objects.filter(person_id=was)
        if only is not None:
            signed, asked = signed.filter(pk__in=only["signed"]), asked.filter(pk__in=only["asked"])
        checks = Check.objects.filter(person_id=was)
        if only is not None:
            checks = checks.filter(pk__in=only["checks"])
        facts = {
            "checks": sorted(checks.values_list("pk", flat=True)),
            "signed": sorted(signed.values_list("pk", flat=True)),
            "asked": sorted(asked.values_list("pk", flat=True)),
        }
        Authorisation.objects.filter(pk__in=facts["signed"]).update(person_id=now)
        Check.objects.filter(pk__in=facts["checks"]).update(person_id=now)
        for row in Checked.objects.filter(pk__in=facts["asked"]):
            value = row.answer and resealed(
                row.answer, table="means_checked", field="answer", was=was, now=now
            )
            Checked.objects.filter(pk=row.pk).update(person_id=now, answer=value)
        return facts


MERGE_PARTY = MeansParty()
