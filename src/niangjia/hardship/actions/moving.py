"""Files follow a union that ends to its heir, and a worker whose two records become one (App. D 10)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.hardship.models import Decision, NeedyWorkerFile, Relative
from niangjia.kernel.access import Actor
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan


class FilesParty:
    """What a restructure asks of needy-worker files (port `NIANGJIA_RESTRUCTURE_PARTIES`)."""

    label = say("困难职工档案")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing has to be settled before the day: the files go along with the members."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The heirs keep the files of the sources."""
        rows = NeedyWorkerFile.objects.select_for_update().filter(keeper_id__in=plan.source_ids)
        was = [[row.pk, row.keeper_id] for row in rows.order_by("pk")]
        moved = [[number, keeper] for number, keeper in was if plan.place_of(keeper) != keeper]
        for number, keeper in moved:
            NeedyWorkerFile.objects.filter(pk=number).update(keeper_id=plan.place_of(keeper))
        return {"was": moved}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every file lies where it lay."""
        for number, keeper in facts["was"]:
            NeedyWorkerFile.objects.filter(pk=number).update(keeper_id=keeper)


class FileParty:
    """Files follow the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """The files and decisions of the one are the other's; sealed values for him."""
        return self._moved(was=drop_id, now=keep_id, only=None)

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home, sealed for him as before."""
        self._moved(was=keep_id, now=drop_id, only=facts)

    def _moved(self, *, was: int, now: int, only: Mapping[str, Any] | None) -> dict[str, list[int]]:
        files = NeedyWorkerFile.objects.filter(worker_id=was)
        told = Decision.objects.filter(person_id=was)
        declared = Relative.objects.filter(person_id=was)
        if only is not None:
            files = files.filter(pk__in=only["files"])
            told = told.filter(pk__in=only["decisions"])
            declared = declared.filter(pk__in=only["relatives"])
        facts = {
            "files": sorted(files.values_list("pk", flat=True)),
            "decisions": sorted(told.values_list("pk", flat=True)),
            "relatives": sorted(declared.values_list("pk", flat=True)),
        }
        NeedyWorkerFile.objects.filter(pk__in=facts["files"]).update(worker_id=now)
        Relative.objects.filter(pk__in=facts["relatives"]).update(person_id=now)
        for row in Decision.objects.filter(pk__in=facts["decisions"]):
            value = resealed(row.told, table="hardship_decision", field="told", was=was, now=now)
            Decision.objects.filter(pk=row.pk).update(person_id=now, told=value)
        return facts


FILES, MERGE_PARTY = FilesParty(), FileParty()
