"""An employer leaves the register: its history stays, from the day on it is no blind spot either."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.words import say
from niangjia.network import rules
from niangjia.network.actions.covering import KIND
from niangjia.network.models import Coverage, Employer
from niangjia.network.permissions import Word
from niangjia.tree.actions import hold_the_tree


@transaction.atomic
def leave_register(*, employer_id: int, until: date, by: Actor, at: datetime, reason: str) -> None:
    """The employer stands in no register from a day on; what was counted before that day stays counted.

    Raises Refused while a union covers it on or after that day, saying how to end the coverage first.
    """
    hold_the_tree(shared=True)
    employer = Employer.objects.select_for_update().filter(pk=employer_id).first()
    if employer is None:
        raise NotVisible
    by.require(Word.COVER, at=employer.path)
    words = say("出册日不能晚于今天。")
    rules.require_not_future(until, today=day_of(at), field="until", words=words)
    _require_standing(employer, until=until)
    _require_uncovered(employer, until=until)
    Employer.objects.filter(pk=employer.pk).update(until=until, version=F("version") + 1)
    after = {"until": until.isoformat()}
    journal.record(
        "leave_register", by=by, at=at, kind=KIND, object_id=employer.pk, after=after, reason=reason
    )


def _require_standing(employer: Employer, *, until: date) -> None:
    if employer.until is not None:
        raise Refused(say("{name}已于 {day} 出册，不用再办。", name=employer.name, day=employer.until))
    if until <= employer.since:
        raise Refused(say("它自 {day} 起在册，出册日须晚于这一天。", day=employer.since), field="until")


def _require_uncovered(employer: Employer, *, until: date) -> None:
    covering = Coverage.objects.filter(Q(until=None) | Q(until__gt=until), employer=employer)
    last = covering.select_related("union").order_by("-counts", "-since").first()
    if last is None:
        return
    if last.until is not None:
        words = say("“{union}”覆盖它到 {day}，出册日不能早于这一天。", union=last.union.name, day=last.until)
        raise Refused(words, field="until")
    words = say(
        "“{union}”自 {day} 起还在覆盖它。请先回到单位页面，在“覆盖关系”里点“结束这条覆盖”，再办理出册。",
        union=last.union.name,
        day=last.since,
    )
    raise Refused(words, field="until")
