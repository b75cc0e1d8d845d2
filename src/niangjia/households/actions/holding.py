"""What every write of households needs: the household held, a fact entered under its person's key."""

import json
from datetime import datetime

from django.db.models import F

from niangjia.households import queries, rules
from niangjia.households.models import Fact, Household
from niangjia.households.permissions import Word
from niangjia.households.queries.told import FACTS
from niangjia.households.rules import HOUSEHOLD, MEMBER, Change, asked_of
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import keys_for
from niangjia.kernel.words import say


def kept(*, household_id: int, by: Actor) -> Household:
    """The household, locked, for whoever may keep it."""
    row = queries.household_for(household_id=household_id, actor=by, word=Word.KEEP)
    by.require(Word.KEEP, at=row.path)
    require_stranger(row=row, by=by)
    with beyond():
        return Household.objects.select_for_update().get(pk=row.pk)


def require_stranger(*, row: Household, by: Actor) -> None:
    """Nobody keeps the file of the household in which he lives himself (R-G-06)."""
    with beyond():
        if row.members.filter(person_id=by.person_id or 0, until=None).exists():
            raise NotAllowed(say("这是您自己家的档案，请由其他干部登记；您可以在“我的家庭”里填报。"))


def enter(*, row: Household, change: Change, by: Actor, at: datetime, source: str = "") -> Fact:
    """The fact holds from now on; what was told before stays readable. To be called inside `beyond`."""
    person_id = owner_of(row=row, member_id=change.member)
    past = Fact.objects.filter(household=row, member_id=change.member, key=change.key)
    last = past.order_by("-version").values_list("version", flat=True).first() or 0
    past.filter(holds=True).update(holds=False)
    return Fact.objects.create(
        household=row,
        member_id=change.member,
        person_id=person_id,
        key=change.key,
        value=sealed(value=change.value, table=FACTS, person_id=person_id),
        version=last + 1,
        told_at=at,
        told_by=by.user_id,
        source=source,
    )


def sealed(*, value: rules.Value, table: str, person_id: int) -> bytes:
    """A value as it lies in the table."""
    text = json.dumps(value, ensure_ascii=False)
    return keys_for([person_id]).seal(text, table=table, person_id=person_id, field="value")


def owner_of(*, row: Household, member_id: int | None) -> int:
    """Under whose key a fact lies: the member's, or the head's for the household. Inside `beyond`."""
    if member_id is None:
        return row.head_id
    member = row.members.filter(pk=member_id).first()
    if member is None:
        raise NotVisible
    return member.person_id


def touched(*, row: Household) -> None:
    """The household has changed: forms opened before are stale, what is missing is counted anew."""
    told = row.facts.filter(holds=True)
    home = told.filter(member=None, key__in=asked_of(HOUSEHOLD)).count()
    members = told.filter(member__until=None, member__isnull=False, key__in=asked_of(MEMBER)).count()
    living = row.members.filter(until=None).count()
    Household.objects.filter(pk=row.pk).update(
        version=F("version") + 1,
        lacking=len(asked_of(HOUSEHOLD)) - home + living * len(asked_of(MEMBER)) - members,
        disputed=row.proposals.filter(settled="").count(),
    )
    row.version += 1
