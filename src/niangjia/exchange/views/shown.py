"""Files in and out in the shapes of the page furniture."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from niangjia.exchange import queries
from niangjia.exchange.models import Batch, Leaving
from niangjia.exchange.permissions import Word
from niangjia.exchange.queries import ShownRow
from niangjia.exchange.rules.kinds import ExportKind, ImportKind
from niangjia.exchange.rules.verdicts import (
    ENTERS,
    FATE_LABELS,
    LEAVE_LABELS,
    LEAVE_SHAPES,
    RUNNING,
    STATE_LABELS,
    STATE_SHAPES,
    VERDICT_LABELS,
    VERDICT_SHAPES,
    Fate,
    Leave,
    State,
    Verdict,
)
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.forms import FormPage
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Figure, Pager, Row, Stage, Tab, Table
from niangjia.kernel.sheets.headers import letters
from niangjia.kernel.words import Said, listed, say

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SHOWN_COLUMNS = 6
MANY = 500


def attached(content: bytes, name: str) -> HttpResponse:
    """A file to be saved, never opened in the page."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def tabs(here: str, actor: Actor) -> list[Tab]:
    """In and out as neighbours, as far as the actor may go."""
    told = (("imports", say("导入"), Word.IMPORT), ("exports", say("导出"), Word.EXPORT))
    return [Tab(label, reverse(name), name == here) for name, label, word in told if actor.may(word)]


def offers(actor: Actor) -> list[Act]:
    """What the actor may send."""
    kinds = [kind for kind in queries.import_kinds().values() if actor.may(kind.word)]
    return [
        Act(say("导入{title}", title=kind.title), reverse("send-file", args=[kind.key]), "upload", "primary")
        for kind in kinds
    ]


def batches(rows: Iterable[Batch]) -> Table:
    """Batches: file, who, when, how many rows, where it stands."""
    words = (say("文件"), say("种类"), say("经办人"), say("上传时间"), say("行数"), say("状态"))
    empty = say("还没有导入过。请先下载模板，填好再上传。")
    lines = [
        Row(
            (row.file_name, _title(row), row.who, row.created_at, row.rows_read, _cell_of(row)),
            href=reverse("import", args=[row.pk]),
        )
        for row in rows
    ]
    return Table(say("导入批次"), [Column(word) for word in words], lines, empty=empty)


def leavings(rows: Iterable[Leaving]) -> Table:
    """Lists that went out: which, who, when, what for, how many rows, where it stands."""
    words = (say("名单"), say("申请人"), say("申请时间"), say("用途"), say("行数"), say("状态"))
    empty = say("还没有导出过。请在名册页面筛选好，再点“导出”。")
    lines = [
        Row(
            (_title(row), row.who, row.created_at, row.purpose or "—", row.rows, _cell_of(row)),
            href=reverse("export", args=[row.pk]),
        )
        for row in rows
    ]
    return Table(say("导出记录"), [Column(word) for word in words], lines, empty=empty)


def _title(row: Batch | Leaving) -> Said | str:
    kinds = queries.import_kinds() if isinstance(row, Batch) else queries.export_kinds()
    return kinds[row.kind].title if row.kind in kinds else row.kind


def _cell_of(row: Batch | Leaving) -> Cell:
    """Where a batch or a list stands."""
    if isinstance(row, Batch):
        return Cell(STATE_LABELS[State(row.state)], status=STATE_SHAPES[State(row.state)])
    return Cell(LEAVE_LABELS[Leave(row.state)], status=LEAVE_SHAPES[Leave(row.state)])


def _crumbs(row: Batch, here: Said | None = None) -> list[Crumb]:
    way = [Crumb(say("导入"), reverse("imports"))]
    if here is None:
        return [*way, Crumb(row.file_name)]
    return [*way, Crumb(row.file_name, reverse("import", args=[row.pk])), Crumb(here)]


def send_page(kind: ImportKind) -> FormPage:
    """The page on which a file is sent."""
    title = say("导入{title}", title=kind.title)
    crumbs = [Crumb(say("导入"), reverse("imports")), Crumb(title)]
    return FormPage(title, say("上传并检查"), crumbs, reverse(kind.back), kind.note or "")


def send_hint(kind: ImportKind, words: object) -> str:
    """What may be sent, and the template to fill in."""
    here, label = reverse("import-template", args=[kind.key]), gettext("下载模板（带下拉选项和填写说明）")
    return format_html('{} <a class="link-nj" href="{}">{}</a>', words, here, label)


def batch_page(row: Batch, *, actor: Actor) -> dict[str, Any]:
    """Everything the page of a batch shows."""
    return {
        "row": row,
        "title": row.file_name,
        "subtitle": _title(row),
        "crumbs": _crumbs(row),
        "stages": _stages(row),
        "figures": _figures(row),
        "trouble": [said_from_json(words) for words in row.trouble],
        "facts": known_of(row),
        "acts": _acts(row, actor),
        "running": row.state in RUNNING,
        "here": reverse("import", args=[row.pk]),
        "done": row.rows_read if row.state == State.CHECKING else row.rows_done,
        "total": None if row.state == State.CHECKING else _to_do(row),
        "label": STATE_LABELS[State(row.state)],
    }


def _to_do(row: Batch) -> int:
    if row.state == State.UNDOING:
        return sum(int(row.fates.get(fate, 0)) for fate in (Fate.ENTERED, Fate.KEPT, Fate.UNDONE))
    return sum(int(row.counts.get(verdict, 0)) for verdict in ENTERS)


def _stages(row: Batch) -> list[Stage]:
    checked = row.checked_at is not None
    entered = row.committed_at is not None
    steps = [
        Stage(say("上传"), "done"),
        Stage(say("检查"), "done" if checked else "now"),
        Stage(say("入册"), "done" if entered else "now" if checked else "todo"),
        Stage(say("报告"), "done" if entered else "todo"),
    ]
    return (
        [*steps, Stage(say("撤回"), "now" if row.state == State.UNDOING else "done")] if row.reason else steps
    )


def _figures(row: Batch) -> list[Figure]:
    """The verdicts, each opening its rows; after the commit also what became of them."""
    here = reverse("import-rows", args=[row.pk])
    told = [
        Figure(label, row.counts[verdict], f"{here}?{urlencode({'verdict': verdict})}", unit=say("行"))
        for verdict, label in VERDICT_LABELS.items()
        if row.counts.get(verdict)
    ]
    return told + [
        Figure(label, row.fates[fate], f"{here}?{urlencode({'fate': fate})}", unit=say("行"))
        for fate, label in FATE_LABELS.items()
        if row.fates.get(fate)
    ]


def _acts(row: Batch, actor: Actor) -> list[Act]:
    kind = queries.import_kinds().get(row.kind)
    if kind is None or not actor.may(kind.word) or row.state in RUNNING:
        return []
    acts = []
    if row.state in {State.CHECKED, State.HALTED} and _to_do(row):
        acts.append(Act(say("入册"), reverse("commit-import", args=[row.pk]), "circle-check", "primary"))
    if row.checked_at is not None:
        acts.append(Act(say("核对报告"), reverse("import-report", args=[row.pk]), "file-text"))
        if row.file_id is not None and _bad(row):
            acts.append(Act(say("下载未入册的行"), reverse("import-errors", args=[row.pk]), "download"))
    if row.fates.get(Fate.ENTERED) or row.fates.get(Fate.KEPT):
        acts.append(Act(say("撤回整批"), reverse("undo-import", args=[row.pk]), "x"))
    if row.state == State.UNREADABLE:
        acts.append(Act(say("另传一个文件"), reverse("send-file", args=[row.kind]), "upload", "primary"))
    return acts


def _bad(row: Batch) -> int:
    bad = (Verdict.ERROR, Verdict.CONFLICT, Verdict.DUPLICATE)
    return sum(int(row.counts.get(verdict, 0)) for verdict in bad) + int(row.fates.get(Fate.REFUSED, 0))


def known_of(row: Batch) -> list[Fact]:
    """What is known of a batch."""
    told: list[tuple[Said, object]] = [
        (say("文件"), row.file_name),
        (say("经办"), f"{row.who} · {row.unit.name}"),
        (say("上传时间"), row.created_at),
        (say("读出行数"), row.rows_read),
        (say("文件指纹（SHA-256）"), row.sha256),
    ]
    unknown = row.header.get("unknown") or []
    told += [(say("没有用到的列"), "、".join(unknown))] if unknown else []
    told += [(say("入册时间"), row.committed_at)] if row.committed_at else []
    told += [(say("撤回事由"), row.reason)] if row.reason else []
    return [Fact(term, value) for term, value in told]


def rows_page(row: Batch, opened: Sequence[ShownRow], pager: Pager, asked: QueryDict) -> dict[str, Any]:
    """The rows of a batch: place, what stands there, verdict, reasons with the cell, changes."""
    kind = queries.import_kind(key=row.kind)
    labels = {column.name: column.label for column in kind.columns}
    places = row.header.get("places", {})
    first = [column for column in kind.columns if column.name in places][:SHOWN_COLUMNS]
    may_choose = row.state in {State.CHECKED, State.HALTED}
    return {
        "row": row,
        "title": say("第 {n} 批的明细", n=row.pk),
        "crumbs": _crumbs(row, say("明细")),
        "tabs": _row_tabs(row, asked),
        "heads": [column.label for column in first],
        "lines": [
            _line(one, [column.name for column in first], labels, places, may_choose) for one in opened
        ],
        "pager": pager,
        "may_choose": may_choose and any(one.row.verdict in ENTERS for one in opened),
    }


def _row_tabs(row: Batch, asked: QueryDict) -> list[Tab]:
    here = reverse("import-rows", args=[row.pk])
    every = Tab(say("全部"), here, not asked.get("verdict") and not asked.get("fate"), row.rows_read)
    return [every] + [
        Tab(label, f"{here}?verdict={verdict}", asked.get("verdict") == verdict, row.counts[verdict])
        for verdict, label in VERDICT_LABELS.items()
        if row.counts.get(verdict)
    ]


def _line(
    one: ShownRow,
    names: Sequence[str],
    labels: Mapping[str, Said],
    places: Mapping[str, int],
    may_choose: bool,  # noqa: FBT001 - private
) -> dict[str, Any]:
    verdict = Verdict(one.row.verdict)
    reasons = [_placed(words, name, labels, places, one.row.number) for words, name in one.problems]
    changes = [
        say("{label}：{was} → {now}", label=labels[name], was=was if was not in (None, "") else "—", now=now)
        for name, (was, now) in one.changes.items()
    ]
    return {
        "number": one.row.number,
        "cells": [(labels[name], _cell(one, name, places)) for name in names],
        "verdict": VERDICT_LABELS[verdict],
        "shape": VERDICT_SHAPES[verdict],
        "reasons": [*reasons, *changes, *([one.words] if one.words else [])],
        "fate": FATE_LABELS[Fate(one.row.fate)] if one.row.fate != Fate.WAITING else "",
        "may_choose": may_choose and verdict in ENTERS and one.row.fate == Fate.WAITING,
        "is_chosen": one.row.is_chosen,
    }


def _cell(one: ShownRow, name: str, places: Mapping[str, int]) -> object:
    cell = one.cells[places[name]] if places[name] < len(one.cells) else None
    return cell.get("day", "…") if isinstance(cell, dict) else cell


def _placed(
    words: Said, name: str, labels: Mapping[str, Said], places: Mapping[str, int], number: int
) -> Said:
    if name not in places:
        return words
    return say(
        "{cell} {label}：{words}", cell=f"{letters(places[name])}{number}", label=labels[name], words=words
    )


def numbers_in(posted: QueryDict) -> dict[str, list[int]]:
    """The rows shown and those chosen, as the page sends them."""
    told = {name: posted.getlist(name)[:MANY] for name in ("shown", "chosen")}
    if not all(value.isascii() and value.isdigit() and len(value) < 10 for value in sum(told.values(), [])):  # noqa: PLR2004, RUF017
        raise BadInput(say("选中的行无法识别。请回到明细重新选。"), field="chosen")
    return {name: [int(value) for value in values] for name, values in told.items()}


def report_page(row: Batch, *, fates: Mapping[str, int]) -> dict[str, Any]:
    """The reconciliation of a file, as it is printed."""
    return {
        "row": row,
        "title": say("导入核对报告"),
        "crumbs": _crumbs(row, say("报告")),
        "facts": [*known_of(row), Fact(say("内容指纹"), row.digest or "—"), Fact(say("批次"), str(row.pk))],
        "table": _reconciled(row, fates),
    }


def _reconciled(row: Batch, fates: Mapping[str, int]) -> Table:
    """Every row that came in stands in exactly one line."""
    counts = {verdict: row.counts.get(verdict, 0) for verdict in Verdict}
    fate = {one: (fates or row.fates).get(one, 0) for one in Fate}
    entered = fate[Fate.ENTERED] + fate[Fate.KEPT]
    enters = counts[Verdict.NEW] + counts[Verdict.UPDATE]
    lines = [
        (say("已入册"), entered),
        (say("已撤回"), fate[Fate.UNDONE]),
        (say("没有变化，不用入册"), counts[Verdict.UNCHANGED]),
        (say("文件内重复"), counts[Verdict.DUPLICATE]),
        (say("冲突"), counts[Verdict.CONFLICT]),
        (say("有误"), counts[Verdict.ERROR]),
        (say("入册时未通过"), fate[Fate.REFUSED]),
        (say("可以入册而未入册"), enters - entered - fate[Fate.UNDONE] - fate[Fate.REFUSED]),
    ]
    columns = (Column(say("去向")), Column(say("行数"), right=True))
    return Table(
        say("逐行核对"), columns, [Row(line) for line in lines], foot=(say("文件行数"), row.rows_read)
    )


def wish_page(kind: ExportKind, total: int, back: str) -> FormPage:
    """The page on which a list is asked for."""
    title = say("导出{title}", title=kind.title)
    known = [
        Fact(say("行数"), say("{n} 行", n=total), back),
        Fact(say("列"), listed([column.label for column in kind.columns])),
        Fact(say("含个人信息"), kind.is_personal),
    ]
    crumbs = [Crumb(kind.title, back), Crumb(title)]
    return FormPage(title, say("生成文件"), crumbs, back, known=known)


def leaving_page(row: Leaving, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the page of a list that went out shows."""
    return {
        "row": row,
        "title": say("导出{title}", title=_title(row)),
        "crumbs": [Crumb(say("导出"), reverse("exports")), Crumb(say("第 {n} 号", n=row.pk))],
        "facts": _facts_of(row),
        "acts": _acts_on(row, actor, now),
        "state": _cell_of(row),
        "waiting": row.state == Leave.ASKED,
        "own": row.user_id == actor.user_id,
        "trouble": [said_from_json(words) for words in row.trouble],
        "running": row.state == Leave.RUNNING,
        "here": reverse("export", args=[row.pk]),
        "done": 0,
        "total": None,
        "label": LEAVE_LABELS[Leave(row.state)],
    }


def _acts_on(row: Leaving, actor: Actor, now: datetime) -> list[Act]:
    own, ready = row.user_id == actor.user_id, row.state == Leave.READY
    acts = []
    if own and ready and row.file is not None and row.file.expires_at > now:
        acts.append(Act(say("下载文件"), reverse("fetch-list", args=[row.pk]), "download", "primary"))
    if row.state == Leave.ASKED and not own and actor.may(Word.APPROVE, at=row.path):
        acts.append(
            Act(say("批准或不批准"), reverse("decide-on-list", args=[row.pk]), "circle-check", "primary")
        )
    return acts


def _facts_of(row: Leaving) -> list[Fact]:
    told: list[tuple[Said, object]] = [
        (say("申请人"), f"{row.who} · {row.unit.name}"),
        (say("申请时间"), row.created_at),
        (say("用途"), row.purpose or "—"),
        (say("行数"), row.rows),
        (say("含个人信息"), row.is_personal),
    ]
    if row.decider:
        told += [(say("批准人"), row.decider), (say("意见"), row.decision or "—")]
    if row.file is not None and row.state == Leave.READY:
        told += [(say("文件保存到"), row.file.expires_at), (say("下载次数"), row.downloads)]
    return [Fact(term, value) for term, value in told]
