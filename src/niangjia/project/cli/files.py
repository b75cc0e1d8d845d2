"""`niangjia import`, `export`, `trace`: files in and out for whoever sits at the server."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext

from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Exit, Voice, t
from niangjia.project.trouble import Trouble

IMPORT_HELP = t(
    "导入文件：先检查，加 --commit 才入册。", "Import a file: checked first, entered only with --commit."
)
EXPORT_HELP = t("导出名单到文件，带导出人标记。", "Export a list to a file, marked with its exporter.")
TRACE_HELP = t("外泄的名单是谁导出的。", "Who exported a list that leaked.")
Kind = Annotated[
    str, typer.Argument(metavar="KIND", help=t("种类，如 employers。", "Kind, such as employers."))
]
Unit = Annotated[
    int | None, typer.Option("--unit", help=t("登记在哪个组织名下（编号）。", "The unit it stands under."))
]
Existing = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]


def import_file(
    *,
    kind: Kind,
    file: Existing,
    unit: Unit = None,
    commit: Annotated[bool, typer.Option("--commit/--dry-run", help=t("入册。", "Enter it."))] = False,
    again: Annotated[
        bool, typer.Option("--again", help=t("传过也再查一次。", "Though sent before."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The file is checked; with --commit every row that can be entered is. 1 if some rows cannot."""
    voice, actions = Voice(as_json=as_json), rooms.room("niangjia.exchange.actions")
    arrival = actions.Arrival(file.name, file.read_bytes(), again)
    told = {"kind": kind, "arrival": arrival, "unit_id": _unit(unit)}
    row = _act(actions.receive_file, **told, defer=False)
    _carry(voice, row.pk, t("正在检查", "Checking"))
    row = _batch(row.pk)
    if commit and row.state == "checked" and row.counts.keys() & {"new", "update"}:
        _act(actions.begin_commit, batch_id=row.pk, which=actions.ALL, defer=False)
        _carry(voice, row.pk, t("正在入册", "Entering"))
        row = _batch(row.pk)
    _tell(voice, row)


def _tell(voice: Voice, row: Any) -> None:
    """What came of the file, and the exit code that says so."""
    verdicts = rooms.room("niangjia.exchange.rules.verdicts")
    words = rooms.room("niangjia.kernel.saying").said_from_json
    trouble = [words(one).render(gettext) for one in row.trouble]
    voice.give(batch=row.pk, state=row.state, rows=row.rows_read, counts=row.counts, fates=row.fates)
    voice.give(sha256=row.sha256, root=row.digest, trouble=trouble)
    labels = verdicts.VERDICT_LABELS
    lines = [[labels[one].render(gettext), f"{row.counts[one]:,}"] for one in labels if row.counts.get(one)]
    lines += [
        [label.render(gettext), f"{row.fates[fate]:,}"]
        for fate, label in verdicts.FATE_LABELS.items()
        if row.fates.get(fate)
    ]
    voice.table([t("结果", "Result"), t("行数", "Rows")], lines)
    for one in trouble:
        voice.line(one, one)
    bad = row.state not in {"checked", "committed"} or row.counts.keys() & {"error", "conflict"}
    voice.end(Exit.DIFFERS if bad or row.fates.get("refused") else Exit.OK)


def export_list(
    *,
    kind: Kind,
    to: Annotated[Path, typer.Option("--to", help=t("写到哪个文件（.xlsx 或 .csv）。", "Where to."))],
    purpose: Annotated[str, typer.Option("--purpose", help=t("用途。", "What for."))] = "",
    where: Annotated[
        list[str] | None, typer.Option("--where", help=t("筛选，如 kind=enterprise。", "A filter."))
    ] = None,
    unit: Unit = None,
    as_json: AsJson = False,
) -> None:
    """The list as its page shows it; a large one of persons waits for a second person in the pages."""
    voice, actions = Voice(as_json=as_json), rooms.room("niangjia.exchange.actions")
    asked = dict(one.split("=", 1) for one in where or () if "=" in one)
    wish = actions.Wish(kind, asked, to.suffix.lstrip(".").lower(), purpose)
    row = _act(actions.ask_for_list, wish=wish, unit_id=_unit(unit))
    if row.state == "running":
        actions.run_leaving(number=row.pk, now=rooms.room("niangjia.kernel.clock").now)
    voice.give(export=row.pk, rows=row.rows)
    if row.state == "asked":
        voice.line("须由另一位负责人在页面上批准。", "A second person must agree in the pages.")
        voice.end(Exit.REFUSED)
    _, content = _act(actions.fetch_list, leaving_id=row.pk)
    to.touch(mode=0o600)
    to.write_bytes(content)
    voice.line(f"已写入 {to}，{row.rows:,} 行。", f"{row.rows:,} rows written to {to}.")
    voice.end()


def trace(*, file: Existing, as_json: AsJson = False) -> None:
    """The exports whose invisible marks a file bears; 1 if it bears none that is known."""
    voice, reading = Voice(as_json=as_json), rooms.room("niangjia.kernel.sheets.reading")
    content = file.read_bytes()
    with reading.open_rows(content, reading.probe(content)) as sheet:
        texts = [cell for row in sheet.rows for cell in row.cells if isinstance(cell, str)]
    queries, access = rooms.room("niangjia.exchange.queries"), rooms.room("niangjia.kernel.access")
    found = _act(lambda **_: queries.exporters_of(texts=texts, scope=access.EVERYWHERE))
    lines = [
        [str(one.leaving_id), one.who, one.unit, f"{one.at:%Y-%m-%d %H:%M}", one.purpose, f"{one.share:.0%}"]
        for one in found
    ]
    heads = ["编号", "导出人", "组织", "时间", "用途", "相符"]
    voice.give(found=[dict(zip(heads, line, strict=True)) for line in lines])
    if lines:
        voice.table(heads, lines)
        voice.end()
    voice.line(
        "没有认出暗记：行数不足 12，或者不是从这里导出的。", "No mark: fewer than 12 rows, or not from here."
    )
    voice.end(Exit.DIFFERS)


def _act(action: Any, **told: Any) -> Any:
    """One action by the system, everywhere."""
    access, clock = rooms.room("niangjia.kernel.access"), rooms.room("niangjia.kernel.clock")
    with rooms.room("django.db.transaction").atomic():
        rooms.door("niangjia.kernel.scoping.enter_scope")(access.EVERYWHERE)
        return action(**told, by=access.SYSTEM, at=clock.now())


def _carry(voice: Voice, number: int, words: str) -> None:
    run, clock = rooms.door("niangjia.exchange.actions.run_batch"), rooms.room("niangjia.kernel.clock")
    with voice.steps(words, words) as tell:
        run(number=number, now=clock.now, progress=lambda done: tell(done, 0))


def _batch(number: int) -> Any:
    query, access = (
        rooms.door("niangjia.exchange.queries.batch_in_scope"),
        rooms.room("niangjia.kernel.access"),
    )
    return _act(lambda **_: query(batch_id=number, scope=access.EVERYWHERE))


def _unit(unit: int | None) -> int:
    """The unit told, or the topmost one."""
    if unit is not None:
        return unit
    tops, clock = rooms.door("niangjia.tree.queries.units_right_below"), rooms.room("niangjia.kernel.clock")
    found = _act(lambda **_: tops(unit_id=None, day=clock.today(), limit=1))
    if not found:
        raise Trouble(
            zh="还没有工会。请先运行 niangjia init --union。", en="No union yet: run niangjia init --union."
        )
    return int(found[0].pk)
