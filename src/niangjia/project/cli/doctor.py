"""`niangjia doctor`: what is well, what is not, and what to do about it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from niangjia.project import localpg
from niangjia.project.cli import checkup, checkup_database, rooms
from niangjia.project.cli.checkup import Check
from niangjia.project.cli.voice import AsJson, Exit, Voice, t
from niangjia.project.trouble import Trouble

HELP = t(
    "检查本机与数据库，并逐项给出处理办法。",
    "Check the machine and the database; every finding names its remedy.",
)
MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}
Port = Annotated[
    int, typer.Option("--port", envvar="NIANGJIA_PORT", help=t("要检查的端口。", "The port to look at."))
]


def doctor(*, port: Port = 8000, as_json: AsJson = False) -> None:
    """Exit 0 when nothing fails (warnings allowed), 4 otherwise."""
    voice = Voice(as_json=as_json)
    with voice.waiting("正在检查……", "looking …"):
        found = [
            *checkup.is_root(),
            *checkup.machine(port),
            *checkup.keys(),
            *checkup.ring(),
            *checkup.programs(),
            *_database(),
        ]
    voice.give(checks=[check.as_dict() for check in found])
    for check in found:
        remedy = f"\n    → {check.fix}" if check.fix else ""
        line = f"{MARKS[check.state]} {check.name}: {check.found}{remedy}"
        voice.line(line, line)
    bad = [check for check in found if check.state == "fail"]
    if bad:
        voice.line(f"有 {len(bad)} 项需要处理。", f"{len(bad)} finding(s) need attention.")
        voice.end(Exit.ENVIRONMENT)
    voice.line("可以运行。", "Fit to run.")
    voice.end()


def _database() -> Iterator[Check]:
    try:
        urls = rooms.open_house()
    except Trouble as error:
        yield Check(t("数据库", "database"), "fail", "-", t(error.zh, error.en))
        return
    where = t("外部数据库", "external") if localpg.external() else t("自带数据库", "our own")
    yield Check(t("数据库", "database"), "ok", where)
    yield from checkup_database.database(urls)
    yield from checkup_database.migrations()
