"""`niangjia worker`: carries out jobs; `serve` starts one of its own."""

import os
import sys
from typing import Annotated

import typer

from niangjia.project.cli import rooms
from niangjia.project.cli.voice import AsJson, Voice, t

HELP = t("执行后台任务（另开一台机器时使用）。", "Carry out jobs (for a machine of its own).")
Once = Annotated[bool, typer.Option("--once", help=t("做完现有任务即退出。", "Stop when no job is left."))]
LINE = (sys.executable, "-m", "django", "procrastinate", "worker", "--shutdown-graceful-timeout", "8")


def worker(*, once: Once = False, as_json: AsJson = False) -> None:
    """Become the job worker of procrastinate; signals go straight to it."""
    voice = Voice(as_json=as_json)
    rooms.open_house()
    voice.line("任务执行程序已启动，按 Ctrl-C 停止。", "The worker runs; Ctrl-C stops it.")
    voice.say_facts()
    os.execv(sys.executable, [*LINE, *(["--one-shot"] if once else [])])  # noqa: S606 - our own program
