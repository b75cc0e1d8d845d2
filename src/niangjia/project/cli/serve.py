"""`niangjia serve`: the whole platform with one command."""

import fcntl
import http.client
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from niangjia.project import instance, localpg
from niangjia.project.cli import prepared, rooms, supervise, tables, worker
from niangjia.project.cli.demo import build_if_empty, log_ins, world
from niangjia.project.cli.voice import AsJson, Voice, t
from niangjia.project.trouble import Trouble

HELP = t(
    "启动平台：数据库、网页、后台任务；Ctrl-C 全部停止。",
    "Start the platform: database, web, jobs; Ctrl-C stops all.",
)
LAST_PORT = 32767  # above it the system hands ports out to anybody
HOPELESS = 5
WORKER_PAUSE = 50  # ticks: the page comes first, jobs may wait ten seconds

Host = Annotated[
    str, typer.Option("--host", envvar="NIANGJIA_HOST", help=t("监听地址。", "Address to listen on."))
]
Port = Annotated[
    int, typer.Option("--port", envvar="NIANGJIA_PORT", min=1, max=LAST_PORT, help=t("端口。", "Port."))
]
Demo = Annotated[
    bool, typer.Option("--demo", help=t("数据库为空时建立演示数据。", "Build the demo world if empty."))
]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help=t("网页进程数。", "Web processes."))]
Threads = Annotated[
    int, typer.Option("--threads", min=1, max=64, help=t("每进程线程数。", "Threads in each."))
]


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    demo: Demo = False,
    workers: Workers = 2,
    threads: Threads = 4,
    as_json: AsJson = False,
) -> None:
    """Prepare, start, watch, stop."""
    voice = Voice(as_json=as_json)
    home = instance.home()
    rooms.name_house()
    with _only_one(home) as state:
        voice.give(**_prepare(voice, demo=demo))
        os.environ["NIANGJIA_DEMO_WORLD"] = str(voice.facts["world"])
        chosen = _free_port(host, port, voice)
        children = [
            supervise.Child("web", _web(host, chosen, workers, threads)),
            supervise.Child("worker", worker.LINE, pause=WORKER_PAUSE),
        ]
        watcher = supervise.Supervisor(
            children, also=lambda: _mind_database(home), on_death=_told(voice, children)
        )
        try:
            _run(watcher, voice, state, (host, chosen))
        finally:
            watcher.stop()
            localpg.stop(home)  # does nothing to an external server
        voice.line("已全部停止。", "All stopped.")


def _prepare(voice: Voice, *, demo: bool) -> dict[str, Any]:
    """Database, tables, page resources, demo world; the facts to announce."""
    facts = prepared.known(demo=demo)
    with voice.waiting("正在启动数据库……", "starting the database …"):
        if facts is not None:
            localpg.ensure(instance.home())
            return facts
        rooms.open_house()
    tables.migrate(voice)
    tables.load_divisions(voice)
    tables.collect_static(voice)
    if demo:
        build_if_empty(voice)
    facts = {"log_ins": log_ins(), "world": world()}
    for connection in rooms.connections().all():
        connection.close()
    prepared.remember(facts, demo=demo)
    return facts


def _run(watcher: supervise.Supervisor, voice: Voice, state: Path, where: tuple[str, int]) -> None:
    watcher.start()
    state.write_text(
        json.dumps({"pid": os.getpid(), "port": where[1], "groups": watcher.groups()}), encoding="ascii"
    )
    known = watcher.groups()
    if watcher.watch(lambda: _answers(*where)):
        _announce(voice, where)
        watcher.children[-1].pause = 0

    def remember() -> bool:
        nonlocal known
        if watcher.groups() != known:
            known = watcher.groups()
            state.write_text(
                json.dumps({"pid": os.getpid(), "port": where[1], "groups": known}), encoding="ascii"
            )
        return False

    watcher.watch(remember)


def _announce(voice: Voice, where: tuple[str, int]) -> None:
    shown = "localhost" if where[0] in ("127.0.0.1", "localhost", "0.0.0.0", "::") else where[0]  # noqa: S104 - shown
    url = f"http://{shown}:{where[1]}"
    entries = voice.facts["log_ins"]
    voice.give(url=url, pid=os.getpid())
    voice.say_facts()
    voice.line(f"\n  娘家已打开：{url}\n", f"\n  Niangjia is open: {url}\n")
    if entries:
        voice.line("  演示账号（仅限演示数据）：", "  Demo log-ins (demo world only):")
        _show(voice, entries)
    voice.line("  按 Ctrl-C 停止。", "  Ctrl-C stops it.")


def _show(voice: Voice, entries: list[dict[str, Any]]) -> None:
    """Each log-in on one line of eighty columns: what is to be copied must not be broken."""
    heads = {
        "username": t("账号", "Log-in"),
        "password": t("密码", "Password"),
        "totp": t("动态口令密钥", "TOTP key"),
        "where": t("岗位", "Post"),
    }
    voice.table([*heads.values()], [[str(entry[key]) for key in heads] for entry in entries])


def _told(voice: Voice, children: list[supervise.Child]) -> Any:
    def on_death(child: supervise.Child) -> None:
        voice.err.print(
            t(f"{child.name} 意外停止，正在重新启动。", f"{child.name} stopped; starting it again.")
        )
        if all(other.deaths >= HOPELESS for other in children) or (
            child.name == "web" and child.deaths >= HOPELESS
        ):
            raise Trouble(
                zh="网页进程一再停止，请看上面的原因，或运行 niangjia doctor。",
                en="The web process keeps stopping. See the reason above, or run niangjia doctor.",
            )

    return on_death


def _mind_database(home: Path) -> None:
    """Bring our own PostgreSQL back when it was killed; acknowledged rows are safe in its log."""
    if localpg.external() is None and not localpg.is_running(home):
        localpg.ensure(home)


@contextmanager
def _only_one(home: Path) -> Iterator[Path]:
    """One `serve` for each instance; what a killed one left behind is ended first."""
    state = home / "serve.json"
    with (home / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            port = json.loads(state.read_text(encoding="ascii")).get("port") if state.exists() else "?"
            raise Trouble(
                zh=f"平台已在运行：http://localhost:{port}。请先停止它，或用 NIANGJIA_HOME 指定另一个实例。",
                en=f"Already running at http://localhost:{port}. Stop it, or name another NIANGJIA_HOME.",
            ) from error
        if state.exists():
            supervise.sweep(json.loads(state.read_text(encoding="ascii") or "{}").get("groups", []))
        yield state
        state.unlink(missing_ok=True)


def _free_port(host: str, wanted: int, voice: Voice) -> int:
    for port in range(wanted, LAST_PORT + 1):
        if _is_free(host, port):
            if port != wanted:
                voice.line(f"端口 {wanted} 已被占用，改用 {port}。", f"Port {wanted} is taken; using {port}.")
            return port
    raise Trouble(zh="没有空闲端口。", en="No port is free.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(
                zh=f"无权使用端口 {port}，请选 1024 以上的端口。",
                en=f"Port {port} needs root; choose one above 1024.",
            ) from error
        except socket.gaierror as error:
            raise Trouble(zh=f"地址 {host} 无效。", en=f"Address {host} is not valid.") from error
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_loop(host), port, timeout=2)
    try:
        connection.request("GET", "/livez", headers={"Host": "localhost"})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _loop(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared


def _web(host: str, port: int, workers: int, threads: int) -> list[str]:
    line = [
        sys.executable,
        "-m",
        "granian",
        "niangjia.project.wsgi:application",
        "--interface",
        "wsgi",
        "--no-ws",
    ]
    numbers = ["--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    # Granian starts a dead worker again itself; it says little, our own log is the JSON one.
    return [*line, "--host", host, *numbers, "--respawn-failed-workers", "--log-level", "warning"]
