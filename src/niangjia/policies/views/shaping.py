"""What is found, put into the shapes of the page furniture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel.access import Actor
from niangjia.kernel.forms import FormPage
from niangjia.kernel.policy import Definition, Level
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.policies import queries, rules
from niangjia.policies.permissions import Word
from niangjia.policies.queries import AreaInForce, ChosenUnit, InForce, OwnValue, PathStep, PolicyPage

Query = Mapping[str, str]
_NEVER_SET = say("这个工会和它的上级还没有自己定过这一项。")
_NONE_BELOW = say("下级都按上面的值办，没有另定。")
_CHOOSE = say("选一个工会，可以看到它历次定的值。")
EXAMPLE, UNVERIFIED, VERIFIED = say("示例值，待核"), say("待核"), say("已核对")


@dataclass(frozen=True, slots=True)
class InForcePage:
    """The list of what is in force."""

    title: Said
    subtitle: Said
    tables: Sequence[Table]
    examples: int


@dataclass(frozen=True, slots=True)
class OnePolicy:
    """The page of one policy."""

    definition: Definition
    shown: InForce
    title: Said
    crumbs: Sequence[Crumb]
    acts: Sequence[Act]
    facts: Sequence[Fact]
    cases: Table | None
    steps: Table
    history: Table
    below: Table


@dataclass(frozen=True, slots=True)
class Start:
    """How the form begins: prefilled with what is in force, the union implied by the post."""

    page: FormPage
    initial: Mapping[str, Any]
    leads: bool


def address_of(key: str, **asked: object) -> str:
    """The page of a policy; `unit`, `day` and `case` say for whom, when and which."""
    asked = {name: value for name, value in asked.items() if value not in (None, "")}
    return reverse("policy", args=[key]) + (f"?{urlencode(asked)}" if asked else "")


def _kept(query: Query) -> dict[str, str]:
    return {name: query[name] for name in ("unit", "day") if query.get(name)}


def checked(row: InForce) -> Cell:
    """Whether the value was checked against its paper, by shape and word."""
    if row.decided is None:
        return Cell("—")
    if row.is_example:
        return Cell(EXAMPLE, status="warn")
    return Cell(UNVERIFIED, status="warn") if row.is_unverified else Cell(VERIFIED, status="done")


def in_force(
    areas: Sequence[AreaInForce], *, chosen: ChosenUnit | None, day: date, query: Query
) -> InForcePage:
    """A table an area; every row opens its policy."""
    where = chosen.name if chosen else queries.PLATFORM
    return InForcePage(
        title=say("现行政策"),
        subtitle=say("{where}在 {day} 按什么办，是谁定的，依据哪份文件。", where=where, day=day),
        tables=[_area_table(area, _kept(query)) for area in areas],
        examples=sum(row.is_example for area in areas for row in area.rows),
    )


_COLUMNS = tuple(
    Column(label)
    for label in (say("政策"), say("现行的值"), say("谁定的"), say("自何日起"), say("依据文件"), say("核对"))
)


def _area_table(area: AreaInForce, kept: Mapping[str, str]) -> Table:
    seen: dict[str, int] = {}
    rows = []
    for row in area.rows:
        case = seen[row.definition.key] = seen.get(row.definition.key, -1) + 1
        href = address_of(row.definition.key, **kept, case=case or None)
        rows.append(Row(_cells(row), href))
    return Table(area.label, _COLUMNS, rows)


def _cells(row: InForce) -> list[object]:
    found = row.decided
    label = Cell(row.definition.label.said, note=row.case or "")
    since, paper = (found.since, rules.words_said(found.paper)) if found else (None, "—")
    return [label, row.value, row.whose, since, paper, checked(row)]


def one_policy(
    found: PolicyPage, *, chosen: ChosenUnit | None, query: Query, actor: Actor, today: date
) -> OnePolicy:
    """The value, the way it came down, what it was before, who below has another."""
    definition = found.definition
    kept = _kept(query)
    title = definition.label.said
    back = reverse("policies") + (f"?{urlencode(kept)}" if kept else "")
    return OnePolicy(
        definition=definition,
        shown=found.shown,
        title=title,
        crumbs=[Crumb(say("首页"), "/"), Crumb(say("现行政策"), back), Crumb(title)],
        acts=_acts(definition, actor, case=_case(query)),
        facts=_facts(found),
        cases=_cases(found, kept) if len(found.cases) > 1 else None,
        steps=_steps(found.steps, chosen),
        history=_history(found, chosen=chosen, actor=actor, today=today),
        below=_values(say("下级另行设定的"), found.below, definition, empty=_NONE_BELOW),
    )


def _acts(definition: Definition, actor: Actor, *, case: int) -> list[Act]:
    """Only an acting post whose union stands on a level that may set it sees the button."""
    if not actor.may(Word.SET) or definition.locked or not definition.levels:
        return []
    href = reverse("policy-set", args=[definition.key]) + (f"?case={case}" if case else "")
    return [Act(say("设定本单位的值"), href, "pencil", "primary")]


def _facts(found: PolicyPage) -> list[Fact]:
    definition, shown = found.definition, found.shown
    decided = shown.decided
    facts = [Fact(say("适用情形"), shown.case)] if shown.case else []
    facts += [
        Fact(say("现行的值"), shown.value),
        Fact(say("谁定的"), shown.whose),
        Fact(say("自何日起"), decided.since if decided else "—"),
        Fact(say("到何日止（当天不含）"), decided.until if decided and decided.until else say("没有定")),
        Fact(say("依据文件"), rules.words_said(decided.paper) if decided else "—"),
        Fact(say("核对"), checked(shown).text),
        Fact(say("来源"), rules.mark_said(definition.mark)),
        Fact(say("允许范围"), rules.bounds_said(definition.shape.bounds, definition.unit) or say("没有定")),
        Fact(say("哪些级别可以设定"), rules.levels_said(definition)),
        Fact(say("政策项编号"), definition.key),
    ]
    return facts


def _cases(found: PolicyPage, kept: Mapping[str, str]) -> Table:
    key = found.definition.key
    columns = (Column(say("适用情形")), Column(say("现行的值")), Column(say("谁定的")), Column(say("核对")))
    rows = [
        Row(
            [row.case or say("其他情形"), row.value, row.whose, checked(row)],
            address_of(key, **kept, case=place),
        )
        for place, row in enumerate(found.cases)
    ]
    return Table(say("各种情形"), columns, rows)


def _steps(steps: Sequence[PathStep], chosen: ChosenUnit | None) -> Table:
    columns = (
        Column(say("从上到下")),
        Column(say("它自己定的")),
        Column(say("它定的上下限")),
        Column(say("到这一级为止的值")),
    )
    rows = [
        Row(
            [
                step.name,
                Cell(step.set_here or "—", note=say("上级已锁定，不起作用") if step.passed_over else ""),
                step.bounds or "—",
                step.holds,
            ]
        )
        for step in steps
    ]
    note = "" if chosen else say("选一个工会，可以看到这个值是怎样一级一级定下来的。")
    return Table(say("这个值是怎么来的"), columns, rows, note=note)


def _history(found: PolicyPage, *, chosen: ChosenUnit | None, actor: Actor, today: date) -> Table:
    never = _NEVER_SET if chosen else _CHOOSE
    caption = say("历次设定")
    return _values(caption, found.history, found.definition, empty=never, actor=actor, today=today)


def _values(
    caption: Said,
    values: Sequence[OwnValue],
    definition: Definition,
    *,
    empty: Said,
    actor: Actor | None = None,
    today: date | None = None,
) -> Table:
    columns = tuple(
        Column(label) for label in (say("工会"), say("值"), say("自何日起"), say("到何日止"), say("依据文件"))
    )
    rows = [Row(_value_cells(one, definition, actor, today)) for one in values]
    return Table(caption, columns, rows, empty=empty)


def _value_cells(
    one: OwnValue, definition: Definition, actor: Actor | None, today: date | None
) -> list[object]:
    value = one.value
    if value.value is None:
        said: Said = say("不另设值，为下级定了界限")
    else:
        said = rules.stored_said(definition, value.value)
    case = rules.dims_said(value.dims)
    name = Cell(one.unit_name, note=case or "")
    return [name, said, value.since, _end_cell(one, actor, today), rules.words_said(value.paper)]


def _end_cell(one: OwnValue, actor: Actor | None, today: date | None) -> Cell:
    """The end of a value; of the acting union's own with the road to end it or to take it back."""
    value = one.value
    words: object = value.until or say("没有定")
    mine = actor is not None and actor.may(Word.SET) and actor.unit_id == value.unit_id
    if not mine or today is None or (value.until is not None and value.until <= today):
        return Cell(words)
    if value.since > today:
        return Cell(say("撤回"), href=reverse("policy-withdraw", args=[value.id]))
    return (
        Cell(say("停用"), href=reverse("policy-end", args=[value.id])) if value.until is None else Cell(words)
    )


def _case(query: Query) -> int:
    """Which case the address names; whatever is no small number is the first."""
    asked = query.get("case") or ""
    return int(asked) if len(asked) == 1 and asked in "0123456789" else 0


def start_of(definition: Definition, *, actor: Actor, today: date, query: Query) -> Start:
    """Prefilled with what is in force for the acting union; a post without a union starts empty."""
    chosen = queries.chosen_unit(unit_id=actor.unit_id, day=today)
    level = rules.level_of(chosen.kind) if chosen else None
    found = queries.policy_page(key=definition.key, unit_id=actor.unit_id, day=today, case=_case(query))
    back = address_of(definition.key, unit=actor.unit_id)
    page = FormPage(
        say("设定本单位的值"),
        say("登记，自生效日起执行"),
        [Crumb(say("现行政策"), reverse("policies")), Crumb(definition.label.said, back), Crumb(say("设定"))],
        back,
        definition.label.said,
        known=_known(found, actor),
        said=say("已登记。公开页面从生效日起显示新的值。"),
    )
    return Start(page, _initial(found, actor=actor, today=today), leads=level not in {None, Level.PRIMARY})


def _known(found: PolicyPage, actor: Actor) -> list[Fact]:
    definition = found.definition
    return [
        Fact(say("设定的工会"), actor.unit_name),
        Fact(say("现行的值"), found.shown.value),
        Fact(say("谁定的"), found.shown.whose),
        Fact(say("允许范围"), _bounds_above(found) or say("没有定")),
        Fact(say("哪些级别可以设定"), rules.levels_said(definition)),
    ]


def _bounds_above(found: PolicyPage) -> Said | None:
    said = [step.bounds for step in found.steps[: max(1, len(found.steps) - 1)] if step.bounds is not None]
    return said[-1] if said else None


def _initial(found: PolicyPage, *, actor: Actor, today: date) -> dict[str, Any]:
    decided, definition = found.shown.decided, found.definition
    version = queries.own_version(unit_id=actor.unit_id or 0, key=definition.key, dims=dict(found.dims))
    return {
        "value": rules.as_typed(definition.shape, decided.value, unit=definition.unit, translate=gettext)
        if decided
        else "",
        "since": today,
        "version": version,
        **{f"dim_{name}": value for name, value in found.dims.items()},
    }
