"""Fault points of a verb: `python -m tests.aid.killed VERB NUMBERS POST STRIDE`, every so many-th of them.

A process does the verb and kills itself with -9 before that statement; at the last point it kills itself when
all is committed and nobody has heard of it. After each kill the tables are read: they must be as before, or,
after the last, whole. Prints what was found as JSON. NIANGJIA_KILLED_DATABASE names the database.

`one` does it once, at one point, and kills whichever process NIANGJIA_KILLED_PID names (the server's).
"""

import json
import os
import re
import signal
import sys

import django

django.setup()

from django.db import connections, transaction  # noqa: E402

from niangjia.accounts import queries as accounts  # noqa: E402
from niangjia.accounts.models import Post  # noqa: E402
from niangjia.aid import actions  # noqa: E402
from niangjia.aid.models import AidApplication  # noqa: E402
from niangjia.aid.rules import AidKind  # noqa: E402
from niangjia.kernel.access import EVERYWHERE  # noqa: E402
from niangjia.kernel.models import JournalLine  # noqa: E402
from niangjia.kernel.money import Yuan  # noqa: E402
from niangjia.kernel.scoping import enter_scope  # noqa: E402
from niangjia.ledger.models import Entry, Fund, Posting  # noqa: E402
from niangjia.notices import actions as notices  # noqa: E402
from niangjia.notices.models import PublicNotice  # noqa: E402
from niangjia.payments import actions as payments  # noqa: E402
from niangjia.payments import queries as orders  # noqa: E402
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer  # noqa: E402
from niangjia.payments.rules import ResultRow  # noqa: E402
from niangjia.tasks.models import Task  # noqa: E402
from tests.aid.worlds import LATER, Aiders  # noqa: E402
from tests.conftest import AT, TODAY  # noqa: E402
from tests.network.worlds import zhejiang  # noqa: E402

DEAD = -signal.SIGKILL


def approve(numbers, who):
    actions.approve_all(
        application_ids=numbers, fund_id=Fund.objects.get(code="Z01").pk, by=who, at=AT + LATER
    )


def order(numbers, who):
    actions.order_aid(application_ids=numbers, by=who, at=AT + LATER)


def check(numbers, who):
    made = PaymentOrder.objects.filter(about_id__in=numbers).values_list("pk", flat=True)
    payments.check_orders(order_ids=list(made), by=who, at=AT + LATER)


def send(numbers, who):
    made = PaymentOrder.objects.filter(about_id__in=numbers).values_list("pk", flat=True)
    payments.send_batch(order_ids=list(made), by=who, at=AT + LATER)


def answer(_numbers, who):
    batch = PaymentBatch.objects.get()
    rows = [
        ResultRow(row=one.line, number=one.line, amount=Yuan(one.amount_fen), paid=True)
        for one in orders.transfers_of(batch=batch)
    ]
    payments.read_results(batch_id=batch.pk, rows=rows, by=who, at=AT + LATER)


def standing():
    """What the tables hold of applications, orders, transfers, books, tasks and journal."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        rows = [
            sorted(AidApplication.objects.values_list("pk", "state", "amount_fen", "version")),
            sorted(PaymentOrder.objects.values_list("pk", "state", "checker", "sender")),
            sorted(Transfer.objects.values_list("pk", "outcome", "entry_id")),
            sorted(Task.objects.values_list("pk", "state")),
            sorted(PublicNotice.objects.values_list("pk", "state")),
        ]
        counts = [model.objects.count() for model in (PaymentBatch, Entry, Posting, JournalLine)]
    return json.dumps([rows, counts], default=str)


WORKERS = (("990101196806120027", "何秀英"), ("990101199001010019", "周大山"))


def scene():
    """Two families whose notice hangs; the numbers of their applications, and the posts of those who act."""
    aiders = Aiders(zhejiang())
    rows = [
        aiders.reviewed(aiders.family(number=number, name=name, members=()), kind=AidKind.TEMPORARY)
        for number, name in WORKERS
    ]
    aiders.noticed(*rows)
    notices.turn_the_day(today=TODAY, at=AT)
    acting = {
        "turn": aiders.county, "approve": aiders.county, "order": aiders.acc, "check": aiders.acc2,
        "send": aiders.csh, "answer": aiders.csh,
    }  # fmt: skip
    posts = {verb: one.post_id for verb, one in acting.items()}
    return {"numbers": [row.pk for row in rows], "posts": posts, "fund": aiders.fund.pk}


def named(sql):
    """What a fault point is called: the verb of its statement and the table."""
    found = re.search(r'(INSERT INTO|UPDATE|FROM|SELECT) "?([a-z_]+)"?', str(sql))
    return f"{str(sql).split()[0]} {found.group(2) if found else ''}".strip()


def strike():
    """The process that is to die does, at once."""
    os.kill(int(os.environ.get("NIANGJIA_KILLED_PID") or os.getpid()), signal.SIGKILL)


def child(verb, numbers, post, point):
    """Does it, and something dies at its point; acknowledged when it is committed."""
    sent = [0]

    def count(execute, sql, params, many, context):
        sent[0] += 1
        if sent[0] == point:
            os.write(1, f"{named(sql)}\n".encode())
            strike()
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(count), transaction.atomic():
        enter_scope(EVERYWHERE)
        who = accounts.actor_for(post=Post.objects.get(pk=post), day=TODAY)
        VERBS[verb](numbers, who)
    if sent[0] < point:
        strike()
    return "acknowledged"


def forked(*args):
    """A process of its own for one point; tells how it ended and the name of the point."""
    reads, writes = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reads)
        os.dup2(writes, 1)
        child(*args)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        name = told.read().strip()
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status), name


def turn(_numbers, _who):
    notices.turn_the_day(today=TODAY + LATER, at=AT + LATER)


VERBS = {
    "turn": turn, "approve": approve, "order": order, "check": check, "send": send, "answer": answer,
}  # fmt: skip


def each(verb, numbers, post, stride):
    """Every so many-th point, then the last; what each of them left."""
    before, points, wrong, point = standing(), [], [], 1
    connections["default"].close()
    while True:
        code, name = forked(verb, numbers, post, point)
        now = standing()
        connections["default"].close()
        if code != DEAD:
            wrong.append(f"{name or 'last'}: exit {code}")
        if code != DEAD or not name:
            return {"points": points, "wrong": wrong, "whole": now != before}
        points.append(name)
        wrong += [name] if now != before else []
        point += stride


def main(verb, numbers="", post="0", stride="1"):
    """What was asked for, as JSON."""
    database = os.environ.get("NIANGJIA_KILLED_DATABASE")
    if database:
        connections["default"].settings_dict["NAME"] = database
    numbers = [int(one) for one in numbers.split(",") if one]
    if verb == "standing":
        told = standing()
    elif verb == "set_up":
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            told = scene()
    elif verb.startswith("one-"):
        told = child(verb.removeprefix("one-"), numbers, int(post), int(stride))
    else:
        told = each(verb, numbers, int(post), int(stride))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:5])
