"""A union is asked to complete the real-name facts of its members (R-MEM-09)."""

from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.matching import queries
from niangjia.matching.permissions import Word
from niangjia.members.permissions import Word as Members
from niangjia.network import queries as network
from niangjia.tasks import actions as tasks

KIND = "network.organisation"


@transaction.atomic
def ask_to_complete(*, unit_id: int, today: date, by: Actor, at: datetime) -> int:
    """The union has on its desk how many members lack what; returns how many lack something."""
    union = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(Word.READ))
    by.require(Word.READ, at=union.path)
    found = queries.completeness(scope=by.scope_for(Members.READ), union_id=union.pk, today=today)
    if not found.lacking:
        raise Refused(say("“{union}”的会员资料都已完整，不用再催。", union=union.name))
    draft = tasks.TaskDraft(
        key=f"real-name:{union.pk}:{today.isoformat()}",
        kind="matching.real_name",
        title=say("补齐实名资料：{n} 名会员资料不全", n=found.lacking),
        unit_id=union.pk,
        word=Members.EDIT,
        about=(KIND, union.pk),
        road="real-name-rows",
        road_args=(union.pk, "lacking"),
        due_key="tasks.supervised_workdays",
        step="real_name",
        by_hand=True,
    )
    tasks.lay(draft=draft, by=by, at=at)
    after = {"organisation": union.pk, "lacking": found.lacking}
    journal.record("ask_to_complete", by=by, at=at, kind=KIND, object_id=union.pk, after=after)
    return found.lacking
