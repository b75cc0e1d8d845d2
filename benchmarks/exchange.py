"""80,000 employers by file: seconds, rows a second, memory, beside bare COPY and openpyxl in the same run.

    NIANGJIA_HOME=… python benchmarks/exchange.py

Works in a database of its own in the embedded server, which it makes and removes; every chunk commits, as in
life. Writes docs/benchmarks/exchange.md. Seconds are of this machine, only ratios travel.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.project.settings.test"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from tests.exchange.files import code  # noqa: E402

from niangjia.exchange import actions  # noqa: E402
from niangjia.exchange.models import Batch  # noqa: E402
from niangjia.kernel.access import EVERYWHERE, SYSTEM  # noqa: E402
from niangjia.kernel.scoping import enter_scope  # noqa: E402
from niangjia.kernel.sheets.reading import CHILD, open_rows, probe  # noqa: E402
from niangjia.network import actions as network  # noqa: E402
from niangjia.network.models import Employer  # noqa: E402
from niangjia.network.rules import OrgKind  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 80_000
DATABASE = "bench_exchange"
AT = datetime(2018, 8, 20, 2, 0, tzinfo=UTC)
EARLY = date(2010, 1, 1)
HEAD = (
    "单位名称", "统一社会信用代码", "单位性质", "领域", "行业代码", "覆盖工会",
    "职工数", "女职工数", "外来务工人数",
    "地址", "入册日",
)  # fmt: skip
COLUMNS = (
    "id", "keeper_id", "path", "name", "uscc", "kind", "sector", "industry_code", "headcount",
    "female_headcount", "migrant_headcount", "address", "since", "version",
)  # fmt: skip
OPENPYXL = """
import openpyxl, sys, time
begin = time.perf_counter()
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
n = sum(1 for _ in sheet.iter_rows(values_only=True))
print(time.perf_counter() - begin)
"""
LAUNCH = """
import json, resource, subprocess, sys
subprocess.run(json.loads(sys.argv[1]), stdin=open(sys.argv[2], "rb"), stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))
"""
Steps = dict[str, float]


def workbook(unions: list[str]) -> bytes:
    """An XLSX as an office would send it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, HEAD)
    for n in range(ROWS):
        told = (f"试算{n}号有限公司", code(n), "企业", "其他", "C31", unions[n % len(unions)])
        sheet.write_row(n + 1, 0, (*told, n % 300, n % 100, n % 50, f"某某镇某某路{n}号", "2018-01-02"))
    book.close()
    return out.getvalue()


def timed(steps: Steps, name: str, work: Callable[[], Any]) -> Any:
    """Carry out a step and note its seconds."""
    begin = time.perf_counter()
    answer = work()
    steps[name] = time.perf_counter() - begin
    sys.stdout.write(f"{name}: {steps[name]:.1f} s\n")
    sys.stdout.flush()
    return answer


def ground() -> list[Any]:
    """A town with two hundred joint unions, and those above it."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        made: list[Any] = []
        for kind in (OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN):
            made.append(_found(kind, f"试算{kind}", made[-1].pk if made else None))
        made += [_found(OrgKind.JOINT, f"试算{n}联合工会", made[3].pk) for n in range(200)]
        network.recount_tallies(today=AT.date(), at=AT)
    return made[3:]


def _found(kind: OrgKind, name: str, above: int | None) -> Any:
    draft = network.OrganisationDraft(kind=kind, name=name, established_on=EARLY)
    return network.found_organisation(draft=draft, parent_id=above, today=AT.date(), by=SYSTEM, at=AT)


def read_alone(steps: Steps, content: bytes) -> dict[str, float]:
    """Reading only: by the child as in life, its memory by itself, and by openpyxl."""
    path = Path(os.environ["NIANGJIA_HOME"]) / "bench.xlsx"
    path.write_bytes(content)
    found = timed(steps, "looking it over (armour, in the child)", lambda: probe(content))
    timed(steps, "reading (calamine in the child, rows to the parent)", lambda: _count(content, found))
    line = [sys.executable, "-c", OPENPYXL, str(path)]
    told = subprocess.run(line, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    steps["openpyxl reading the same file"] = float(told.stdout)
    memory = {mode: _memory(mode, path) for mode in ("probe", "xlsx")}
    path.unlink()
    return memory


def _count(content: bytes, found: Any) -> int:
    with open_rows(content, found) as sheet:
        return sum(1 for _ in sheet.rows)


def _memory(mode: str, path: Path) -> float:
    """The peak of the child alone, in MB; started from a small process, for a large one lends its own."""
    child = json.dumps([*CHILD, mode, "256", "60"])
    line = [sys.executable, "-c", LAUNCH, child, str(path)]
    told = subprocess.run(line, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    return float(json.loads(told.stdout)[0])


def import_all(steps: Steps, content: bytes, unit_id: int) -> tuple[Batch, float]:
    """The file's whole way: check, commit; and the parent's peak memory on it, in MB."""
    told = {"kind": "employers", "arrival": actions.Arrival("bench.xlsx", content), "unit_id": unit_id}
    number = _begin(lambda: actions.receive_file(**told, by=SYSTEM, at=AT, defer=False))  # type: ignore[arg-type]
    timed(steps, "dry run (read, clean, match, judge, stage)", lambda: _run(number))
    _begin(lambda: actions.begin_commit(batch_id=number, which="all", by=SYSTEM, at=AT, defer=False))
    timed(steps, "commit (judge again, enter, cover, count)", lambda: _run(number))
    batch: Batch = _seen(lambda: Batch.objects.get(pk=number))
    if batch.fates != {"entered": ROWS}:
        sys.exit(f"not all entered: {batch.state} {batch.counts} {batch.fates} {batch.trouble}")
    return batch, _peak()


def _peak() -> float:
    """This process's highest resident memory since it began, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _begin(act: Callable[[], Batch]) -> int:
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return int(act().pk)


def _seen(read: Callable[[], Any]) -> Any:
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return read()


def _run(number: int) -> None:
    actions.run_batch(number=number, now=lambda: AT)


def compare(steps: Steps) -> None:
    """The same rows by bare COPY into a table of the same columns, without index, guard or rule."""
    rows = _seen(lambda: list(Employer.objects.values_list(*COLUMNS)))
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_copy (LIKE network_employer)")
        timed(steps, "bare COPY of the same rows", lambda: _copy(cursor, rows))


def _copy(cursor: Any, rows: list[Any]) -> None:
    with cursor.copy(f"COPY bench_copy ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def report(steps: Steps, size: int, child: dict[str, float], parent: float) -> Iterator[str]:
    """The page."""
    yield "# Files in: 80,000 employers"
    yield ""
    load = f"load at the end {os.getloadavg()[0]:.1f}"
    yield f"`python benchmarks/exchange.py`: {ROWS:,} rows, {len(HEAD)} columns, XLSX of {size / 1e6:.1f} MB,"
    yield f"2 shared cores ({load}), embedded PostgreSQL, row-level security on. One run."
    yield from ("", "| step | seconds | rows/s |", "|---|---:|---:|")
    yield from (f"| {name} | {took:.1f} | {ROWS / took:,.0f} |" for name, took in steps.items())
    way = sum(took for name, took in steps.items() if name.startswith(("looking", "dry", "commit")))
    yield f"| **whole way: looked over, checked, entered** | **{way:.1f}** | **{ROWS / way:,.0f}** |"
    yield ""
    over, reading = child["probe"], child["xlsx"]
    yield f"Peak memory: child {over:.0f} MB looking over, {reading:.0f} MB reading"
    yield f"(limit 256 MB); parent {parent:.0f} MB (it also made the file, which no server does)."
    yield ""
    yield "Every chunk commits. The commit judges every row again, enters employer and coverage, feeds the"
    yield "roll-up and writes fates and ledger; bare COPY does none of this. COPY itself is not open to the"
    yield "web role on guarded tables: PostgreSQL refuses it under row-level security, so rows go in as JSON"
    yield "that one statement unfolds."


def main() -> None:
    """Make the database, walk the way, write the page."""
    owner, web = connections["owner"], connections["default"]
    name = owner.settings_dict["NAME"]
    owner.settings_dict["TEST"]["NAME"] = DATABASE
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.close()
    web.settings_dict["NAME"] = DATABASE
    steps: Steps = {}
    try:
        town, *unions = ground()
        content = workbook([row.name for row in unions])
        child = read_alone(steps, content)
        batch, parent = import_all(steps, content, town.pk)
        compare(steps)
        _begin(lambda: actions.begin_undo(batch_id=batch.pk, reason="bench", by=SYSTEM, at=AT, defer=False))
        timed(steps, "undo of the whole batch", lambda: _run(batch.pk))
    finally:
        web.close()
        owner.creation.destroy_test_db(name, verbosity=0)
    page = "\n".join(report(steps, len(content), child, parent)) + "\n"
    (ROOT / "docs" / "benchmarks" / "exchange.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
