"""The journal at a million lines: record, seal, verify, beside a bare INSERT in the same run.

Builds a journal in a database of its own. Times are of this machine; the ratios travel. Prints the table and
writes docs/benchmarks/journal.md.
"""

import argparse
import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
sys.path.insert(0, str(ROOT / "src"))

import django  # noqa: E402

from niangjia.kernel import clock  # noqa: E402
from niangjia.project import instance, localpg  # noqa: E402

DATABASE = "bench_journal"
FILL = """
WITH n AS (SELECT g, uuid_send(gen_random_uuid()) AS salt,
  '{"after":{"headcount":' || g || '},"reason":"年度核对"}' AS body FROM generate_series(1, %s) AS g),
 line AS (INSERT INTO kernel_journalline (id, at, user_id, post_id, unit_id, verb, kind, object_id, digest)
  SELECT nextval(pg_get_serial_sequence('kernel_journalline', 'id')), now(), 1, 1, 1, 'edit_employer',
   'network.employer', g, sha256(salt || convert_to(body, 'UTF8')) FROM n RETURNING id, object_id)
INSERT INTO kernel_journalvalues (line_id, salt, body)
 SELECT line.id, n.salt, n.body FROM line JOIN n ON n.g = line.object_id
"""
BARE = """INSERT INTO bare (at, user_id, post_id, unit_id, verb, kind, object_id, body)
 VALUES (%s, 1, 1, 1, 'edit_employer', 'network.employer', %s, %s) RETURNING id"""
MAKE_BARE = """CREATE TABLE bare (id bigserial PRIMARY KEY, at timestamptz, user_id bigint, post_id bigint,
 unit_id bigint, verb text, kind text, object_id bigint, body text)"""


def member(name: str) -> Any:
    """A member of a module that needs Django."""
    module, _, found = name.rpartition(".")
    return getattr(__import__(module, fromlist=[found]), found)


@contextmanager
def own_database() -> Iterator[None]:
    """A database and a directory of files for this benchmark, removed afterwards."""
    home = instance.home()
    localpg.ensure(home)
    urls = localpg.create_database(home, DATABASE)
    outside = tempfile.mkdtemp(prefix="journal-", dir=home)
    os.environ.update(DATABASE_URL=urls.owner, DATABASE_WEB_URL=urls.web, NIANGJIA_JOURNAL_DIR=outside)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.project.settings.base"
    django.setup()
    try:
        member("django.core.management.call_command")("migrate", database="owner", verbosity=0)
        yield
    finally:
        member("django.db.connections").close_all()
        for name in ("DATABASE_URL", "DATABASE_WEB_URL"):
            del os.environ[name]
        localpg.drop_database(home, DATABASE)
        shutil.rmtree(outside)


def rate(call: Callable[[], int]) -> tuple[int, float, float]:
    """How many, how many a second, and how many a second of this program's own processor time."""
    began, busy = time.perf_counter(), time.process_time()
    count = call()
    return count, count / (time.perf_counter() - began), count / (time.process_time() - busy)


def recorded(how_many: int) -> tuple[float, float]:
    """Lines a second through `journal.record`, and bare INSERTs a second, in turns."""
    atomic, connection = member("django.db.transaction.atomic"), member("django.db.connection")
    journal, system = member("niangjia.kernel.journal.record"), member("niangjia.kernel.access.SYSTEM")
    with member("django.db.connections")["owner"].cursor() as cursor:
        cursor.execute(MAKE_BARE)
    at = clock.now()
    spent = {"bare": 0.0, "record": 0.0}
    for _ in range(10):
        for name in spent:
            began = time.perf_counter()
            with atomic(), connection.cursor() as cursor:
                for n in range(how_many // 10):
                    if name == "bare":
                        cursor.execute(BARE, [at, n, '{"after":{"headcount":1},"reason":"年度核对"}'])
                        cursor.fetchone()
                    else:
                        told = {"after": {"headcount": n}, "reason": "年度核对"}
                        journal(
                            "edit_employer", by=system, at=at, kind="network.employer", object_id=n, **told
                        )
            spent[name] += time.perf_counter() - began
    return how_many / spent["record"], how_many / spent["bare"]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    asked = parser.parse_args()
    with own_database():
        record, bare = recorded(10_000)
        fill = rate(lambda: filled(asked.lines))[1]
        sealed, seal, seal_cpu = rate(sealed_all)
        report = []
        count, verify, verify_cpu = rate(lambda: verified(report))
        proof = proved(sealed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = (
        ("a bare INSERT of one row, in transactions of 1,000", bare, ""),
        ("`journal.record`: line, values, salted digest", record, ""),
        ("lines and values set in SQL (to fill the table)", fill, ""),
        (f"seal {sealed:,} lines: leaves, nodes, signed heads, files", seal, f"{seal_cpu:,.0f}"),
        (f"`niangjia verify`: {count:,} lines, {report[0].heads} heads", verify, f"{verify_cpu:,.0f}"),
    )
    lines = [
        "# The journal",
        "",
        f"`python benchmarks/journal.py --lines {asked.lines}`; {platform.machine()}, Python",
        f"{platform.python_version()}; the machine had other work to do (load {os.getloadavg()[0]:.0f} on",
        f"{os.cpu_count()} cores), so the ratios to the bare INSERT of the same run are what travels.",
        "",
        "| what | a second | ratio | a second of its own CPU |",
        "|---|---|---|---|",
        *(f"| {what} | {speed:,.0f} | {speed / bare:.2f} | {cpu} |" for what, speed, cpu in rows),
        "",
        f"An inclusion proof among {sealed:,} leaves takes {1000 * proof:.1f} ms.",
        f"Peak memory of the whole run: {peak:,.0f} MB.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.lines >= 1_000_000:
        (ROOT / "docs" / "benchmarks" / "journal.md").write_text(text, encoding="utf-8")


def filled(how_many: int) -> int:
    """Many lines with their values."""
    with member("django.db.connections")["owner"].cursor() as cursor:
        for _ in range(max(1, how_many // 100_000)):
            cursor.execute(FILL, [min(how_many, 100_000)])
        cursor.execute("ANALYZE kernel_journalline, kernel_journalvalues")
    return how_many


def sealed_all() -> int:
    """Everything is sealed; how many leaves."""
    return int(member("niangjia.kernel.journal.sealing.seal")(at=clock.now())[-1].size)


def verified(report: list[Any]) -> int:
    """Everything is verified."""
    report.append(member("niangjia.kernel.journal.verifying.verify")())
    assert report[0].good
    return int(report[0].lines)


def proved(size: int) -> float:
    """Seconds for one inclusion proof from the database."""
    path, reader = (
        member("niangjia.kernel.journal.merkle.inclusion_path"),
        member("niangjia.kernel.journal.stored.reader"),
    )
    began = time.perf_counter()
    for n in range(50):
        path(n * (size // 50), size, reader("owner"))
    return (time.perf_counter() - began) / 50


if __name__ == "__main__":
    main()
