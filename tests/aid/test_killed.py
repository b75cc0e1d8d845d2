"""kill -9 of web, worker and PostgreSQL at the statements of approve and pay (issue 5, must show 6)."""

import json
import os
import random
import subprocess
import sys

import pytest
from django.db import connections, transaction

from niangjia.aid.models import AidApplication
from niangjia.aid.rules import State
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import queries as ledger
from niangjia.project import localpg
from tests.aid.killed import scene

VERBS = ("turn", "approve", "order", "check", "send", "answer")
"""The worker's job that ends the notice; then what the web does."""
LEFT = Yuan.of(100_000 - 2 * 600)
STRIDE, SEED, SAMPLED = 9, 20_180_820, 6


def within(read):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return read()


def asked(*line, **env):
    """A process of its own; what it printed."""
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.test", **env}
    command = [sys.executable, "-m", "tests.aid.killed", *map(str, line)]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def every_point(stride):
    """Each verb at every so many-th statement; returns how many points there were."""
    made = within(scene)
    name, numbers = connections["owner"].settings_dict["NAME"], ",".join(map(str, made["numbers"]))
    found = {}
    for verb in VERBS:
        done = asked(verb, numbers, made["posts"][verb], stride, NIANGJIA_KILLED_DATABASE=name)
        assert done.returncode == 0, done.stderr
        found[verb] = json.loads(done.stdout)
    assert {verb: one["wrong"] for verb, one in found.items() if one["wrong"]} == {}
    assert all(one["whole"] for one in found.values()), "killed after the commit: all of it is there"
    states = within(lambda: set(AidApplication.objects.values_list("state", flat=True)))
    assert states == {State.PAID}
    assert within(lambda: ledger.fund_available(fund_id=made["fund"])) == LEFT
    return {verb: len(one["points"]) for verb, one in found.items()}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_whatever_statement_of_approve_and_pay_is_the_last_the_whole_or_nothing_is_there():
    told = every_point(STRIDE)
    assert min(told.values()) > 1
    sys.stdout.write(f"{sum(told.values())} fault points, all whole or not at all: {told}\n")


@pytest.mark.proof
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_proof_of_every_fault_point_of_approve_and_pay():
    told = every_point(1)
    sys.stdout.write(
        f"PROOF kill -9 at every statement of notice, approve, order, check, send, bank's answer: "
        f"{sum(told.values())} fault points, acknowledged = present, unacknowledged = absent or whole\n"
    )


def standing_at(home):
    """PostgreSQL stands, started anew where it was killed; where it is reached."""
    urls = localpg.ensure(home)
    return {"DATABASE_URL": urls.owner, "DATABASE_WEB_URL": urls.web}


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """A PostgreSQL of its own, migrated, that may be killed."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    env = standing_at(tmp_path)
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.test", **env}
    line = [sys.executable, "-m", "django", "migrate", "--database", "owner", "-v", "0"]
    subprocess.run(line, env=told, check=True)  # noqa: S603 - our own program
    yield tmp_path
    localpg.discard(tmp_path)


@pytest.mark.proof
def test_proof_that_postgresql_may_be_killed_at_any_statement_of_approve_and_pay(cluster):
    env = standing_at(cluster)
    dice, kills = random.Random(SEED), 0  # noqa: S311 - the same points each time
    made = json.loads(asked("set_up", **env).stdout)
    numbers = ",".join(map(str, made["numbers"]))
    for verb in VERBS:
        before = asked("standing", **env).stdout
        for point in [*(dice.randrange(2, 50) for _ in range(SAMPLED)), 100_000]:
            pid = str(localpg.status(cluster).pid)
            done = asked(f"one-{verb}", numbers, made["posts"][verb], point, NIANGJIA_KILLED_PID=pid, **env)
            kills += 1
            env = standing_at(cluster)
            read = asked("standing", **env)
            now = read.stdout
            assert now, read.stderr
            acknowledged = "acknowledged" in done.stdout
            assert acknowledged or now == before, (verb, point, done.stdout)
            if acknowledged:
                assert now != before, "what was acknowledged is there"
                break
    sys.stdout.write(
        f"PROOF kill -9 of PostgreSQL inside notice, approve and pay, seed {SEED}: {kills} kills, "
        f"acknowledged = present, unacknowledged = absent or whole\n"
    )
