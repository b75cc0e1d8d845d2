"""An establishment in the shapes of the page furniture; called where its rows may be read."""

from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.bodies.rules import POST_LABELS, PostKind
from niangjia.founding import rules
from niangjia.founding.rules import State
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.network.rules import KIND_LABELS, MODE_LABELS, Mode, OrgKind

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment


def facts_of(*, row: "UnionEstablishment") -> list[Fact]:
    """What is known of the union to be; of one that stands the link to its page."""
    who: Said | str = row.asked_unit.name if row.asked_unit else say("筹备人本人")
    told: list[Fact] = [
        Fact(say("拟建类别"), say(KIND_LABELS[OrgKind(row.kind)])),
        Fact(say("上级工会"), row.parent.name),
        Fact(say("申请方"), say("{unit}代为申请", unit=who) if row.asked_unit else who),
        Fact(say("职工数"), say("{n} 人", n=row.workers)),
        Fact(say("会员数"), say("{n} 人", n=row.members)),
        Fact(say("届期"), say("{n} 年", n=row.term_years)),
        Fact(say("单位联系电话"), row.phone or "—"),
        Fact(say("地址"), row.address or "—"),
    ]
    if row.mode:
        told.insert(1, Fact(say("统筹模式"), say(MODE_LABELS[Mode(row.mode)])))
    if row.words:
        told.append(Fact(say("建会理由"), row.words))
    return [*told, *_of_congress(row), *_of_approval(row)]


def _of_congress(row: "UnionEstablishment") -> list[Fact]:
    if row.congress_on is None:
        return []
    meeting = say(rules.MEETING_LABELS[rules.Meeting(row.meeting)])
    return [
        Fact(say("大会"), meeting),
        Fact(say("大会日期"), row.congress_on),
        Fact(say("应到人数"), say("{n} 人", n=row.entitled)),
        Fact(say("实到人数"), say("{n} 人", n=row.present)),
        Fact(say("委员名额"), say("{n} 人", n=row.seats)),
    ]


def _of_approval(row: "UnionEstablishment") -> list[Fact]:
    told = [Fact(say("批准筹备日"), row.prepared_on)] if row.prepared_on else []
    if row.organisation_id:
        href = reverse("public-organisation", args=[row.organisation_id])
        told += [Fact(say("批复文号"), row.reply_no), Fact(say("批复日期"), row.approved_on)]
        told += [Fact(say("成立的工会"), row.name, href)]
    if row.registered_on:
        told += [
            Fact(say("工会法人资格证号"), row.legal_person_no),
            Fact(say("工会法人统一社会信用代码"), row.uscc),
            Fact(say("登记日期"), row.registered_on),
        ]
    return told


def parts_of(*, row: "UnionEstablishment", asks: bool) -> list[Table]:
    """Employers, founding group, candidates, tellers; each line may be taken out while it may change."""
    edits = asks and row.state in rules.EDITABLE
    tables = [_employers(row, edits=edits), _group(row, edits=edits)]
    if row.state in {State.PREPARING, State.CONGRESS, State.RESULT, *rules.FOUNDED}:
        tables.append(_candidates(row, edits=asks and row.state == State.PREPARING))
    return [table for table in tables if table is not None]


def _out(road: str, *args: int, name: str) -> Cell:
    return Cell(say("删去“{name}”", name=name), href=reverse(road, args=args))


def _with_out(columns: list[Column], *, edits: bool) -> list[Column]:
    return [*columns, Column(say("办理"))] if edits else columns


def _employers(row: "UnionEstablishment", *, edits: bool) -> Table | None:
    if row.kind == OrgKind.FEDERATION:
        return None
    columns = [
        Column(say("单位名称")),
        Column(say("统一社会信用代码")),
        Column(say("职工数（人）"), right=True),
        Column(say("在册")),
    ]
    rows = [
        Row(
            [
                one.name,
                one.uscc or "—",
                one.headcount,
                say("已在册") if one.employer_id else say("批复时入册"),
                *([_out("drop-employer", row.pk, one.pk, name=one.name)] if edits else []),
            ]
        )
        for one in row.employers.order_by("pk")
    ]
    return Table(say("用人单位"), _with_out(columns, edits=edits), rows, empty=say("还没有添加用人单位。"))


def _group(row: "UnionEstablishment", *, edits: bool) -> Table:
    columns = [Column(say("姓名")), Column(say("工作岗位")), Column(say("分工"))]
    rows = [
        Row(
            [
                one.name,
                one.duty or "—",
                say("组长") if one.leads else say("成员"),
                *([_out("leave-founding-group", row.pk, one.pk, name=one.name)] if edits else []),
            ]
        )
        for one in row.group.order_by("-leads", "pk")
    ]
    return Table(say("筹备组"), _with_out(columns, edits=edits), rows, empty=say("还没有添加筹备组成员。"))


def _candidates(row: "UnionEstablishment", *, edits: bool) -> Table:
    columns = [
        Column(say("姓名")),
        Column(say("职务")),
        Column(say("专职")),
        Column(say("得票"), right=True),
        Column(say("结果")),
    ]
    rows = [
        Row(
            [
                one.name,
                say(POST_LABELS[PostKind(one.post)]),
                say("专职") if one.full_time else say("兼职"),
                "—" if one.votes is None else one.votes,
                _outcome(one.votes, elected=one.elected),
                *([_out("drop-candidate", row.pk, one.pk, name=one.name)] if edits else []),
            ]
        )
        for one in row.candidates.order_by("pk")
    ]
    tellers = [one.name for one in row.tellers.order_by("pk")]
    note = say("监票人：{names}", names="、".join(tellers)) if tellers else ""
    return Table(
        say("候选人"), _with_out(columns, edits=edits), rows, note=note, empty=say("还没有提名候选人。")
    )


def _outcome(votes: int | None, *, elected: bool) -> Cell | str:
    if votes is None:
        return "—"
    return Cell(say("当选"), status="done") if elected else Cell(say("未当选"), status="todo")
