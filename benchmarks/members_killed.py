"""A roll is entered by another process, killed with -9 in the middle; the next goes on."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

from django.db import connections, transaction
from tests.enrolment.rolls import person, roll_of

from niangjia.exchange import actions
from niangjia.exchange.models import Batch
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from niangjia.members.models import Membership

POINT = 120
AT = datetime(2018, 8, 20, 2, 0, tzinfo=UTC)


def killed_once(unit_id: int, how_many: int) -> str:
    """What was seen, as a line of the report; exits if a row stands twice or is missing."""
    number = _step(lambda: _sent(unit_id, how_many))
    actions.run_batch(number=number, now=lambda: AT)
    _step(lambda: actions.begin_commit(batch_id=number, which="all", by=SYSTEM, at=AT, defer=False).pk)
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.test"}
    name = connections["default"].settings_dict["NAME"]
    line = [sys.executable, "-m", "tests.exchange.killed", name, str(number), str(POINT)]
    done = subprocess.run(line, env=told, capture_output=True, check=False)  # noqa: S603 - our own program
    stood = _step(Membership.objects.count)
    begin = time.perf_counter()
    actions.run_batch(number=number, now=lambda: AT)
    took = time.perf_counter() - begin
    people = _step(lambda: Membership.objects.values("person").distinct().count())
    fates = _step(lambda: Batch.objects.get(pk=number).fates)
    if done.returncode != -9 or people != how_many or fates != {"entered": how_many}:
        sys.exit(f"killed: {done.returncode}, {people} people, {fates}")
    return (
        f"kill -9 while {how_many:,} rows were entered: {stood:,} stood (whole chunks); the next process"
        f" entered the other {how_many - stood:,} in {took:.1f} s, each person exactly once."
    )


def _step(act):  # type: ignore[no-untyped-def]
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


def _sent(unit_id: int, how_many: int) -> int:
    rows = [person(n) for n in range(how_many)]
    arrival = actions.Arrival("killed.csv", roll_of(rows))
    told = {"kind": "members", "arrival": arrival, "unit_id": unit_id}
    return int(actions.receive_file(**told, by=SYSTEM, at=AT, defer=False).pk)  # type: ignore[arg-type]
