"""我的家庭: what the union knows of the reader's own household, and what he may tell of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.hearth.queries.history import events_of
from niangjia.hearth.queries.reached import campaigns_table
from niangjia.hearth.queries.values import shown, tellers_of, worded
from niangjia.households import queries as households
from niangjia.households import rules
from niangjia.households.queries import Inmate, Telling
from niangjia.households.rules import Section, Teller
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible
from niangjia.kernel.periods import age_on
from niangjia.kernel.shapes import Event, Fact, Table
from niangjia.kernel.words import Said, say
from niangjia.people import queries as people
from niangjia.people.rules.consenting import PURPOSES, Purpose

if TYPE_CHECKING:
    from niangjia.households.models import Household

ASKED = ("finance", "health", "child")
"""The consents that are asked before the family tells of itself (PIPL 29, 31)."""


@dataclass(frozen=True, slots=True)
class Mine:
    """The reader in his household: whom he speaks for, and what he has consented to."""

    row: "Household"
    me: Inmate
    members: Sequence[Inmate]
    given: frozenset[str]
    today: date

    @property
    def teller(self) -> Teller:
        """The reader as the rules know him."""
        return Teller(self.me.number, self.me.relation, self.me.born)

    def speaks_for(self, one: Inmate) -> bool:
        """Whether he may tell of a member."""
        return self.teller.speaks_for(one.number, one.born, on=self.today)

    @property
    def has_small_children(self) -> bool:
        """Whether a child under fourteen lives there."""
        return any(one.born and age_on(one.born, self.today) < rules.CHILD_UNDER for one in self.members)

    @property
    def purposes(self) -> list[Purpose]:
        """What he is asked to consent to, each by itself."""
        asked = [code for code in ASKED if code != "child" or self.has_small_children]
        return [PURPOSES[code] for code in asked]

    def asks(self, section: Section, one: Inmate | None = None) -> list[rules.Fact]:
        """What of a section he may be asked, by what he has consented to."""
        born = one.born if one else None
        return [
            fact for fact in section.facts if rules.consents_for(fact, born=born, on=self.today) <= self.given
        ]

    @property
    def steps(self) -> list[tuple[Section, Inmate | None]]:
        """The pages on which he tells, in order; one on which nothing may be asked is left out."""
        told: list[tuple[Section, Inmate | None]] = [(one, None) for one in rules.SECTIONS if self.asks(one)]
        spoken = [one for one in self.members if self.speaks_for(one)]
        return told + [(rules.OF_MEMBER, one) for one in spoken if self.asks(rules.OF_MEMBER, one)]


def mine_of(*, actor: Actor, today: date) -> Mine:
    """The household in which the reader lives; a member under age is led to the worker."""
    row = households.own_household(person_id=actor.person_id)
    members = households.members_of(household=row)
    me = next(one for one in members if one.person_id == actor.person_id)
    if not Teller(me.number, me.relation, me.born).speaks(on=today):
        raise NotAllowed(say("未满十八周岁的家庭成员，请由户主查看和填报。"))
    given = frozenset(
        code for code in ASKED if people.has_consent(person_id=me.person_id, purpose=code, day=today)
    )
    return Mine(row, me, members, given, today)


def address_of(*, section: Section, one: Inmate | None, onward: bool = False) -> str:
    """Where a section is told."""
    road = (
        reverse("tell-my-member", args=[one.number])
        if one is not None
        else reverse("tell-my-household", args=[section.code])
    )
    return f"{road}?onward=1" if onward else road


def member_told(*, mine: Mine, member_id: int) -> Inmate:
    """A member of whom the reader may tell; or 404, saying who may."""
    found = next((one for one in mine.members if one.number == member_id), None)
    if found is None:
        raise NotVisible
    if not mine.speaks_for(found):
        raise NotVisible(say("这位成员的情况请由他本人或户主填写。"))
    return found


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A section as the family reads it: what is told and by whom, how much is not, the road to change it."""

    name: Said
    told: Sequence[Fact]
    untold: int
    edit: str = ""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the family sees of itself."""

    mine: Mine
    facts: Sequence[Fact]
    first: str
    missing: Sequence[Said]
    parts: Sequence[OwnPart]
    consents: Sequence[Fact]
    reached: Table | None
    disputed: int
    events: Sequence[Event]


def own_page(*, actor: Actor, today: date) -> OwnPage:
    """The household of the reader: what is known, from whom, what is still asked."""
    mine = mine_of(actor=actor, today=today)
    row = mine.row
    tellings = households.tellings_of(household=row)
    found = rules.findings(households.dwelling_of(household=row))
    consents = [
        Fact(one.label, say("已同意") if one.code in mine.given else say("还没有同意"))
        for one in mine.purposes
    ]
    return OwnPage(
        mine=mine,
        facts=_facts(mine),
        first=_first(mine),
        missing=[one.words for one in found if not one.warning and one.code != "proposals"],
        parts=_parts(mine, tellings),
        consents=consents,
        reached=campaigns_table(household_id=row.pk, actor=actor),
        disputed=len(households.proposals_of(household=row)),
        events=events_of(kind=rules.KIND, object_id=row.pk),
    )


def _facts(mine: Mine) -> list[Fact]:
    living = "、".join(one.name for one in mine.members)
    return [
        Fact(say("登记工会"), households.keeper_name(household=mine.row)),
        Fact(say("家庭编号"), mine.row.pk),
        Fact(say("共同生活的人"), living),
    ]


def _first(mine: Mine) -> str:
    """Where telling begins: with the consents that are missing, else with the first section."""
    if {one.code for one in mine.purposes} - mine.given:
        return reverse("my-household-consents")
    section, one = mine.steps[0]
    return address_of(section=section, one=one, onward=True)


def _parts(mine: Mine, tellings: Sequence[Telling]) -> list[OwnPart]:
    told = {(one.member, one.key): one for one in tellings if one.value not in ("", [])}
    tellers = tellers_of(tellings=tellings)
    sections: list[tuple[Section, Inmate | None]] = [(one, None) for one in rules.SECTIONS]
    sections += [(rules.OF_MEMBER, one) for one in mine.members if mine.speaks_for(one)]
    parts = []
    for section, one in sections:
        lines = []
        for fact in section.facts:
            found = told.get((one.number if one else None, fact.key))
            if found is not None:
                value = worded(value=shown(fact=fact, value=found.value))
                words = say("{value}（{source}）", value=value, source=tellers.said(found))
                lines.append(Fact(say(fact.label), words))
        name = say("{name}的情况", name=one.name) if one else section.label
        edit = address_of(section=section, one=one) if mine.asks(section, one) else ""
        parts.append(OwnPart(name, lines, len(section.facts) - len(lines), edit))
    return parts
