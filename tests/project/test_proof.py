"""Proof of durability: whatever part is killed, what was acknowledged is there, and the next start works.

Prints `PROOF …` lines that `make proof` gathers into docs/proof.md.
"""

import os
import random
import signal
import sys
import threading
import time

import psycopg
import pytest

from niangjia.project import localpg

pytestmark = pytest.mark.proof
SEED = 20180820
ROUNDS = 25
TABLE = "CREATE TABLE kept (n bigint PRIMARY KEY); GRANT SELECT, INSERT ON kept TO niangjia_web"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    yield tmp_path
    localpg.discard(tmp_path)


class Writer(threading.Thread):
    """Commits one row after the other as the web role and keeps what the server acknowledged."""

    def __init__(self, url, first):
        super().__init__(daemon=True)
        self.url, self.next, self.acknowledged, self.enough = url, first, [], threading.Event()

    def run(self):
        try:
            with psycopg.connect(self.url, autocommit=True) as connection:
                while not self.enough.is_set():
                    connection.execute("INSERT INTO kept VALUES (%s)", [self.next])
                    self.acknowledged.append(self.next)
                    self.next += 1
        except psycopg.Error:
            return


def test_nothing_acknowledged_is_lost_when_postgresql_is_killed_at_any_moment(home):
    chance = random.Random(SEED)  # noqa: S311 - a seed that can be named
    urls = localpg.ensure(home)
    localpg.owner_sql(home, TABLE)
    acknowledged, slowest = set(), 0.0
    for number in range(ROUNDS):
        writer = Writer(urls.web, number * 1_000_000)
        writer.start()
        time.sleep(chance.uniform(0.05, 0.6))
        os.kill(localpg.status(home).pid, signal.SIGKILL)
        writer.join(timeout=20)
        acknowledged |= set(writer.acknowledged)
        began = time.monotonic()
        urls = localpg.ensure(home)
        slowest = max(slowest, time.monotonic() - began)
        with psycopg.connect(urls.web) as connection:
            there = {row[0] for row in connection.execute("SELECT n FROM kept")}
        assert acknowledged <= there
        assert len(there - acknowledged) <= number + 1, "at most the one row in flight a round"
    assert len(acknowledged) > ROUNDS
    sys.stdout.write(
        f"PROOF kill -9 of PostgreSQL, seed {SEED}: {ROUNDS} kills, {len(acknowledged):,} rows acknowledged, "
        f"0 lost, slowest return {slowest:.1f} s\n"
    )
