"""Where an application lies: on the union's desk with its deadline, and told to its applicant (R-G-08)."""

from datetime import datetime
from typing import TYPE_CHECKING

from niangjia.accounts import queries as accounts
from niangjia.joining.permissions import Word
from niangjia.joining.rules import KIND
from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.tasks import actions as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.joining.models import MembershipApplication


def decision_of(*, row: "MembershipApplication") -> tasks.TaskDraft:
    """The task of deciding, due by policy; whom it concerns never finds it on his own desk (R-MEM-08)."""
    return tasks.TaskDraft(
        key=f"application:{row.pk}:{row.version}",
        kind="joining.decide",
        title=say("入会申请：{name}", name=mask_name(row.name)),
        unit_id=row.union_id,
        word=Word.DECIDE,
        about=(KIND, row.pk),
        road="application",
        road_args=(row.pk,),
        recused=(row.person_id,) if row.person_id else (),
        due_key="join.decide_workdays",
        step="decide",
        next_step=say("批准后即登记会籍"),
    )


def lay_decision(*, row: "MembershipApplication", by: Actor, at: datetime) -> None:
    """The union has to decide within its workdays; silence goes up by the job of tasks."""
    tasks.lay(draft=decision_of(row=row), by=by, at=at)


def lay_appeal(*, row: "MembershipApplication", by: Actor, at: datetime) -> None:
    """The union above has to look at a refusal."""
    with beyond():
        above = list(tree.chain_above(path=row.path))
    draft = tasks.TaskDraft(
        key=f"application:{row.pk}:appeal:{row.version}",
        kind="joining.appeal",
        title=say("入会复核：{name}", name=mask_name(row.name)),
        unit_id=above[-1].pk if above else row.union_id,
        word=Word.APPEAL,
        about=(KIND, row.pk),
        road="application",
        road_args=(row.pk,),
        recused=(row.person_id,) if row.person_id else (),
        due_key="join.decide_workdays",
        step="appeal",
        next_step=say("复核结论告知本人"),
    )
    tasks.lay(draft=draft, by=by, at=at)


def tell_applicant(*, row: "MembershipApplication", words: Said, by: Actor, at: datetime) -> None:
    """Who has an account is told; everybody else reads it on the page of his receipt code."""
    if row.person_id is None:
        return
    with beyond():
        users = accounts.accounts_of(people=[row.person_id])
        note = Note(
            key=f"application:{row.pk}:{row.version}",
            kind="joining.changed",
            title=words,
            unit_id=by.unit_id,
            about=(KIND, row.pk),
        )
        send(note=note, to=users, by=by, at=at)
