"""What goes out: the members of a list as its page shows them, and those fit for the national register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from niangjia.enrolment.queries.opened import numbers_of
from niangjia.enrolment.rules.national import REASONS
from niangjia.enrolment.rules.peoples import NAMES
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.identifiers import Sex, mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.members.permissions import Word
from niangjia.members.rules import FORMS, STATE_WORDS, Form
from niangjia.network import queries as network
from niangjia.people.rules import ID_KINDS, SEXES

if TYPE_CHECKING:
    from niangjia.members.models import Membership

PART = 500
LONGEST_NUMBER = 15
NOWHERE = "!"
COLUMNS = (
    Column("name", say("姓名"), width=12, personal=True),
    Column("union", say("工会"), width=32),
    Column("work", say("用人单位或从业形态"), width=30),
    Column("tail", say("手机尾号"), ColumnType.CODE, width=10, personal=True),
    Column("joined_on", say("入会日期"), ColumnType.DAY, width=12),
    Column("status", say("状态"), width=14),
)
LACK = Case(
    When(has_id=False, then=Value("id")),
    When(has_mobile=False, then=Value("mobile")),
    When(employer=None, form=Form.NONE, then=Value("employer")),
    default=Value(""),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class Closed:
    """The equation of the national file: members = rows that go out + rows that cannot, by reason."""

    members: int
    out: int
    kept: Mapping[str, int]

    @property
    def closes(self) -> bool:
        """Whether nobody is lost."""
        return self.members == self.out + sum(self.kept.values())


def filters_of(*, asked: Mapping[str, str], scope: Scope, actor: Actor, today: date) -> members.MemberFilters:
    """The filters of the list of members, as its address says them; what is not understood is passed over."""
    day = _day(asked.get("day", ""))
    lacks = asked.get("lacks", "")
    filters = members.MemberFilters(
        words=asked.get("words", "")[:40],
        under=_path(number_in(text=asked.get("under", "")), day or today),
        union_id=number_in(text=asked.get("union", "")),
        employer_id=number_in(text=asked.get("employer", "")),
        state=_one_of(asked.get("state", ""), ("retained", "affiliated", "ended")) or "active",
        sex=_one_of(asked.get("sex", ""), tuple(map(str, SEXES))),
        form=_one_of(asked.get("form", ""), tuple(map(str, FORMS))),
        migrant={"yes": True, "no": False}.get(asked.get("migrant", "")),
        lacks=_one_of(lacks, ("any", *REASONS)),
        only_women=actor.role == "wom",
        day=day,
    )
    return members.with_words_found(filters=filters, scope=scope)


def members_to_leave(*, asked: Mapping[str, str], by: Actor, today: date) -> "QuerySet[Membership]":
    """The rows of the list of this address, in its order."""
    scope = by.scope_for(Word.READ)
    filters = filters_of(asked=asked, scope=scope, actor=by, today=today)
    return members.members_in_scope(scope=scope, filters=filters, today=today)


def cells_as_seen(*, rows: "QuerySet[Membership]", by: Actor, today: date) -> Iterator[Sequence[Any]]:
    """Each row with the cells of its page; names are masked for who may not know them (SC-11)."""
    for row in rows.iterator(chunk_size=PART):
        knows = by.may(Word.NAMES, at=row.path)
        name = row.name if knows else mask_name(row.name)
        yield (
            name,
            row.union.name,
            _work(row),
            row.tail if knows else None,
            row.joined_on,
            _status(row, today),
        )


def fit_for_the_register(*, asked: Mapping[str, str], by: Actor, today: date) -> "QuerySet[Membership]":
    """The active members of the list who lack nothing."""
    return (
        _counted(asked, by, today).filter(has_id=True, has_mobile=True).exclude(employer=None, form=Form.NONE)
    )


def closing_of(*, asked: Mapping[str, str], by: Actor, today: date) -> Closed:
    """How the members of the list divide: those who go out, those who cannot, by their first lack."""
    counted = _counted(asked, by, today).order_by().values("lack").annotate(n=Count("pk"))
    found = {row["lack"]: row["n"] for row in counted}
    out = found.pop("", 0)
    return Closed(_listed(asked, by, today).count(), out, {name: found.get(name, 0) for name in REASONS})


def national_cells(*, rows: "QuerySet[Membership]", note: str) -> Iterator[Sequence[Any]]:
    """Each member with full numbers, opened some hundred at a time; exchange asked purpose and approver."""
    beside = ("person__documents", "person__contacts")
    every = rows.select_related("person", "union", "employer").prefetch_related(*beside)
    each = every.iterator(chunk_size=PART)
    while part := list(islice(each, PART)):
        with beyond():
            opened = numbers_of(rows=part)
        for row in part:
            numbers = opened[row.person_id]
            yield (
                row.name, say(SEXES[Sex(row.sex)]).msgid if row.sex else "", str(ID_KINDS[numbers.kind]),
                numbers.number, row.person.birth_date, NAMES.get(row.person.ethnicity, ""), numbers.mobile,
                row.union.name, row.union.uscc, row.employer.name if row.employer else "", row.joined_on,
                FORMS.get(Form(row.form), ""), "是" if row.migrant else "否", note,
            )  # fmt: skip


def _counted(asked: Mapping[str, str], by: Actor, today: date) -> "QuerySet[Any]":
    return _listed(asked, by, today).annotate(lack=LACK)


def _listed(asked: Mapping[str, str], by: Actor, today: date) -> "QuerySet[Membership]":
    """Active members now, wherever the list is narrowed to a place; other filters do not apply."""
    kept = {name: asked[name] for name in ("under", "union") if asked.get(name)}
    return members_to_leave(asked=kept, by=by, today=today).filter(Q(counts=True))


def _work(row: "Membership") -> str | None:
    if row.employer:
        return str(row.employer.name)
    return FORMS[Form(row.form)] if row.form else None


def _status(row: "Membership", today: date) -> str:
    state = (
        "ended" if row.until is not None and row.until <= today else row.state if row.counts else "affiliated"
    )
    words: Said = STATE_WORDS[state]
    return str(words)


def number_in(*, text: str) -> int | None:
    """A number in an address, if it is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _path(unit_id: int | None, day: date) -> str:
    if unit_id is None:
        return ""
    try:
        return network.path_on(unit_id=unit_id, day=day)
    except (NotVisible, BadInput):
        return NOWHERE
