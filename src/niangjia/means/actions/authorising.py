"""Somebody agrees to the check, or takes it back; the paper to sign is printed from what is known."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.households import queries as homes
from niangjia.households.rules import KIND as HOUSEHOLD
from niangjia.households.rules import RELATIONS
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.means import queries, rules
from niangjia.means.models import Authorisation
from niangjia.means.permissions import Word
from niangjia.papers import actions as papers

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.households.queries import Inmate
    from niangjia.papers.models import Paper


@transaction.atomic
def authorise(
    *, household_id: int, member_id: int, way: str, signed_on: date, by: Actor, at: datetime
) -> Authorisation:
    """An adult of the household has signed. He himself may do so at his own account, for himself only."""
    home = homes.household_for(household_id=household_id, actor=by)
    _require_may(home, member_id, by=by)
    if way not in rules.WAYS or (way == rules.Way.OWN) != _is_own(home, by):
        raise BadInput(say("请选择授权方式。"), field="way")
    if signed_on > day_of(at):
        raise BadInput(say("签字日期不能晚于今天。请核对。"), field="signed_on")
    with beyond():
        member = _adult(home, member_id, day=day_of(at))
        known = Authorisation.objects.filter(household=home, person_id=member.person_id, taken_back_on=None)
        if known.exists():
            raise Refused(say("{name}已经授权过，不用重复登记。", name=member.name), field="member")
        row = Authorisation.objects.create(
            household=home, person_id=member.person_id, way=way, signed_on=signed_on, kept_at=at,
            kept_by=by.user_id,
        )  # fmt: skip
        after = {"way": way, "signed_on": signed_on.isoformat()}
        journal.record(
            "authorise_check", by=by, at=at, kind=rules.CHECK, object_id=home.pk, after=after,
            person_id=member.person_id,
        )  # fmt: skip
    return row


def _is_own(home: "Household", by: Actor) -> bool:
    return by.person_id is not None and by.person_id == home.head_id and not by.may(Word.READ)


def _require_may(home: "Household", member_id: int, *, by: Actor) -> None:
    """An officer within his reach; the worker himself, for himself."""
    if by.may(Word.AUTHORISE, at=home.path):
        return
    own = next((one for one in homes.members_of(household=home) if one.person_id == by.person_id), None)
    if not _is_own(home, by) or own is None:
        raise NotAllowed
    if own.number != member_id:
        raise NotAllowed(say("您只能为自己授权，其他成年家属要由本人签字。"))


def _adult(home: "Household", member_id: int, *, day: date) -> "Inmate":
    for one in homes.members_of(household=home):
        if one.number == member_id:
            if not rules.is_adult(one.born, day):
                raise Refused(say("{name}未满十八周岁，不用授权。", name=one.name), field="member")
            return one
    raise NotVisible


@transaction.atomic
def take_back_authorisation(*, household_id: int, member_id: int, by: Actor, at: datetime) -> None:
    """Somebody no longer agrees; a check that was answered stays as it was (PIPL 15)."""
    home = homes.household_for(household_id=household_id, actor=by)
    _require_may(home, member_id, by=by)
    with beyond():
        member = homes.member_of(household=home, member_id=member_id)
        rows = Authorisation.objects.filter(household=home, person_id=member.person_id, taken_back_on=None)
        if not rows.update(taken_back_on=day_of(at)):
            raise Refused(say("还没有登记过授权，不用撤回。"), field="member")
        journal.record(
            "take_back_authorisation", by=by, at=at, kind=rules.CHECK, object_id=home.pk,
            person_id=member.person_id,
        )  # fmt: skip


@transaction.atomic
def issue_authorisation(*, household_id: int, by: Actor, at: datetime) -> "Paper":
    """家庭经济状况核对授权书, with a line for every adult to sign."""
    home = homes.household_for(household_id=household_id, actor=by)
    by.require(Word.AUTHORISE, at=home.path)
    signings = queries.signings_of(household=home, day=day_of(at))
    with beyond():
        values = {
            "head": homes.name_of(household=home),
            "household": str(home.pk),
            "unit": home.keeper.name,
            "members": [
                [one.member.name, RELATIONS[one.member.relation], _tail(one), _day(one.signed_on)]
                for one in signings
            ],
            "day": day_of(at),
        }
        return papers.issue(
            template=rules.AUTHORISATION, values=values, about_kind=HOUSEHOLD, about_id=home.pk,
            unit_id=home.keeper_id, person_id=home.head_id, by=by, at=at,
        )  # fmt: skip


def _tail(one: queries.Signing) -> str:
    return str(say("尾号 {tail}", tail=one.member.tail)) if one.member.tail else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
