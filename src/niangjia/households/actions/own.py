"""A worker tells the union himself how things stand at home, after he has consented (R-AID-03, PIPL 29)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from niangjia.households import queries, rules
from niangjia.households.actions.telling import merge_in, note, told_by
from niangjia.households.models import Household
from niangjia.households.permissions import Word
from niangjia.households.queries import Inmate
from niangjia.households.rules import Change, Merge, Teller
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.people import queries as people
from niangjia.people.rules.consenting import purpose_of

SOURCE = "self"


@transaction.atomic
def tell_own(*, changes: Sequence[Change], by: Actor, at: datetime) -> Merge:
    """The reader tells of the household in which he lives; what differs from others' waits to be decided.

    Raises Refused where a separate consent is missing, NotAllowed where he may not speak for somebody.
    """
    by.require(Word.TELL)
    home = queries.own_household(person_id=by.person_id)
    rules.require_told(changes)
    with beyond():
        row = Household.objects.select_for_update().get(pk=home.pk)
        members = {one.number: one for one in queries.members_of(household=row)}
        _require_spoken_for(members, changes, by=by, on=day_of(at))
        _require_consents(members, changes, by=by, on=day_of(at))
        source = f"{SOURCE}:{row.version}"
        found = merge_in(row=row, changes=changes, by=by, at=at, source=source)
        if found.entered or found.conflicts:
            note(verb="tell_own", row=row, by=by, at=at, after=told_by(found=found, source=source))
    return found


def _require_spoken_for(
    members: Mapping[int, Inmate], changes: Sequence[Change], *, by: Actor, on: date
) -> None:
    me = next(one for one in members.values() if one.person_id == by.person_id)
    teller = Teller(me.number, me.relation, me.born)
    if not teller.speaks(on=on):
        raise NotAllowed(say("未满十八周岁的家庭成员请由户主填写。"))
    for one in changes:
        whose = members.get(one.member) if one.member is not None else None
        if one.member is not None and whose is None:
            raise NotAllowed(say("这位成员已经不在这一户。请打开“我的家庭”看现在的情况。"))
        if not teller.speaks_for(one.member, whose.born if whose else None, on=on):
            raise NotAllowed(say("这位成员的情况请由他本人或户主填写。"))


def _require_consents(
    members: Mapping[int, Inmate], changes: Sequence[Change], *, by: Actor, on: date
) -> None:
    asked: set[str] = set()
    for one in changes:
        whose = members.get(one.member) if one.member is not None else None
        fact = rules.fact_of(one.key, member=one.member is not None)
        asked |= rules.consents_for(fact, born=whose.born if whose else None, on=on)
    missing = [
        purpose_of(code).label
        for code in sorted(asked)
        if not people.has_consent(person_id=by.person_id or 0, purpose=code, day=on)
    ]
    if missing:
        words = say(
            "这些内容是敏感信息，要先征得您的单独同意：{what}。请先确认同意，再填写。", what=listed(missing)
        )
        raise Refused(words)
