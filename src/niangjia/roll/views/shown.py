"""Members in the shapes of the page furniture; names are masked for who may not know them (SC-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import Sex, mask_name
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Figure, Row, Table, Text
from niangjia.kernel.templatetags.furniture_words import about
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.members import queries
from niangjia.members.permissions import Word
from niangjia.members.queries import MemberCounts
from niangjia.members.rules import (
    BANDS,
    BEGINNINGS,
    ENDINGS,
    FORMS,
    KIND,
    STATE_WORDS,
    Begun,
    Ended,
    Form,
    State,
    card_number,
)
from niangjia.people.rules import SEXES

if TYPE_CHECKING:
    from niangjia.members.models import Membership

UNION = say("工会")
SHAPES = {"active": "done", "retained": "now", "affiliated": "todo", "ended": "stop", "planned": "now"}
VERBS = {
    "admit_member": say("登记为会员"),
    "affiliate_member": say("登记为挂靠"),
    "retain_membership": say("办理保留会籍"),
    "resume_membership": say("恢复会籍"),
    "end_membership": say("终止会籍"),
    "edit_membership": say("修改了登记"),
    "choose_union": say("本人选定计数的工会"),
    "carry_members": say("随组织撤并改转出"),
}
WORDS_FROM = 100
"""Below, the newspaper says the number itself."""


def listed(**filters: object) -> str:
    """The list of members with its filters in the address; what is empty is left out."""
    told = {key: str(value) for key, value in filters.items() if value not in (None, "")}
    return f"{reverse('members')}?{urlencode(told)}" if told else reverse("members")


def state_of(row: "Membership", *, today: date) -> str:
    """How a stretch stands today."""
    if row.until is not None and row.until <= today:
        return "ended"
    if row.since > today:
        return "planned"
    return str(row.state) if row.counts else "affiliated"


def status_of(row: "Membership", *, today: date) -> Cell:
    """The same as shape and word."""
    state = state_of(row, today=today)
    return Cell(STATE_WORDS[state], status=SHAPES[state])


def name_of(row: "Membership", *, actor: Actor) -> str:
    """The name for who works with it, masked for who only counts."""
    if not row.name:
        return "—"
    return row.name if actor.may(Word.NAMES, at=row.path) else mask_name(row.name)


def members_table(
    rows: "Iterable[Membership]", *, actor: Actor, today: date, first: Act | None = None
) -> Table:
    """The list of members: who, where, with whom, since when."""
    columns = (
        Column(say("姓名")), Column(say("工会")), Column(say("用人单位或从业形态")),
        Column(say("手机尾号")), Column(say("入会日期")), Column(say("状态")),
    )  # fmt: skip
    return Table(
        caption=say("会员"),
        columns=columns,
        rows=[_line(row, actor, today) for row in rows],
        empty=say("没有符合条件的会员。可以放宽筛选条件，或从“登记会员”开始。"),
        first=first,
    )


def _line(row: "Membership", actor: Actor, today: date) -> Row:
    work: Text = row.employer.name if row.employer else say(FORMS[Form(row.form)]) if row.form else "—"
    tail = row.tail if row.tail and actor.may(Word.NAMES, at=row.path) else "—"
    cells = (
        name_of(row, actor=actor),
        row.union.name,
        work,
        tail,
        row.joined_on,
        status_of(row, today=today),
    )
    return Row(cells, href=reverse("membership", args=[row.pk]))


def figures(counts: MemberCounts, *, under: int | None, day: date | None) -> list[Figure]:
    """Members, kept, attached, complete by real name; each figure opens its rows."""
    unit, n = say("人"), counts.members
    words = about(n, "人") if n >= WORDS_FROM else ""
    lacking = n - counts.real_name
    return [
        Figure(
            say("会员"), n, listed(under=under, day=day), unit=unit, wording=words, note=say("每人只计一次")
        ),
        Figure(say("保留会籍"), counts.retained, listed(under=under, state="retained", day=day), unit=unit),
        Figure(
            say("挂靠"), counts.affiliated, listed(under=under, state="affiliated", day=day),
            unit=say("人次"), note=say("会籍在别处，不计入会员"),
        ),
        Figure(say("实名缺项"), lacking, listed(under=under, lacks="any", day=day), unit=unit),
    ]  # fmt: skip


def facts_of(row: "Membership", *, actor: Actor, today: date) -> list[Fact]:
    """What is known of a membership; of the person only what the post may read."""
    may = actor.may(Word.NAMES, at=row.path) or actor.person_id == row.person_id
    person = reverse("person", args=[row.person_id]) if actor.may("people.read", at=row.path) else ""
    told: list[tuple[Said, object, str]] = [
        (say("姓名"), row.name if may else name_of(row, actor=actor), person),
        (say("性别"), say(SEXES[Sex(row.sex)]) if row.sex else "—", ""),
        (say("会员卡号"), card_number(row.person_id) if may else "—", ""),
        (UNION, row.union.name, reverse("organisation", args=[row.union_id])),
        (say("状态"), STATE_WORDS[state_of(row, today=today)], ""),
        (say("入会日期"), row.joined_on, ""),
        (say("本段会籍"), period(row), ""),
        (say("缘由"), BEGINNINGS[Begun(row.begun)], ""),
        (say("依据"), row.basis or "—", ""),
        (say("用人单位"), row.employer.name if row.employer else "—", ""),
        (say("实际用工单位"), row.workplace.name if row.workplace else "—", ""),
        (say("工会小组"), row.group.name if row.group else "—", ""),
        (say("新就业形态"), say(FORMS[Form(row.form)]) if row.form else "—", ""),
        (say("平台或车辆"), row.platform or "—", ""),
        (say("外来务工"), row.migrant, ""),
    ]
    if actor.may(Word.DUES, at=row.path) or actor.person_id == row.person_id:
        base = queries.fee_base_of(membership=row)
        told.append((say("会费基数"), Yuan(base) if base is not None else "—", ""))
    return [Fact(term, value, href) for term, value, href in told]


def period(row: "Membership") -> Said:
    """From when until when, and why it ended."""
    if row.until is None:
        return say("{since} 起", since=row.since)
    if not row.ended:
        return say("{since} 至 {until}（不含当日）", since=row.since, until=row.until)
    why = ENDINGS[Ended(row.ended)]
    return say("{since} 至 {until}（不含当日），{why}", since=row.since, until=row.until, why=why)


def own_facts(row: "Membership", *, actor: Actor, today: date) -> list[Fact]:
    """What a member reads of himself: only what there is, and the public page of his union."""
    union = reverse("public-organisation", args=[row.union_id])
    return [
        replace(one, href=union if one.term == UNION else "")
        for one in facts_of(row, actor=actor, today=today)
        if one.value != "—"
    ]


def history(rows: "Iterable[Membership]", *, today: date, own: bool = False) -> Table:
    """Every stretch of a person that the reader may see, newest first; the member himself has one page."""
    return Table(
        caption=say("会籍经过"),
        columns=[Column(word) for word in (say("工会"), say("期间"), say("缘由"), say("状态"))],
        rows=[
            Row(
                (row.union.name, period(row), BEGINNINGS[Begun(row.begun)], status_of(row, today=today)),
                href="" if own else reverse("membership", args=[row.pk]),
            )
            for row in rows
        ],
    )


def events_of(row: "Membership") -> list[Event]:
    """What the journal tells of a stretch, newest first."""
    lines = lines_of(kind=KIND, object_ids=[row.pk])
    who = authors_of(lines)
    return [
        Event(line.at, who.get(line.user_id, "—"), VERBS.get(line.verb, say("办理了一步")), line.reason)
        for line in lines
    ]


def splits(counts: MemberCounts, *, least: int, under: int | None) -> list[Table]:
    """The members by sex, age, home, form of work and industry; small cells are hidden (features 24)."""
    told = counts.splits(least=least)
    sexes = {"female": say("女"), "male": say("男"), "": say("未登记")}
    bands: dict[Any, Said] = {place: _band(low, high) for place, (low, high) in enumerate(BANDS)}
    forms: dict[Any, Said] = {form: say(word) for form, word in FORMS.items()}
    by_form = {form: {"form": str(form)} for form in FORMS}
    return [
        _split(say("按性别"), told["sex"], sexes, {sex: {"sex": sex} for sex in ("female", "male")}, under),
        _split(say("按年龄"), told["band"], {**bands, None: say("未登记出生日期")}, {}, under),
        _split(
            say("按是否外来务工"), told["migrant"], {True: say("外来务工"), False: say("本地")},
            {True: {"migrant": "yes"}, False: {"migrant": "no"}}, under,
        ),
        _split(say("按新就业形态"), told["form"], forms, by_form, under),
        _split(say("按行业门类"), told["industry"], {"": say("未登记行业")}, {}, under),
    ]  # fmt: skip


def _band(low: int, high: int) -> Said:
    if high >= BANDS[-1][1]:
        return say("{low} 岁及以上", low=low)
    return say("{low}–{high} 岁", low=low, high=high)


def _split(
    caption: Said,
    cells: Mapping[Any, int | None],
    labels: Mapping[Any, Said],
    filters: Mapping[Any, dict[str, str]],
    under: int | None,
) -> Table:
    rows = []
    for key, count in cells.items():
        if count == 0 and key in (None, ""):
            continue
        label = labels.get(key, say("{code} 门类", code=key))
        href = listed(under=under, **filters[key]) if key in filters and count is not None else ""
        rows.append(Row((label, Cell(say("已隐去") if count is None else count, href=href))))
    return Table(
        caption=caption,
        columns=(Column(say("分组")), Column(say("人数"), right=True)),
        rows=rows,
        note=say("人数太少的分组不显示，免得认出个人。") if None in cells.values() else "",
    )


def state_label(state: str) -> Said:
    """The word of a state of the list."""
    return STATE_WORDS[State(state)] if state in set(State) else STATE_WORDS[state]
