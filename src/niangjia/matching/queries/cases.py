"""Possible duplicates as a scope sees them: a case is seen where one of its two records is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse

from niangjia.kernel.access import EVERYWHERE, Actor, Scope
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one
from niangjia.kernel.shapes import Act, Cell, Column, Pager, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.queries.evidence import words_of
from niangjia.matching.rules import STATE_WORDS, Feature, State
from niangjia.people import queries as people
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.people.models import Person

SHAPES = {
    State.OPEN: "todo",
    State.MERGE_PROPOSED: "now",
    State.APART_PROPOSED: "now",
    State.SPLIT_PROPOSED: "now",
    State.MERGED: "done",
    State.NOT_THE_SAME: "done",
    State.UN_MERGED: "stop",
}
ELSEWHERE = say("另一家工会登记的人")
LIKELY = say("可能程度")


@dataclass(frozen=True, slots=True)
class CaseList:
    """The possible duplicates of a scope, the likeliest first."""

    table: Table
    pager: Pager
    total: int
    actions: Sequence[Act]


def cases_in_scope(*, scope: Scope) -> QuerySet[DuplicateCase]:
    """The cases of which one record at least is kept in the scope."""
    kept = people.records_in_scope(scope=scope).values("pk")
    return DuplicateCase.objects.filter(Q(first__in=kept) | Q(second__in=kept))


def case_in_scope(*, case_id: int, scope: Scope) -> DuplicateCase:
    """One of them, or 404."""
    return the_one(cases_in_scope(scope=scope).filter(pk=case_id))


def case_list(*, actor: Actor, state: str = "", before: str = "", after: str = "") -> CaseList:
    """The list of a scope: what waits first, unless a state is asked for."""
    scope = actor.scope_for(Word.READ)
    rows = cases_in_scope(scope=scope)
    rows = rows.filter(state=state) if state in set(State) else _waiting(rows) if state != "all" else rows
    found = slice_of(rows, sort="-score", before=before, after=after)
    records = _records([number for row in found.rows for number in (row.first_id, row.second_id)])
    columns = (say("资料甲"), say("资料乙"), say("相同之处"), LIKELY, say("状态"))
    table = Table(
        say("疑似重复"),
        [Column(words, right=words == LIKELY) for words in columns],
        [_line(row, records, scope) for row in found.rows],
        empty=say("没有待核对的疑似重复。系统每晚比对一次，也可以用会员卡号登记一对。"),
    )
    new = (Act(say("登记一对疑似重复"), reverse("report-duplicate"), "plus"),)
    total = rows.count()
    return CaseList(table, found.pager(total=total), total, new if actor.may(Word.PROPOSE) else ())


def _waiting(rows: QuerySet[DuplicateCase]) -> QuerySet[DuplicateCase]:
    """The pairs that wait for a look; of a record that was merged the one that goes on is asked."""
    merged = people.records_in_scope(scope=EVERYWHERE).exclude(merged_into=None).values("pk")
    return rows.filter(state=State.OPEN).exclude(Q(first__in=merged) | Q(second__in=merged))


def _line(row: DuplicateCase, records: "dict[int, tuple[Person, str]]", scope: Scope) -> Row:
    cells: list[object] = [_who(*records[number], scope) for number in (row.first_id, row.second_id)]
    state = Cell(STATE_WORDS[row.state], status=SHAPES[State(row.state)])
    return Row([*cells, said_features(row=row), row.score, state], href=reverse("duplicate", args=[row.pk]))


def _who(person: "Person", keeper: str, scope: Scope) -> Cell:
    visible = scope.covers(person.path)
    return Cell(person.name if visible else ELSEWHERE, note=keeper)


def said_features(*, row: DuplicateCase) -> Said:
    """In what the two agree, in words."""
    return listed(words_of(features=[Feature(one) for one in row.features]), joint="{first}、{rest}")


def said_score(*, row: DuplicateCase) -> Said:
    """How likely the two are one, of a hundred points."""
    return say("{n} 分（满分 100 分）", n=row.score)


def _records(numbers: Sequence[int]) -> "dict[int, tuple[Person, str]]":
    """The records with their keepers' names; of those elsewhere only the keeper is shown."""
    with beyond():
        rows = list(people.records(person_ids=numbers))
        keepers = tree.names_of(unit_ids={row.keeper_id for row in rows})
    return {row.pk: (row, keepers.get(row.keeper_id, "")) for row in rows}


def open_cases(*, scope: Scope) -> int:
    """How many pairs of a scope wait for somebody to look."""
    return _waiting(cases_in_scope(scope=scope)).count()
