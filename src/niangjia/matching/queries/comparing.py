"""Two records side by side: numbers by their tails, whether they are equal, never the numbers (R-G-02)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.timezone import localdate

from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import Sex
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.queries.cases import ELSEWHERE, case_in_scope
from niangjia.matching.rules import DECISIVE, Feature
from niangjia.members import queries as members
from niangjia.members.rules import STATE_WORDS as MEMBER_STATES
from niangjia.people import queries as people
from niangjia.people.rules import SEXES, said_paper
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.members.models import Membership
    from niangjia.people.models import Person

SAME, OTHER, ONE_LACKS = say("相同"), say("不同"), say("一方没有")
MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, as far as the reader may see it."""

    person: "Person"
    visible: bool
    keeper: str
    papers: Sequence[tuple[str, str]]
    mobiles: Sequence[str]
    stretches: "Sequence[Membership]"

    @property
    def name(self) -> str | Said:
        """The name, where the record lies in the reader's scope."""
        return self.person.name if self.visible else ELSEWHERE


@dataclass(frozen=True, slots=True)
class Comparison:
    """The case with both records."""

    row: DuplicateCase
    first: Side
    second: Side
    table: Table


def compared(*, case_id: int, actor: Actor) -> Comparison:
    """One case side by side; of a record kept outside the scope only what agrees is told."""
    scope = actor.scope_for(Word.READ)
    row = case_in_scope(case_id=case_id, scope=scope)
    with beyond():
        first, second = (
            _side(one, visible=scope.covers(one.path))
            for one in people.records(person_ids=(row.first_id, row.second_id))
        )
        marks = _marks(row.first_id, row.second_id)
    return Comparison(row, first, second, _table(first, second, marks))


def agreement(*, first_id: int, second_id: int) -> tuple[Feature, ...]:
    """In what two records agree, for a pair that an officer reported."""
    with beyond():
        first, second = people.records(person_ids=(first_id, second_id))
        marks = _marks(first_id, second_id)
        works = [_employers(one) for one in (first_id, second_id)]
        real = [people.documents_of(person=one).filter(until=None).exists() for one in (first, second)]
    told = {
        Feature.NAME: first.name_key == second.name_key,
        Feature.PINYIN: first.pinyin == second.pinyin,
        Feature.BORN: first.birth_date is not None and first.birth_date == second.birth_date,
        Feature.MOBILE: marks.get(MOBILE) is True,
        Feature.EMPLOYER: bool(works[0] & works[1]),
        Feature.DIFFERS: any(marks.get(str(kind)) is False for kind in DECISIVE),
        Feature.UNPROVED: not all(real),
    }
    return tuple(one for one in Feature if told.get(one))


def _employers(person_id: int) -> set[int]:
    rows = members.stretches_of(person_id=person_id).filter(until=None).exclude(employer=None)
    return set(rows.values_list("employer_id", flat=True))


def _marks(first_id: int, second_id: int) -> dict[str, bool]:
    """By kind of paper, and for the mobiles: whether both have the same one; absent where one has none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, agrees FROM matching_compared(%s, %s)", [first_id, second_id])
        return dict(cursor.fetchall())


def _side(person: "Person", *, visible: bool) -> Side:
    papers = people.documents_of(person=person).filter(until=None)
    mobiles = people.numbers_of(person=person).filter(until=None).order_by("pk")
    return Side(
        person=person,
        visible=visible,
        keeper=tree.names_of(unit_ids=[person.keeper_id]).get(person.keeper_id, ""),
        papers=[(one.kind, one.tail) for one in papers],
        mobiles=[one.tail for one in mobiles],
        stretches=list(members.stretches_of(person_id=person.pk)),
    )


def _table(first: Side, second: Side, marks: Mapping[str, bool]) -> Table:
    a, b = first.person, second.person
    lines = [
        (say("姓名"), first.name, second.name, _equal(a.name_key, b.name_key)),
        (say("姓名读音"), _shown(first, a.pinyin), _shown(second, b.pinyin), _equal(a.pinyin, b.pinyin)),
        (say("性别"), _shown(first, _sex(a)), _shown(second, _sex(b)), _equal(a.sex, b.sex)),
        (say("出生年"), _shown(first, _year(a)), _shown(second, _year(b)), _born(a, b)),
        (say("证件"), _papers(first), _papers(second), _numbers(first, second, marks)),
        (say("手机号"), _mobiles(first), _mobiles(second), _mark(marks.get(MOBILE))),
        (say("登记组织"), first.keeper, second.keeper, _equal(a.keeper_id, b.keeper_id)),
        (say("会籍"), _standing(first), _standing(second), Cell("")),
        (say("登记日"), localdate(a.created_at), localdate(b.created_at), Cell("")),
    ]
    heads = (say("项目"), say("资料甲"), say("资料乙"), say("对照"))
    return Table(say("两份资料对照"), [Column(head) for head in heads], [Row(line) for line in lines])


def _equal(one: object, other: object) -> Cell:
    return _mark(None if one in {"", None} or other in {"", None} else one == other)


def _born(a: "Person", b: "Person") -> Cell:
    """The whole day is compared, though only the year is shown."""
    return _equal(a.birth_date, b.birth_date)


def _mark(agrees: object) -> Cell:
    if agrees is None:
        return Cell(ONE_LACKS, status="todo")
    return Cell(SAME, status="done") if agrees is True else Cell(OTHER, status="warn")


def _numbers(first: Side, second: Side, marks: Mapping[str, bool]) -> Cell:
    """Two numbers of one kind that differ speak louder than one of another kind that agrees."""
    shared = {kind for kind, _ in first.papers} & {kind for kind, _ in second.papers}
    if not first.papers or not second.papers:
        return _mark(None)
    return _mark(all(marks.get(kind, False) for kind in shared) if shared else False)


def _shown(side: Side, value: object) -> object:
    return (value or "—") if side.visible else "—"


def _sex(person: "Person") -> Said | str:
    return say(SEXES[Sex(person.sex)]) if person.sex else ""


def _year(person: "Person") -> Said | str:
    return say("{year} 年", year=person.birth_date.year) if person.birth_date else ""


def _papers(side: Side) -> object:
    if not side.visible:
        return "—"
    return listed(said_paper(kind, tail) for kind, tail in side.papers)


def _mobiles(side: Side) -> object:
    return listed(say("尾号 {tail}", tail=tail) for tail in side.mobiles) if side.visible else "—"


def _standing(side: Side) -> object:
    """The memberships; outside the scope only how many there are."""
    if not side.visible:
        return say("{n} 段会籍", n=len(side.stretches)) if side.stretches else say("没有会籍")
    told = [
        say(
            "{union}（{state}，{since} 起）",
            union=row.union.name,
            state=_state(row),
            since=row.since,
        )
        for row in side.stretches
    ]
    return listed(told, joint="{first}；{rest}") if told else say("没有会籍")


def _state(row: "Membership") -> Said:
    if row.until is not None:
        return MEMBER_STATES["ended"]
    return MEMBER_STATES[row.state if row.counts else "affiliated"]
