"""How long a paper takes: wall and CPU milliseconds a sheet, first and reused, one page and many; and memory.

Prints the table and writes docs/benchmarks/papers.md. Milliseconds are of this machine; the calibration
beside them (SHA-256 of 64 MB in the same run) lets other machines compare.
"""

import argparse
import hashlib
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.project.settings.base")
sys.path.insert(0, str(ROOT / "src"))

import django  # noqa: E402

django.setup()

from niangjia.papers.actions import printing  # noqa: E402
from niangjia.papers.rules import Template  # noqa: E402
from niangjia.register.rules import ROSTER, SHEET  # noqa: E402

DAY = date(2018, 8, 20)
ADDRESS = "https://niangjia.example/papers/check/?number=DJ-12-2018-0001&code=BE8DW-YPSH7"


def sheet(n: int) -> dict[str, object]:
    """The values of a register sheet with a committee of seven; each a little other than the last."""
    posts = [[f"王建国{n}", "委员", "兼职", DAY] for _ in range(7)]
    return {
        "name": f"第{n}街道总工会", "kind": "镇街总工会", "parent": "鄞州区总工会", "established_on": DAY,
        "address": f"启明路{n}号", "unions": n, "employers": n, "workers": n, "committee": posts, "day": DAY,
    }  # fmt: skip


def roster(n: int, rows: int) -> dict[str, object]:
    """The values of a covering list."""
    one = ("91990101MA2DEM009R", "企业", 9, "联合工会", DAY)
    lines = [[i, f"甬东第{i}厂{n}", *one] for i in range(1, rows + 1)]
    return {"federation": "联合会", "day": DAY, "employers": rows, "workers": 9 * rows, "rows": lines}


def told(template: Template, values: dict[str, object], n: int) -> dict[str, object]:
    """What the press is given."""
    labels = {item.name: str(item.label) for item in template.fields}
    frame = {"title": str(template.title), "union": "总工会", "number": f"DJ-12-2018-{n:04}"}
    frame |= {"code": "BE8DW-YPSH7", "day": "2018年8月20日", "check": ADDRESS.split("?", maxsplit=1)[0]}
    qr = printing.square(text=f"{ADDRESS}{n}")
    return frame | {"labels": labels, "fields": template.read(values), "qr": qr}


def measured(run: Callable[[int], bytes], times: int) -> tuple[list[float], list[float], int]:
    """Wall and CPU milliseconds of each run, and the size of the last PDF."""
    wall, cpu, size = [], [], 0
    for n in range(times):
        began, spent = time.perf_counter(), time.process_time()
        size = len(run(n))
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - spent))
    return wall, cpu, size


def line(name: str, wall: list[float], cpu: list[float], size: int) -> str:
    """A row of the table."""
    p95 = statistics.quantiles(wall, n=20, method="inclusive")[18] if len(wall) > 1 else wall[0]
    p50 = statistics.median(wall)
    spent = statistics.median(cpu)
    return f"| {name} | {len(wall):,} | {p50:.1f} | {p95:.1f} | {spent:.1f} | {size / 1000:.0f} |"


def memory() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def table(times: int) -> list[str]:
    """The rows of the table, and what memory it took."""

    def one(n: int) -> bytes:
        return printing.printed(file=SHEET.file, told=told(SHEET, sheet(n), n))

    def many(n: int) -> bytes:
        return printing.printed(file=ROSTER.file, told=told(ROSTER, roster(n, 500), n))

    rows = [line("register sheet, the very first (fonts are read)", *measured(one, 1))]
    one(-1)
    before = memory()
    rows.append(line("register sheet, press reused", *measured(one, times)))
    after = memory()
    rows.append(line("covering list of 500 rows, many pages", *measured(many, max(5, times // 50))))
    return [*rows, "", f"Memory: {before} MB before, {after} MB after {times:,} sheets."]


def calibration() -> float:
    """Milliseconds for SHA-256 of 64 MB."""
    body = b"\0" * 64_000_000
    began = time.process_time()
    hashlib.sha256(body).hexdigest()
    return 1000 * (time.process_time() - began)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=1000)
    times = parser.parse_args().sheets
    head = "| what | runs | ms p50 | ms p95 | CPU ms p50 | kB |\n|---|---|---|---|---|---|"
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    load = os.getloadavg()[0]
    said = f"Commit {commit}, {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
    text = "\n".join(
        [
            "# Papers", "",
            "Written by `benchmarks/papers.py`. Each sheet: values and glyphs checked, QR code,",
            "PDF/A-2b set. The target is 30 ms a sheet with the press reused.",
            "", head, *table(times), "",
            f"{said}; SHA-256 of 64 MB took {calibration():.0f} CPU ms in the same run.", "",
        ]
    )  # fmt: skip
    print(text)
    (ROOT / "docs" / "benchmarks" / "papers.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
