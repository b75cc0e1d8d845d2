"""The ledger beside raw PostgreSQL in the same run: one entry a transaction, and a batch in one transaction.

Raw is a table with the columns of a line and a primary key, and nothing else: no other index, no foreign key,
no trigger, no row-level security. One raw transaction inserts the two lines of an entry, on the connection of
Django's (BEGIN, one INSERT of two rows, COMMIT); the raw batch is one INSERT … SELECT. The product posts
through its actions: permission, idempotency, numbers without a gap, balance at commit, restricted funds, kept
balances, journal. Prints the table and writes docs/benchmarks/ledger.md.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NIANGJIA_HOME", str(ROOT / "var" / "bench"))
sys.path.insert(0, str(ROOT / "src"))

import django  # noqa: E402
import psycopg  # noqa: E402

from niangjia.kernel import clock  # noqa: E402
from niangjia.project import instance, localpg  # noqa: E402

DATABASE = "bench_ledger"
DAY = date(2018, 8, 1)
RAW = """CREATE TABLE raw (id bigserial PRIMARY KEY, book_id bigint, entry_id bigint, line smallint,
 account_id bigint, fund_id bigint, fen bigint, source varchar(120));
GRANT SELECT, INSERT ON raw TO niangjia_web; GRANT USAGE ON raw_id_seq TO niangjia_web;"""
ROW = "(%s, %s, %s, %s, %s, %s, %s)"
ONE = f"INSERT INTO raw (book_id, entry_id, line, account_id, fund_id, fen, source) VALUES {ROW}, {ROW}"  # noqa: S608
MANY = """INSERT INTO raw (book_id, entry_id, line, account_id, fund_id, fen, source)
 SELECT 1, g / 2, g %% 2, g %% 2, 1, 100 * (g %% 2 * 2 - 1), '上级补助 2018 第1批'
 FROM generate_series(1, %s) AS g"""
SINGLE, BATCH = 0.4, 0.12
WORDS = """
Raw: on the same connection BEGIN, one INSERT of two rows, COMMIT; and one INSERT … SELECT. Its table has the
columns of a line and a primary key, no other index, no foreign key, no trigger, no row-level security.
Posted: `post_entry` and `post_many` as the web role under row-level security, with permission, idempotency
key, a number without a gap, the balance of every fund asked at commit, the floor of restricted funds, the
kept balances and the line of the journal: eight rows in six tables where raw has two in one. The scope is set
before, as the door of a request does it once.

What made it fast, in the order of what it brought: one call of a database function for an entry, its lines,
balances and journal line; arrays for a batch, written as PostgreSQL writes them, in parts of 5,000; no
foreign keys on lines, whose function finds account, fund and book anyway (ADR 27); balance asked once for
all numbers that a year's counter has passed; plans that may not read a table whole, because they are made
while it is small and kept; indexes that begin with different columns, so that no plan takes the wrong
one.""".splitlines()
Pairs = list[tuple[float, float]]


def member(name: str) -> Any:
    """A member of a module that needs Django."""
    module, _, found = name.rpartition(".")
    return getattr(__import__(module, fromlist=[found]), found)


@contextmanager
def own_database() -> Iterator[str]:
    """A database for this benchmark, removed afterwards; the address of its web role."""
    home = instance.home()
    localpg.ensure(home)
    urls = localpg.create_database(home, DATABASE)
    os.environ.update(DATABASE_URL=urls.owner, DATABASE_WEB_URL=urls.web)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.project.settings.base"
    django.setup()
    try:
        member("django.core.management.call_command")("migrate", database="owner", verbosity=0)
        with member("django.db.connections")["owner"].cursor() as cursor:
            cursor.execute(RAW)
        yield urls.web
    finally:
        member("django.db.connections").close_all()
        for name in ("DATABASE_URL", "DATABASE_WEB_URL"):
            del os.environ[name]
        localpg.drop_database(home, DATABASE)


class Office:
    """A union with a book and a restricted fund, and its accountant, who posts."""

    def __init__(self) -> None:
        self.at = clock.now()
        self.actions, self.rules = (
            import_module("niangjia.ledger.actions"),
            import_module("niangjia.ledger.rules"),
        )
        access, self.yuan = import_module("niangjia.kernel.access"), member("niangjia.kernel.money.Yuan")
        with member("django.db.connections")["owner"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO tree_unit (kind, name, path, since) "
                "VALUES ('town', '大洲镇总工会', '000001', %s) RETURNING id",
                [DAY],
            )
            unit = cursor.fetchone()[0]
        words = access.words_of(access.Role.PRI, member("niangjia.project.grants.ALL"))
        self.by = access.Actor(
            name="会计",
            role=access.Role.PRI,
            user_id=1,
            post_id=1,
            unit_id=unit,
            unit_path="000001",
            words=words,
        )
        with member("django.db.connection").cursor() as cursor:
            cursor.execute(
                "SELECT set_config('nj.lo', '000001', false), set_config('nj.hi', '000001~', false)"
            )
        told = {"since": DAY, "by": self.by, "at": self.at}
        self.book = self.actions.open_book(unit_id=unit, opened_on=DAY, by=self.by, at=self.at)
        fund = self.actions.FundDraft("BF", "市级帮扶资金", self.rules.FundKind.CITY, "困难职工帮扶")
        self.actions.open_fund(book_id=self.book.pk, draft=fund, **told)

    def draft(self, key: str) -> Any:
        """A receipt of one yuan."""
        line, yuan = self.rules.PostingDraft, self.yuan
        lines = (line("102", "BF", yuan(100), "上级补助 2018 第1批"), line("403", "BF", yuan(-100)))
        return self.rules.EntryDraft(DAY, self.rules.EntryKind.RECEIPT, "收到上级补助", lines, key=key)

    def post(self, key: str) -> None:
        """One entry in a transaction of its own."""
        draft = self.draft(key)
        self.actions.post_entry(book_id=self.book.pk, draft=draft, checked_by=2, by=self.by, at=self.at)

    def post_many(self, drafts: list[Any]) -> None:
        """Many entries in one transaction."""
        self.actions.post_many(book_id=self.book.pk, drafts=drafts, checked_by=2, by=self.by, at=self.at)


def timed(call: Callable[[], object]) -> float:
    """Seconds of a call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def singles(office: Office, *, rounds: int, each: int) -> Pairs:
    """Entries a second, raw and posted, round by round in turns."""
    atomic, connection = member("django.db.transaction.atomic"), member("django.db.connection")

    def insert(n: int) -> None:
        with atomic(), connection.cursor() as cursor:
            cursor.execute(ONE, [1, n, 1, 1, 1, 100, "上级补助 2018 第1批", 1, n, 2, 2, 1, -100, ""])

    found = []
    for turn in range(-1, rounds):
        bare = timed(lambda: [insert(n) for n in range(each)])
        ours = timed(lambda turn=turn: [office.post(f"s{turn}/{n}") for n in range(each)])  # type: ignore[misc]
        if turn >= 0:
            found.append((each / bare, each / ours))
    return found


def batches(office: Office, raw: psycopg.Connection[Any], *, rounds: int, each: int) -> Pairs:
    """Lines a second, raw and posted, round by round in turns."""
    found = []
    for turn in range(-1, rounds):
        drafts = [office.draft(f"b{turn}/{n}") for n in range(each)]
        bare = timed(lambda: (raw.execute(MANY, [2 * each]), raw.commit()))
        ours = timed(lambda drafts=drafts: office.post_many(drafts))  # type: ignore[misc]
        if turn >= 0:
            found.append((2 * each / bare, 2 * each / ours))
    return found


def ratio(found: Pairs) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(ours / bare for bare, ours in found)


def row(what: str, found: Pairs, bound: float) -> str:
    """A row of the report."""
    bare, ours = (statistics.median(pair[place] for pair in found) for place in (0, 1))
    spread = [ours / bare for bare, ours in found]
    told = f"{ratio(found):.2f} ({min(spread):.2f}-{max(spread):.2f})"
    return f"| {what} | {bare:,.0f} | {ours:,.0f} | {told} | {bound} |"


def main() -> None:
    """Measure, print, write; 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--singles", type=int, default=200)
    parser.add_argument("--batch", type=int, default=50_000)
    asked = parser.parse_args()
    with own_database() as url, psycopg.connect(url) as raw:
        office = Office()
        one = singles(office, rounds=asked.rounds, each=asked.singles)
        many = batches(office, raw, rounds=max(3, asked.rounds // 2), each=asked.batch)
        raw.close()
    load = os.getloadavg()[0]
    machine = (
        f"{platform.machine()}, Python {platform.python_version()}; load {load:.0f} on {os.cpu_count()} cores"
    )
    lines = [
        "# The ledger",
        "",
        f"`python benchmarks/ledger.py`; {machine}. Raw and product take turns",
        f"in one run; the ratio is the median of {asked.rounds} rounds",
        f"({max(3, asked.rounds // 2)} for the batch),",
        "with the least and the greatest.",
        "",
        "| what | raw, a second | posted, a second | ratio | bound |",
        "|---|---|---|---|---|",
        row("one entry of two lines a transaction: entries", one, SINGLE),
        row(f"{asked.batch:,} entries in one transaction: lines", many, BATCH),
        *WORDS,
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.batch >= 50_000:
        (ROOT / "docs" / "benchmarks" / "ledger.md").write_text(text, encoding="utf-8")
    sys.exit(0 if ratio(one) >= SINGLE and ratio(many) >= BATCH else 1)


if __name__ == "__main__":
    main()
