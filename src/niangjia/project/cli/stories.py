"""`niangjia stories`: the page's figures, played on a database of their own and read back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from niangjia.project import instance, localpg
from niangjia.project.cli import rooms, tables
from niangjia.project.cli.voice import AsJson, Exit, Voice, t

HELP = t("演练验收故事，并与版面数字逐项核对。", "Play the acceptance stories and compare every figure.")
Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help=t("故事编号，如 B1 B2。", "Such as B1 B2."))
]
Inputs = Annotated[
    Path | None,
    typer.Option("--inputs", exists=True, file_okay=False, help=t("另一套起始数据。", "Other start data.")),
]
SHOWN = ("claim", "words", "page", "system", "wording", "verdict")
VERDICTS = {"matches": Exit.OK, "not built": Exit.NOT_BUILT, "differs": Exit.DIFFERS}


def stories(*, ids: Ids = None, inputs: Inputs = None, as_json: AsJson = False) -> None:
    """Exit 0 when all asked for come out, 3 when a part is not built yet, 1 when any figure differs."""
    voice = Voice(as_json=as_json)
    with voice.waiting("正在演练……", "playing …"), _own_database():
        play = rooms.door("niangjia.demo.stories.play")
        tables.migrate(voice)
        lines: list[Any] = list(play(ids=tuple(ids or ()), inputs=inputs))
    found = [_facts(line) for line in lines]
    voice.give(stories=found)
    voice.table(
        [
            t("项", "claim"), t("内容", "what"), t("版面", "page"), t("系统", "system"),
            t("系统的说法", "in words"), t("结论", "verdict"),
        ],
        [[str(line[key]) for key in SHOWN] for line in found],
    )  # fmt: skip
    for line in found:
        for row in line.get("listing", ()):
            voice.line(f"  {line['claim']}  {row}", f"  {line['claim']}  {row}")
    voice.end(_code([str(line["verdict"]) for line in found]))


@contextmanager
def _own_database() -> Iterator[None]:
    """An empty database for this run only; the settings read its address when they load."""
    home = instance.home()
    was_running = localpg.external() is not None or localpg.is_running(home)
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_WEB_URL")}
    localpg.ensure(home)
    name = f"stories_{os.getpid()}"
    urls = localpg.create_database(home, name)
    os.environ.update(DATABASE_URL=urls.owner, DATABASE_WEB_URL=urls.web)
    try:
        yield
    finally:
        for connection in rooms.connections().all():
            connection.close()
        for key, value in before.items():
            os.environ.pop(key, None)
            if value:
                os.environ[key] = value
        localpg.drop_database(home, name)
        if not was_running:
            localpg.stop(home)


def _facts(line: Any) -> dict[str, Any]:
    return dict(line) if isinstance(line, dict) else dict(line._asdict())


def _code(verdicts: list[str]) -> Exit:
    """The exit code of a list of verdicts: a difference outweighs what is not built.

    >>> _code(["matches", "not built"]), _code(["not built", "differs"]), _code(["matches"])
    (<Exit.NOT_BUILT: 3>, <Exit.DIFFERS: 1>, <Exit.OK: 0>)
    """
    found = {VERDICTS.get(verdict, Exit.DIFFERS) for verdict in verdicts}
    return next((code for code in (Exit.DIFFERS, Exit.NOT_BUILT) if code in found), Exit.OK)
