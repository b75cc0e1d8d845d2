"""Employers come in by file: the same rules as one by one, each row by itself, chunk by chunk.

A known credit code is an update or no change where the officer may edit, and a conflict elsewhere, with the
reason; a code is matched exactly, a name never merges two employers.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import Entered, FileRow, Judged, Problem, Standing, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NiangjiaError, Refused
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say
from niangjia.network import actions as network
from niangjia.network import rules
from niangjia.network.actions.bulk import Registration, register_employers
from niangjia.network.actions.withdrawing import withdraw_employers
from niangjia.network.permissions import Word
from niangjia.rosters.queries import Found, find_all

if TYPE_CHECKING:
    from niangjia.network.models import Employer

KINDS = {str(kind): say(label) for kind, label in rules.EMPLOYER_LABELS.items()}
SECTORS = {str(sector): say(label) for sector, label in rules.SECTOR_LABELS.items()}
ALIASES = {
    "name": ("名称", "企业名称", "用人单位", "单位全称"),
    "uscc": ("信用代码", "社会信用代码", "代码", "uscc", "credit code"),
    "kind": ("性质", "类别", "单位类型"),
    "sector": ("所属领域",),
    "industry_code": ("国民经济行业",),
    "keeper": ("镇街", "所在工会", "主管工会"),
    "union": ("覆盖它的工会", "所属工会"),
    "headcount": ("职工人数", "人数"),
    "female_headcount": ("其中女职工", "女职工", "female"),
    "migrant_headcount": ("其中外来务工", "农民工数", "migrant"),
    "address": ("单位地址", "经营地址", "address"),
    "since": ("入册日期", "成立日期"),
}
"""Other headings that offices use."""
EXAMPLE = "衢江区东磁公司"
COLUMNS = (
    Column("name", say("单位名称"), aliases=ALIASES["name"], required=True, longest=120, width=34,
           example=EXAMPLE, hint=say("营业执照或批文上的全称。")),
    Column("uscc", say("统一社会信用代码"), ColumnType.CODE,
           aliases=ALIASES["uscc"], longest=18, width=24,
           example="91990101MA2DEM009R", hint=say("18 位。没有代码的个体户可以不填。")),
    Column("kind", say("单位性质"), ColumnType.CHOICE, aliases=ALIASES["kind"],
           required=True, choices=KINDS, width=12),
    Column("sector", say("领域"), ColumnType.CHOICE, aliases=ALIASES["sector"], choices=SECTORS, width=14),
    Column("industry_code", say("行业代码"), ColumnType.CODE, aliases=ALIASES["industry_code"], longest=5,
           width=10, example="C31", hint=say("国民经济行业分类（GB/T 4754）的门类字母加数字，可以不填。")),
    Column("keeper", say("所在镇街工会"), aliases=ALIASES["keeper"], longest=120, width=24,
           hint=say("工会全称、编号或代码。不填就登记在您所在的工会名下。")),
    Column("union", say("覆盖工会"), aliases=ALIASES["union"], longest=120, width=28,
           hint=say("单建会或联合基层工会的全称、编号或代码。还没有工会覆盖的不填。")),
    Column("headcount", say("职工数"), ColumnType.NUMBER, aliases=ALIASES["headcount"], width=10),
    Column("female_headcount", say("女职工数"), ColumnType.NUMBER,
           aliases=ALIASES["female_headcount"], width=10),
    Column("migrant_headcount", say("外来务工人数"), ColumnType.NUMBER,
           aliases=ALIASES["migrant_headcount"], width=12),
    Column("address", say("地址"), aliases=ALIASES["address"], longest=200, width=36),
    Column("since", say("入册日"), ColumnType.DAY, aliases=ALIASES["since"], width=14,
           example="2018-03-06", hint=say("不填就是上传的当天。有覆盖工会的，覆盖也自这一天起。")),
)  # fmt: skip
FACTS = (
    "name", "kind", "sector", "industry_code", "headcount", "female_headcount", "migrant_headcount", "address"
)  # fmt: skip


class EmployerIntake:
    """How employers come in (exchange's port)."""

    def key(self, values: Mapping[str, Any]) -> str:
        """The credit code; without one the name within its register."""
        return values["uscc"] or f"{values['keeper'] or ''}\n{values['name']}"

    def judge(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Judged]:
        """What would become of each row, against the register as it stands now."""
        found = find_all(
            rows=[row.values for row in rows],
            unit_id=unit_id,
            scope=by.scope_for(Word.COVER),
            today=day_of(at),
        )
        return [_judge(row.values, found, today=day_of(at)) for row in rows]

    def commit(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Entered]:
        """Known employers are edited one by one; new ones enter at once, or one by one if refused."""
        today = day_of(at)
        found = find_all(
            rows=[row.values for row in rows], unit_id=unit_id, scope=by.scope_for(Word.COVER), today=today
        )
        new = [row for row in rows if found.holder(row.values) is None]
        told = _enter(new, found, by=by, at=at)
        for row in rows:
            known = found.holder(row.values)
            if known is not None:
                told[row.number] = _edit(known, row.values, by=by, at=at)
        return [told[row.number] for row in rows]

    def undo(self, rows: Sequence[Standing], *, by: Actor, at: datetime, reason: str) -> list[Said | None]:
        """New employers are withdrawn, edited ones get back what they were; what changed since stays."""
        new = {row.target: row.version for row in rows if row.before is None}
        kept = withdraw_employers(versions=new, by=by, at=at) if new else {}
        return [kept[row.target] if row.before is None else _give_back(row, by=by, at=at) for row in rows]


def _judge(values: Mapping[str, Any], found: Found, *, today: date) -> Judged:
    problems = [*_problems(values, found, today=today)]
    if problems:
        return Judged(Verdict.ERROR, problems)
    holder = found.stranger(values)
    if holder is not None:
        return Judged(Verdict.CONFLICT, [Problem(holder, "uscc")])
    known = found.holder(values)
    if known is None:
        twin = found.twin(values)
        return Judged(Verdict.CONFLICT, [Problem(twin, "name")]) if twin else Judged(Verdict.NEW)
    return _compared(known, values, found)


def _problems(values: Mapping[str, Any], found: Found, *, today: date) -> list[Problem]:
    """What cannot be entered whatever the register holds."""
    told = [*found.problems(values)]
    if values["uscc"]:
        told += _asked(lambda: rules.require_employer_code(values["uscc"]), "uscc")
    if values["since"] and values["since"] > today:
        told.append(Problem(say("入册日不能晚于今天。"), "since"))
    whole = values["headcount"] or 0
    told += [
        Problem(say("不能多于职工数。"), name)
        for name in ("female_headcount", "migrant_headcount")
        if (values[name] or 0) > whole and values["headcount"] is not None
    ]
    return told


def _asked(rule: Any, column: str) -> list[Problem]:
    try:
        rule()
    except BadInput as error:
        return [Problem(words, column) for words in error.reasons]
    return []


def _compared(known: "Employer", values: Mapping[str, Any], found: Found) -> Judged:
    """The row against the employer that holds its code: an empty cell changes nothing."""
    union = found.union(values)
    if union is not None and not found.covers(union, known):
        words = say("这家单位已在册，覆盖关系有变请在单位页面办理；这一格可以留空。")
        return Judged(Verdict.CONFLICT, [Problem(words, "union")])
    changes = _changes(known, values)
    verdict = Verdict.UPDATE if changes else Verdict.UNCHANGED
    return Judged(verdict, target=known.pk, version=known.version, changes=changes)


def _changes(known: "Employer", values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    told = {name: values[name] for name in FACTS if values[name] not in (None, "")}
    return {name: (getattr(known, name), now) for name, now in told.items() if getattr(known, name) != now}


def _enter(rows: Sequence[FileRow], found: Found, *, by: Actor, at: datetime) -> dict[int, Entered]:
    """Entered at once; if one is refused, each by itself, so that only that one stays out."""
    if not rows:
        return {}
    wanted = [_registration(row, found, today=day_of(at)) for row in rows]
    try:
        with transaction.atomic():
            numbers = register_employers(registrations=wanted, by=by, at=at)
    except (NiangjiaError, IntegrityError) as error:
        if len(rows) == 1:
            return {rows[0].number: Entered(refused=_reason(error))}
        return {number: one for row in rows for number, one in _enter([row], found, by=by, at=at).items()}
    return {row.number: Entered(numbers[str(row.number)], 1) for row in rows}


def _reason(error: Exception) -> Said:
    if isinstance(error, NiangjiaError) and error.reasons:
        return error.reasons[0]
    return say("刚刚有人登记了与此冲突的内容。请核对后重新上传这一行。")


def _registration(row: FileRow, found: Found, *, today: date) -> Registration:
    values, union = row.values, found.union(row.values)
    since = values["since"] or today
    draft = network.EmployerDraft(
        name=values["name"],
        kind=rules.EmployerKind(values["kind"]),
        since=since,
        uscc=values["uscc"] or "",
        sector=rules.Sector(values["sector"] or rules.Sector.OTHER),
        industry_code=values["industry_code"] or "",
        headcount=values["headcount"] or 0,
        female_headcount=values["female_headcount"] or 0,
        migrant_headcount=values["migrant_headcount"] or 0,
        address=values["address"] or "",
    )
    unions = ((union.pk, max(since, union.established_on)),) if union else ()
    return Registration(str(row.number), draft, found.keeper(values), unions)


def _edit(known: "Employer", values: Mapping[str, Any], *, by: Actor, at: datetime) -> Entered:
    changes = _changes(known, values)
    now = {name: after for name, (_, after) in changes.items()}
    try:
        with transaction.atomic():
            network.edit_employer(
                employer_id=known.pk, version=known.version, since=day_of(at), by=by, at=at, **now
            )
    except (Refused, IntegrityError) as error:
        return Entered(refused=_reason(error))
    return Entered(known.pk, known.version + 1, {name: was for name, (was, _) in changes.items()})


def _give_back(row: Standing, *, by: Actor, at: datetime) -> Said | None:
    try:
        with transaction.atomic():
            network.edit_employer(
                employer_id=row.target,
                version=row.version,
                since=day_of(at),
                by=by,
                at=at,
                **(row.before or {}),
            )
    except (NiangjiaError, IntegrityError) as error:
        return _reason(error)
    return None


EMPLOYERS = ImportKind(
    key="employers",
    title=say("用人单位名册"),
    word=Word.COVER,
    columns=COLUMNS,
    intake=EmployerIntake(),
    back="employers",
    note=say("按统一社会信用代码对照名册：没有的新增，有的更新，别处在册的不动并说明原因。"),
)
