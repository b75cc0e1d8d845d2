"""The yearly sheet: made from records, nothing typed (domain.md §13, C7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from niangjia.kernel.access import Scope
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.members.rules import BANDS, ENDINGS, FORMS, Begun, Ended
from niangjia.network import queries as network
from niangjia.network.rules import KIND_LABELS, OrgKind
from niangjia.people.rules import SEXES

JOINS = (Begun.JOINED, Begun.REJOINED)
LEAVES = (Ended.LEFT, Ended.DEEMED_LEFT, Ended.STRUCK, Ended.DIED)
HIDDEN = say("少于公开下限，不显示")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: what, how many (None: too few to be shown), in which unit."""

    group: Said
    label: Said
    value: int | None
    unit: Said


def day_of_year(*, year: int, today: date) -> date:
    """The last day of the year, or today while it runs."""
    return min(date(year, 12, 31), today)


def sheet_of(*, unit_id: int, year: int, scope: Scope, today: date) -> list[Line]:
    """The sheet of a unit for a year: as it stood at the end, and what happened in it."""
    day = day_of_year(year=year, today=today)
    path = network.path_on(unit_id=unit_id, day=day)
    counts = members.member_counts_at(paths=[path], day=day)[0]
    least = value_of(key="member.small_cell", unit_id=unit_id, day=day).of(int)
    return [
        *_unions(network.counts_at(paths=[path], day=day)[0]),
        *_people(counts),
        *_splits(counts, least),
        *_moves(scope, path, year),
    ]


def _unions(counts: network.Counts) -> Iterator[Line]:
    group, unit = say("工会组织"), say("个")
    for kind in (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.FEDERATION):
        yield Line(group, say(KIND_LABELS[kind]), counts.organisations(kind), unit)
    yield Line(group, say("已建会单位"), counts.employers(), say("家"))


def _people(counts: members.MemberCounts) -> Iterator[Line]:
    group, unit = say("会员"), say("人")
    told = (
        (say("会员总数"), counts.members), (say("保留会籍"), counts.retained),
        (say("实名完整"), counts.real_name), (say("实名缺项"), counts.members - counts.real_name),
    )  # fmt: skip
    yield from (Line(group, label, value, unit) for label, value in told)
    yield Line(group, say("挂靠（不计入会员）"), counts.affiliated, say("人次"))


def _band(low: int, high: int) -> Said:
    if high >= BANDS[-1][1]:
        return say("{low} 岁及以上", low=low)
    return say("{low}–{high} 岁", low=low, high=high)


def _splits(counts: members.MemberCounts, least: int) -> Iterator[Line]:
    """Splits with small cells hidden, so that nobody is recognised."""
    split, unit = counts.splits(least=least), say("人")
    for sex, label in SEXES.items():
        yield Line(say("按性别"), say(label), split["sex"][str(sex)], unit)
    for place, (low, high) in enumerate(BANDS):
        yield Line(say("按年龄"), _band(low, high), split["band"][place], unit)
    yield Line(say("按来源"), say("外来务工"), split["migrant"][True], unit)
    for form, label in FORMS.items():
        yield Line(say("按新就业形态"), say(label), split["form"][form], unit)


def _moves(scope: Scope, path: str, year: int) -> Iterator[Line]:
    """Who joined and who left within the year, as the reader's scope shows them."""
    rows = members.memberships_in_scope(scope=scope).filter(path__startswith=path, counts=True).order_by()
    joined = rows.filter(begun__in=JOINS, since__year=year).count()
    yield Line(say("本年变动"), say("新入会"), joined, say("人"))
    ended = rows.filter(ended__in=LEAVES, until__year=year)
    found = dict(ended.values_list("ended").annotate(n=Count("pk")))
    for reason in LEAVES:
        yield Line(say("本年变动"), ENDINGS[reason], found.get(str(reason), 0), say("人"))


def cells_of(*, lines: Sequence[Line]) -> Iterator[tuple[str, str, object, str]]:
    """The lines as cells of a file."""
    for line in lines:
        value: object = str(HIDDEN) if line.value is None else line.value
        yield str(line.group), str(line.label), value, str(line.unit)
