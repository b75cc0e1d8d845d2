"""What must be settled before the day: found by the parties, kept, laid on desks, ticked off when gone."""

import hashlib
import json
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.messaging.rules import kept
from niangjia.restructuring import queries
from niangjia.restructuring.models import OpenMatter, Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND, Hindrance, Party
from niangjia.tasks import actions as tasks

STEP = "settle"


def parties() -> list[tuple[str, Party]]:
    """The parties in their order (port `NIANGJIA_RESTRUCTURE_PARTIES`)."""
    return [(path, import_string(path)) for path in settings.NIANGJIA_RESTRUCTURE_PARTIES]


def refresh(*, row: Restructure, today: date, by: Actor, at: datetime) -> int:
    """Every party is asked; what is new lies on its desk, what is gone is done. Returns how many are open."""
    plan = queries.plan_of(row=row)
    found = {
        _key(path, one): (party.label, one)
        for path, party in parties()
        for one in party.check(plan=plan, today=today)
    }
    known = {one.key: one for one in OpenMatter.objects.filter(restructure=row)}
    for key, (label, one) in found.items():
        _open(row, key, label, one, by=by, at=at)
    for key, old in known.items():
        if key not in found and old.settled_at is None:
            _settle(old, by=by, at=at)
    return len(found)


def refused(*, row: Restructure, reasons: tuple[Said, ...], by: Actor, at: datetime) -> None:
    """A party would not carry: its words lie on the desk that decides until the next attempt."""
    for words in reasons:
        one = Hindrance(words, row.desk_id, Word.DECIDE, "restructure", (row.pk,))
        _open(row, _key("refused", one), say("执行时"), one, by=by, at=at)


def _key(party: str, one: Hindrance) -> str:
    """The same matter keeps its key, however its count changes."""
    told = json.dumps([party, one.words.msgid, one.unit_id, list(one.road_args)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def _open(row: Restructure, key: str, label: Said, one: Hindrance, *, by: Actor, at: datetime) -> None:
    """The matter is kept with today's count; where it was not open before, it lies on its desk."""
    known = OpenMatter.objects.filter(restructure=row, key=key).first()
    fresh = known is None or known.settled_at is not None
    told = {
        "party": kept(label),
        "words": kept(one.words),
        "unit_id": one.unit_id,
        "word": str(one.word),
        "road": one.road,
        "road_args": list(one.road_args),
        "settled_at": None,
    }
    told |= {"found_at": at} if fresh else {}
    matter, _ = OpenMatter.objects.update_or_create(restructure=row, key=key, defaults=told)
    if fresh:
        draft = tasks.TaskDraft(
            key=f"restructure:{row.pk}:{key}:{int(at.timestamp())}",
            kind="restructuring.hindrance",
            title=say("{title}前须办完：{words}", title=queries.title_of(row=row), words=one.words),
            unit_id=one.unit_id,
            word=one.word or Word.PROPOSE,
            about=(KIND, row.pk),
            road="restructure",
            road_args=(row.pk,),
            due_on=row.effective_on,
            step=f"{STEP}-{matter.pk}",
        )
        tasks.lay(draft=draft, by=by, at=at)


def _settle(matter: OpenMatter, *, by: Actor, at: datetime) -> None:
    OpenMatter.objects.filter(pk=matter.pk).update(settled_at=at)
    about = (KIND, matter.restructure_id)
    tasks.finish(by=by, at=at, about=about, step=f"{STEP}-{matter.pk}")
