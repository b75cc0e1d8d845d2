"""200,000 members by file, and a million to find one among: rows a second, memory, p95 of searches.

    NIANGJIA_HOME=… python benchmarks/members.py [ROWS] [MEMBERS]    (0 members: only the file)

Works in a database of its own in the embedded server, which it makes and removes; every chunk commits, as in
life. Writes docs/benchmarks/members.md. Seconds are of this machine, only ratios travel.
"""

import os
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
from benchmarks.members_found import found_among  # noqa: E402
from benchmarks.members_killed import killed_once  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from tests.enrolment.rolls import HEAD, person  # noqa: E402

from niangjia.exchange import actions  # noqa: E402
from niangjia.exchange.models import Batch  # noqa: E402
from niangjia.kernel.access import EVERYWHERE, SYSTEM  # noqa: E402
from niangjia.kernel.scoping import enter_scope  # noqa: E402
from niangjia.members import actions as members  # noqa: E402
from niangjia.members.models import Membership  # noqa: E402
from niangjia.network import actions as network  # noqa: E402
from niangjia.network.rules import EmployerKind, OrgKind  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
MEMBERS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
DATABASE = "bench_members"
AT = datetime(2018, 8, 20, 2, 0, tzinfo=UTC)
EARLY = date(2010, 1, 1)
Steps = dict[str, float]
COPIED = ("people_person", "people_identitydocument", "people_contact", "members_membership")


def workbook(unions: list[str], firms: list[str]) -> bytes:
    """An XLSX as a county would send it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("会员")
    sheet.write_row(0, 0, HEAD)
    for n in range(ROWS):
        place = n * len(unions) // ROWS
        sheet.write_row(n + 1, 0, person(n, union=unions[place], employer=firms[place]))
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


def ground() -> tuple[Any, list[Any], list[Any]]:
    """A county with two hundred joint unions in ten towns, each with an employer."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        made: list[Any] = []
        for kind in (OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY):
            made.append(_found(kind, f"试算{kind}", made[-1].pk if made else None))
        towns = [_found(OrgKind.TOWN, f"试算第{n}镇", made[2].pk) for n in range(10)]
        unions = [_found(OrgKind.JOINT, f"试算{n}联合工会", towns[n // 20].pk) for n in range(200)]
        firms = [_employer(f"试算{n}号公司", unions[n]) for n in range(200)]
        network.recount_tallies(today=AT.date(), at=AT)
        members.recount_tallies(today=AT.date(), at=AT)
    return made[2], unions, firms


def _found(kind: OrgKind, name: str, above: int | None) -> Any:
    draft = network.OrganisationDraft(kind=kind, name=name, established_on=EARLY)
    return network.found_organisation(draft=draft, parent_id=above, today=AT.date(), by=SYSTEM, at=AT)


def _employer(name: str, union: Any) -> Any:
    draft = network.EmployerDraft(name=name, kind=EmployerKind.ENTERPRISE, since=EARLY)
    return network.register_employer(draft=draft, keeper_id=union.pk, by=SYSTEM, at=AT)


def import_all(steps: Steps, content: bytes, unit_id: int) -> Batch:
    """The file's whole way: looked over, checked, entered; nobody left out."""
    told = {"kind": "members", "arrival": actions.Arrival("bench.xlsx", content), "unit_id": unit_id}
    number = timed(steps, "looked over and received", lambda: _receive(told))
    timed(steps, "checked (read, validated, matched, judged, staged sealed)", lambda: run(number))
    looked = seen(lambda: Batch.objects.get(pk=number))
    if looked.state != "checked":
        sys.exit(f"not checked: {looked.state} {looked.trouble}")
    begin(lambda: actions.begin_commit(batch_id=number, which="all", by=SYSTEM, at=AT, defer=False))
    timed(steps, "entered (judged again, sealed, journalled, counted)", lambda: run(number))
    batch: Batch = seen(lambda: Batch.objects.get(pk=number))
    if batch.fates != {"entered": ROWS}:
        sys.exit(f"not all entered: {batch.state} {batch.counts} {batch.fates} {batch.trouble}")
    return batch


def _receive(told: dict[str, Any]) -> int:
    return begin(lambda: actions.receive_file(**told, by=SYSTEM, at=AT, defer=False))


def begin(act: Callable[[], Batch]) -> int:
    """One step of the file in a transaction of its own; its number."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return int(act().pk)


def seen(read: Callable[[], Any]) -> Any:
    """A read over everything."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return read()


def run(number: int) -> None:
    """The batch goes on to the end of its step."""
    actions.run_batch(number=number, now=lambda: AT)


def peak() -> float:
    """This process's highest resident memory since it began, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def compare(steps: Steps) -> None:
    """The same rows by bare COPY into tables of the same columns, without index, guard, key or rule."""
    with connections["owner"].cursor() as cursor:
        parts = {table: _bytes_of(cursor, table) for table in COPIED}
        for table in COPIED:
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table})")
        timed(steps, "bare COPY of the same rows", lambda: [_copy(cursor, *one) for one in parts.items()])


def _bytes_of(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def _copy(cursor: Any, table: str, content: bytes) -> None:
    with cursor.copy(f"COPY bench_{table} FROM STDIN") as copy:
        copy.write(content)


def report(steps: Steps, size: int, memory: float, killed: str, finding: list[str]) -> Iterator[str]:
    """The page."""
    yield f"# Members by file, and members found: {ROWS:,} and {MEMBERS:,}"
    yield ""
    load = f"load at the end {os.getloadavg()[0]:.1f}"
    yield f"`python benchmarks/members.py {ROWS}`: {ROWS:,} rows, XLSX of {size / 1e6:.1f} MB,"
    yield f"2 shared cores ({load}), embedded PostgreSQL, row-level security on."
    yield from ("", "| step | seconds | rows/s |", "|---|---:|---:|")
    yield from (f"| {name} | {took:.1f} | {ROWS / took:,.0f} |" for name, took in steps.items())
    way = sum(took for name, took in steps.items() if name.startswith(("looked", "checked", "entered")))
    copied = steps["bare COPY of the same rows"]
    yield f"| **whole way: looked over, checked, entered** | **{way:.1f}** | **{ROWS / way:,.0f}** |"
    yield ""
    yield f"Whole way to bare COPY of the same rows in the same run: {way / copied:.0f} to 1."
    yield f"Peak memory of the process {memory:.0f} MB."
    yield "A row is a person, a sealed number, a sealed mobile, a data key, a membership, a staged row and a"
    yield "leaf of two Merkle trees; COPY writes the four tables without index, key, guard, rule or journal."
    yield from ("", killed, "")
    yield from finding


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
        county, unions, firms = ground()
        content = workbook([row.name for row in unions], [row.name for row in firms])
        batch = import_all(steps, content, county.pk)
        memory = peak()
        compare(steps)
        begin(lambda: actions.begin_undo(batch_id=batch.pk, reason="bench", by=SYSTEM, at=AT, defer=False))
        timed(steps, "undo of the whole batch", lambda: run(batch.pk))
        if seen(Membership.objects.count):
            sys.exit("undo left members behind")
        killed = killed_once(unions[0].pk, min(ROWS, 20_000))
        finding = found_among(MEMBERS) if MEMBERS else []
    finally:
        web.close()
        owner.creation.destroy_test_db(name, verbosity=0)
    page = "\n".join(report(steps, len(content), memory, killed, finding)) + "\n"
    (ROOT / "docs" / "benchmarks" / "members.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
