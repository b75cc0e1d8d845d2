"""kill -9 at seeded points of check, commit and undo: the next goes on, every row counts exactly once."""

import os
import random
import subprocess
import sys

import pytest
from django.db import connections, transaction

from niangjia.exchange import actions
from niangjia.exchange.models import Batch, Chunk, Row
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.network.models import Employer
from niangjia.network.rules import OrgKind
from tests.conftest import AT
from tests.exchange.files import code, csv_of, firm
from tests.network.worlds import found

ROWS, KILLS, SEED = 9_000, 12, 20_181_122
PROOF_ROWS, PROOF_KILLS, PROOF_SEED = 20_000, 30, 20_260_102


def run(number, point=0):
    """Another process carries on; 0 lets it live. Returns its exit and how many statements it sent."""
    name = connections["owner"].settings_dict["NAME"]
    line = [sys.executable, "-m", "tests.exchange.killed", name, str(number), str(point)]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.test"}
    done = subprocess.run(line, env=told, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode, int(done.stdout or 0)


def seen(read):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return read()


def through(number, dice, kills):
    """The batch reaches its end through that many kills, each at another statement."""
    hit = 0
    while hit < kills:
        code_, _ = run(number, dice.randrange(3, 60))
        hit += code_ == -9
        if code_ == 0:
            return hit
    assert run(number)[0] == 0
    return hit


def trial(*, rows_sent, wanted, seed):
    """Check, commit and undo of a file through so many kills; returns how many there were."""
    dice = random.Random(seed)  # noqa: S311 - the same points each time
    rows = [firm(n) for n in range(rows_sent)]
    number = seen(lambda: _sent(rows).pk)
    kills = through(number, dice, wanted // 3)
    batch = seen(lambda: Batch.objects.get(pk=number))
    assert (batch.state, batch.rows_read, batch.counts) == ("checked", rows_sent, {"new": rows_sent})
    seen(lambda: actions.begin_commit(batch_id=number, which="all", by=SYSTEM, at=AT, defer=False))
    kills += through(number, dice, wanted // 3)
    batch = seen(lambda: Batch.objects.get(pk=number))
    assert (batch.state, batch.fates) == ("committed", {"entered": rows_sent})
    entered = seen(lambda: sorted(Employer.objects.values_list("uscc", flat=True)))
    assert entered == sorted(code(n) for n in range(rows_sent))
    assert seen(lambda: Row.objects.filter(batch=number, fate="entered").count()) == rows_sent
    seen(lambda: actions.begin_undo(batch_id=number, reason="试", by=SYSTEM, at=AT, defer=False))
    kills += through(number, dice, wanted - 2 * (wanted // 3))
    assert seen(lambda: (Batch.objects.get(pk=number).fates, Employer.objects.count())) == (
        {"undone": rows_sent},
        0,
    )
    verbs = seen(
        lambda: list(JournalLine.objects.filter(kind="exchange.batch").values_list("verb", flat=True))
    )
    assert [verbs.count(verb) for verb in ("check_file", "commit_import", "undo_import")] == [1, 1, 1]
    assert kills >= 10
    return kills


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_worker_killed_at_seeded_points_leaves_every_row_exactly_once():
    kills = trial(rows_sent=ROWS, wanted=KILLS, seed=SEED)
    sys.stdout.write(f"{kills} kills, {ROWS} rows, each exactly once\n")


@pytest.mark.proof
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_proof_that_a_killed_import_is_taken_up_exactly_once():
    kills = trial(rows_sent=PROOF_ROWS, wanted=PROOF_KILLS, seed=PROOF_SEED)
    sys.stdout.write(
        f"PROOF kill -9 of imports, seed {PROOF_SEED}: {kills} kills at random statements, "
        f"{PROOF_ROWS:,} rows checked, committed and undone, each exactly once\n"
    )


def _sent(rows):
    county = found(OrgKind.PROVINCE, "试省总工会")
    arrival = actions.Arrival("试.csv", csv_of(rows))
    told = {"kind": "employers", "arrival": arrival, "unit_id": county.pk}
    return actions.receive_file(**told, by=SYSTEM, at=AT, defer=False)


def test_without_the_ledger_a_second_run_would_store_rows_twice(office):
    """The control: the chunks' ledger is what keeps a repeated check from repeating itself."""
    batch = office.check(csv_of([firm(1), firm(2)]))
    Batch.objects.filter(pk=batch.pk).update(state="checking")
    assert office.go_on(batch).rows_read == 2
    Chunk.objects.filter(batch=batch).delete()
    Row.objects.filter(batch=batch).delete()
    Batch.objects.filter(pk=batch.pk).update(state="checking")
    assert office.go_on(batch).rows_read == 4
