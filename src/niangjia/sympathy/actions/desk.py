"""On whose desk a visit lies: first with whoever goes, then with whoever settles (R-AID-14, R-G-08)."""

from datetime import datetime

from niangjia.accounts import queries as accounts
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.words import say
from niangjia.messaging.actions import Note, send
from niangjia.sympathy import queries, rules
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import OCCASIONS, Occasion
from niangjia.tasks import actions as tasks

ROAD = "sympathy-visit"
DUE = "visit.hospital_days"


def lay_visit(*, row: SympathyVisit, by: Actor, at: datetime) -> None:
    """The visit lies on the desk of the union; a stay in hospital has the deadline of policy, which stays."""
    relatives = households.relatives_of(person_id=row.person_id)
    unit = queries.desk_for(path=row.path, word=Word.VISIT, day=day_of(at), without=relatives)
    hospital = row.occasion == Occasion.HOSPITAL and row.due_on is None
    task = tasks.lay(
        draft=tasks.TaskDraft(
            key=f"sympathy.visit:{row.pk}:{row.version}",
            kind="sympathy.visit",
            title=say("{occasion}慰问：{name}", occasion=OCCASIONS[row.occasion], name=row.name),
            unit_id=unit,
            word=Word.VISIT,
            about=(rules.KIND, row.pk),
            road=ROAD,
            road_args=(row.pk,),
            holder_id=row.holder_id,
            recused=sorted(relatives),
            due_key=DUE if hospital else "",
            due_on=None if hospital else row.due_on or row.planned_on,
            step="visit",
            next_step=say("会计结算"),
        ),
        by=by,
        at=at,
    )
    if row.due_on is None:
        row.due_on = task.due_on


def lay_settling(*, row: SympathyVisit, by: Actor, at: datetime) -> None:
    """What was spent waits for the accountant nearest to the union."""
    relatives = households.relatives_of(person_id=row.person_id)
    unit = queries.desk_for(path=row.path, word=Word.SETTLE, day=day_of(at), without=relatives)
    draft = tasks.TaskDraft(
        key=f"sympathy.settle:{row.pk}:{row.version}",
        kind="sympathy.settle",
        title=say("结算慰问：{name}", name=row.name),
        unit_id=unit,
        word=Word.SETTLE,
        about=(rules.KIND, row.pk),
        road=ROAD,
        road_args=(row.pk,),
        recused=sorted(relatives),
        step="settle",
    )
    tasks.lay(draft=draft, by=by, at=at)


def done(*, row: SympathyVisit, by: Actor, at: datetime) -> None:
    """Whoever took the step did what lay there."""
    tasks.finish(by=by, at=at, about=(rules.KIND, row.pk))


def fall_away(*, row: SympathyVisit, by: Actor, at: datetime, reason: str) -> None:
    """Nobody has anything to do about it any more, or somebody else has."""
    tasks.cancel(by=by, at=at, about=(rules.KIND, row.pk), reason=reason)


def tell_recipient(*, row: SympathyVisit, by: Actor, at: datetime) -> None:
    """Whom the visit was for is asked to confirm on his own phone, where he has an account."""
    accounts_of_him = accounts.accounts_of(people=[row.person_id])
    if row.recipient_id != row.person_id or not accounts_of_him:
        return
    note = Note(
        key=f"sympathy:{row.pk}:{row.version}",
        kind="sympathy.given",
        title=say("工会登记了对您的慰问，请确认是否收到。"),
        road="my-sympathy-one",
        road_args=(row.pk,),
        unit_id=row.unit_id,
        about=(rules.KIND, row.pk),
    )
    send(note=note, to=accounts_of_him, by=by, at=at)
