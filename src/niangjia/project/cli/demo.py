"""`niangjia demo`: the newspaper page as a living world."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from niangjia.project.cli import rooms, tables
from niangjia.project.cli.voice import AsJson, Voice, t

HELP = t("建立演示数据（人物均为虚构）。", "Build the demo world (all people are invented).")


class Size(StrEnum):
    """How much of the world is built."""

    SMALL = "small"
    FULL = "full"


Choice = Annotated[
    Size,
    typer.Option("--size", help=t("规模：small 或 full（宁波全量）。", "small, or full (all of Ningbo).")),
]


def demo(*, size: Choice = Size.SMALL, as_json: AsJson = False) -> None:
    """Build it through the public actions."""
    voice = Voice(as_json=as_json)
    build = rooms.door("niangjia.demo.actions.build_demo")
    tables.migrate(voice)
    tables.load_divisions(voice)
    voice.give(size=size.value, built=_build(build, size, voice), log_ins=log_ins())
    voice.line("✓ 演示数据已建立。", "✓ The demo world is built.")
    voice.end()


def build_if_empty(voice: Voice) -> None:
    """Build the small world on the first start; says so where that part is not built yet."""
    build = rooms.offered("niangjia.demo.actions.build_demo")
    is_built = rooms.offered("niangjia.demo.queries.is_built")
    if build is None:
        voice.line("演示数据尚未完成，先以空库启动。", "The demo world is not built yet; starting empty.")
    elif is_built is None or not is_built():
        _build(build, Size.SMALL, voice)


def log_ins() -> list[dict[str, Any]]:
    """One log-in per role, in the demo world only."""
    found = rooms.offered("niangjia.demo.queries.log_ins")
    return list(found()) if found else []


def world() -> str:
    """The size of the demo world that this database holds; empty for a real one."""
    found = rooms.offered("niangjia.demo.queries.size")
    return str(found() or "") if found else ""


def _build(build: Any, size: Size, voice: Voice) -> Any:
    with voice.steps("正在建立演示数据", "building the demo world") as by_progress:
        return build(size=size.value, by_progress=by_progress)
