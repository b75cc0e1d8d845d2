"""One member of a household, and everything that was ever told under one heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.hearth.queries.home import name_for, proof_of, told_table
from niangjia.hearth.queries.values import shown, tellers_of
from niangjia.households import queries as households
from niangjia.households import rules
from niangjia.households.queries import Inmate, Sight
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible
from niangjia.kernel.periods import age_on
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Row, Table
from niangjia.kernel.words import say
from niangjia.people.rules import SEXES

if TYPE_CHECKING:
    from niangjia.households.models import Household


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Somebody of a household: who he is, what stands of him, what may be done."""

    row: "Household"
    one: Inmate
    name: str
    home: str
    facts: Sequence[Fact]
    proof: Cell
    table: Table
    acts: Sequence[Act]


def member_page(*, household_id: int, member_id: int, actor: Actor, today: date) -> MemberPage:
    """A member who lives there now, as the acting post may know him; or 404."""
    row = households.household_for(household_id=household_id, actor=actor)
    sight = households.sight_of(household=row, actor=actor, today=today)
    one = inmate_of(household=row, member_id=member_id)
    tellings = households.tellings_of(household=row)
    table = told_table(
        row=row,
        section=rules.OF_MEMBER,
        member=one.number,
        told={(told.member, told.key): told for told in tellings},
        tellers=tellers_of(tellings=tellings),
        shows=sight.shows,
    )
    return MemberPage(
        row=row,
        one=one,
        name=name_for(one=one, sight=sight),
        home=households.name_of(household=row),
        facts=_facts(row, one, sight, today),
        proof=proof_of(one=one, sight=sight),
        table=table,
        acts=_acts(row, one) if sight.keeps else (),
    )


def inmate_of(*, household: "Household", member_id: int) -> Inmate:
    """One who lives there now, as the office sees him; or 404."""
    found = next((one for one in households.members_of(household=household) if one.number == member_id), None)
    if found is None:
        raise NotVisible
    return found


def _facts(row: "Household", one: Inmate, sight: Sight, today: date) -> list[Fact]:
    told = [
        Fact(say("与户主关系"), say(rules.RELATIONS[one.relation])),
        Fact(say("年龄"), say("{n} 岁", n=age_on(one.born, today)) if one.born else "—"),
        Fact(say("性别"), say(SEXES[one.sex]) if one.sex else "—"),  # type: ignore[index]
        Fact(say("起"), one.since),
    ]
    typed = households.facts_of(household=row).get(one.number, {}).get("id_typed")
    if sight.keeps and typed and not one.real:
        told.append(Fact(say("所填证件号码（校验不过）"), str(typed)))
    return told


def _acts(row: "Household", one: Inmate) -> list[Act]:
    here = [row.pk, one.number]
    acts = [Act(say("填写成员情况"), reverse("edit-household-member", args=here), "pencil", "primary")]
    acts += [Act(say("核对证件号码"), reverse("prove-household-member", args=here), "id-card")]
    if one.relation != rules.SELF:
        acts.append(Act(say("不再共同生活"), reverse("leave-household", args=here), "log-out"))
    return acts


@dataclass(frozen=True, slots=True)
class PastPage:
    """What was told under one heading, the newest first."""

    row: "Household"
    home: str
    label: str
    who: str
    table: Table


def past_page(
    *, household_id: int, key: str, actor: Actor, today: date, member_id: int | None = None
) -> PastPage:
    """Every telling of one fact, for whoever may know it; or 404, or 403 where he may not."""
    row = households.household_for(household_id=household_id, actor=actor)
    sight = households.sight_of(household=row, actor=actor, today=today)
    one = inmate_of(household=row, member_id=member_id) if member_id is not None else None
    catalogue = rules.BY_KEY if one is None else rules.MEMBER_BY_KEY
    fact = catalogue.get(key)
    if fact is None:
        raise NotVisible
    if not sight.shows(key, member_id):
        raise NotAllowed(say("这一项只有登记这份档案的工会能看。"))
    found = households.tellings_of(household=row, past=True, key=key, member=member_id)
    tellers = tellers_of(tellings=found)
    rows = [
        Row(
            [
                say("第 {n} 次", n=told.version),
                shown(fact=fact, value=told.value),
                tellers.said(told),
                Cell(say("现在的"), status="done") if told.holds else "",
            ]
        )
        for told in found
    ]
    columns = (Column(say("次序")), Column(say("内容")), Column(say("来源与日期")), Column(say("情况")))
    table = Table(say("历次填写"), columns, rows, empty=say("还没有填过。"))
    who = name_for(one=one, sight=sight) if one else ""
    return PastPage(row, households.name_of(household=row), fact.label, who, table)
