"""Employers enter the register and are covered by unions; one coverage a day counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.dated import ahead_of, cut, holds_on
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.periods import Period
from niangjia.kernel.versions import save_changes
from niangjia.kernel.words import say
from niangjia.network import queries, rules
from niangjia.network.actions.folding import fold_soon
from niangjia.network.models import Coverage, Employer, EmployerWas, Organisation
from niangjia.network.permissions import Word
from niangjia.tree import queries as tree
from niangjia.tree.actions import hold_the_tree

KIND = "network.employer"
COUNTED = ("kind", "sector", "headcount")


@dataclass(frozen=True, slots=True)
class EmployerDraft:
    """What an officer says of an employer when it enters the register."""

    name: str
    kind: rules.EmployerKind
    since: date
    uscc: str = ""
    sector: rules.Sector = rules.Sector.OTHER
    industry_code: str = ""
    headcount: int = 0
    female_headcount: int = 0
    migrant_headcount: int = 0
    division_id: int | None = None
    address: str = ""


@transaction.atomic
def register_employer(*, draft: EmployerDraft, keeper_id: int, by: Actor, at: datetime) -> Employer:
    """The employer stands in a unit's register, uncovered until a union covers it.

    A known USCC is refused with a pointer to where the employer stands: it enters once. So is a
    second employer of the same name in one register, unless both have a code.
    """
    hold_the_tree(shared=True)
    keeper = tree.public_unit(unit_id=keeper_id)
    by.require(Word.COVER, at=keeper.path)
    words = say("入册日不能晚于今天。")
    rules.require_not_future(draft.since, today=day_of(at), field="since", words=words)
    code = rules.require_employer_code(draft.uscc)
    require_free_code(code)
    if not code:
        Organisation.objects.select_for_update().filter(pk=keeper.pk).first()
        if Employer.objects.filter(keeper=keeper, name=draft.name, until=None).exists():
            raise Refused(
                say("{name} 已在这份名册里。同名的另一家请填写代码。", name=draft.name), field="name"
            )
    columns = {name: getattr(draft, name) for name in draft.__dataclass_fields__} | {"uscc": code}
    employer = Employer.objects.create(keeper=keeper, path=keeper.path, **columns)
    after = {"name": draft.name, "keeper": keeper.pk}
    journal.record("register_employer", by=by, at=at, kind=KIND, object_id=employer.pk, after=after)
    return employer


def require_free_code(code: str, *, own: int | None = None) -> None:
    """A code stands once in all registers, for employers and unions together; the reader is told where.

    Until the transaction ends nobody else can enter the same code.
    """
    holder = queries.holder_of_code(code=code) if code else None
    if holder is None or holder.number == own:
        return
    if holder.is_union:
        raise Refused(
            say("这个代码是工会“{name}”的。单位和工会不能共用代码。", name=holder.name), field="uscc"
        )
    name = mask_name(holder.name) if holder.is_merchant else holder.name
    words = say(
        "这家单位已在册：{name}（{keeper}）。不用重复登记，可直接办理覆盖。", name=name, keeper=holder.keeper
    )
    raise Refused(words, field="uscc")


@transaction.atomic
def edit_employer(
    *, employer_id: int, version: int, since: date, by: Actor, at: datetime, **columns: object
) -> None:
    """The employer's facts are these from a day on; what was counted before stays so on past days.

    Raises Overtaken for a stale version, Refused for a day before the last change or after today.
    """
    hold_the_tree(shared=True)
    employer = Employer.objects.select_for_update().filter(pk=employer_id).first() or _not_there()
    by.require(Word.COVER, at=employer.path)
    if "uscc" in columns:
        columns["uscc"] = rules.require_employer_code(str(columns["uscc"]))
        require_free_code(str(columns["uscc"]), own=employer.pk)
    was = {name: getattr(employer, name) for name in COUNTED}
    if any(name in columns and columns[name] != value for name, value in was.items()):
        first = employer.since
        last = EmployerWas.objects.filter(employer=employer).order_by("-until").first()
        begins = require_change_day(since=since, first=last.until if last else first, today=day_of(at))
        if begins < since:
            EmployerWas.objects.create(employer=employer, since=begins, until=since, **was)
    before, after = save_changes(
        Employer.objects.all(), pk=employer.pk, version=version, kind=KIND, columns=columns
    )
    after["since"] = since.isoformat()
    fold_soon()
    journal.record(
        "edit_employer", by=by, at=at, kind=KIND, object_id=employer.pk, before=before, after=after
    )


def require_change_day(*, since: date, first: date, today: date) -> date:
    """The first day of the state that ends with a change; the change lies between it and today."""
    words = say("变化的日期不能晚于今天。")
    rules.require_not_future(since, today=today, field="since", words=words)
    if since < first:
        raise Refused(say("上一次变化自 {day} 起，这次不能早于这一天。", day=first), field="since")
    return first


@transaction.atomic
def cover_employer(
    *, union: Organisation, employer: Employer, since: date, by: Actor, at: datetime
) -> Coverage:
    """A union covers an employer from a day on. One counted elsewhere is affiliated, never counted twice.

    Raises Refused where the union has no room for it (a single union covers one employer), where
    either does not stand on that day, and where the union covers it already.
    """
    hold_the_tree(shared=True)
    by.require(Word.COVER, at=union.path)
    union = Organisation.objects.select_for_update().get(pk=union.pk)
    employer = Employer.objects.select_for_update().filter(pk=employer.pk).first() or _not_there()
    ahead = Coverage.objects.filter(ahead_of(since), union=union)
    if ahead.filter(employer=employer).exists():
        raise Refused(say("这家工会已经覆盖这家单位，不用重复办理。"), field="union")
    others = ahead.filter(counts=True).exclude(employer=employer).count()
    rules.require_room_for_employer(rules.OrgKind(union.kind), covered=others)
    rules.require_coverable(
        since,
        union=Period(union.established_on, union.closed_on),
        employer=Period(employer.since, employer.until),
    )
    row = Coverage.objects.create(union=union, path=union.path, employer=employer, counts=False, since=since)
    settle_coverages(employer_ids=[employer.pk], today=day_of(at))
    row.refresh_from_db()
    after = {"union": union.pk, "counts": row.counts, "since": since.isoformat()}
    fold_soon()
    journal.record("cover_employer", by=by, at=at, kind=KIND, object_id=employer.pk, after=after)
    return row


def _not_there() -> Employer:
    raise NotVisible


@transaction.atomic
def end_coverage(*, coverage: Coverage, until: date, by: Actor, at: datetime, reason: str) -> None:
    """The coverage ends on a day; another union that reaches the employer counts it from then on.

    Where none does, the employer goes back to the register of the unit above the union, on that day.
    """
    hold_the_tree(shared=True)
    by.require(Word.COVER, at=coverage.path)
    Employer.objects.select_for_update().get(pk=coverage.employer_id)
    if until <= coverage.since:
        raise Refused(say("覆盖关系自 {since} 起，结束日须晚于这一天。", since=coverage.since), field="until")
    rows = Coverage.objects.filter(union=coverage.union_id, employer=coverage.employer_id)
    last = rows.filter(since__gte=coverage.since).order_by("-since").first()
    if last is None or (last.until is not None and last.until <= until):
        raise Refused(say("这条覆盖关系已经结束，不用再办。"), field="until")
    cut(rows, day=until)
    settle_coverages(employer_ids=[coverage.employer_id], today=day_of(at))
    fold_soon()
    journal.record(
        "end_coverage",
        by=by,
        at=at,
        kind=KIND,
        object_id=coverage.employer_id,
        after={"union": coverage.union_id, "until": until.isoformat()},
        reason=reason,
    )


def settle_coverages(*, employer_ids: Iterable[int], today: date) -> None:
    """Of each employer's coverages one counts on every day, and the employer stands where it counts today."""
    for employer_id in employer_ids:
        rows = list(Coverage.objects.filter(employer=employer_id).order_by("id"))
        _rewrite(rows, wanted=list(rules.counted(_covers(rows))))
        bring_home(employer_id=employer_id, today=today)


def _covers(rows: list[Coverage]) -> list[rules.Cover]:
    """The coverages that the rows tell of, in the order recorded: stretches that meet are one coverage."""
    first: dict[int, list[Coverage]] = {}
    for row in sorted(rows, key=lambda row: (row.union_id, row.since)):
        stretches = [
            one for one in first.values() if one[-1].union_id == row.union_id and one[-1].until == row.since
        ]
        if stretches:
            stretches[-1].append(row)
        else:
            first[row.pk] = [row]
    ranked = sorted(first.values(), key=lambda stretch: min(row.pk for row in stretch))
    return [rules.Cover(one[0].union_id, Period(one[0].since, one[-1].until)) for one in ranked]


def _rewrite(rows: list[Coverage], *, wanted: list[tuple[rules.Cover, bool]]) -> None:
    """The rows are the wanted stretches; a row keeps its number where its first day stays.

    First what shrinks, then what grows: no two rows ever share a day on the way.
    """
    plan = {(cover.union_id, cover.period.since): (cover.period.until, counts) for cover, counts in wanted}
    kept = {(row.union_id, row.since): row for row in rows}
    for key, row in kept.items():
        if key not in plan:
            row.delete()
    stay = [(row, *plan.pop(key)) for key, row in kept.items() if key in plan]
    changed = [
        (row, until, counts) for row, until, counts in stay if (row.until, row.counts) != (until, counts)
    ]
    for row, until, counts in changed:
        row.until = min(filter(None, (row.until, until)), default=None)
        row.counts = row.counts and counts
        row.save(update_fields=["until", "counts"])
    for row, until, counts in changed:
        row.until, row.counts = until, counts
        row.save(update_fields=["until", "counts"])
    Coverage.objects.bulk_create(
        Coverage(union_id=union, employer_id=rows[0].employer_id, since=since, until=until, counts=counts)
        for (union, since), (until, counts) in plan.items()
    )


def bring_home(*, employer_id: int, today: date) -> None:
    """The employer stands in the register of the union that counts it today, or of the unit above."""
    counting = Coverage.objects.filter(employer=employer_id, counts=True).select_related(
        "union__unit__parent"
    )
    now = counting.filter(holds_on(today)).first()
    employer = Employer.objects.filter(pk=employer_id)
    if now is not None:
        employer.exclude(keeper=now.union_id).update(keeper=now.union.unit, path=now.path)
        return
    last = counting.filter(until__lte=today).order_by("-until").first()
    if last is not None:
        above = last.union.unit.parent or last.union.unit
        employer.filter(keeper=last.union_id).update(keeper=above, path=above.path)
