"""A cashier's own process: `python -m tests.payments.killed DATABASE VERB NUMBER POST POINT`, killed there.

A point is the number of a statement before which the process kills itself with -9; `last` kills it after the
commit, before anybody hears of it; 0 lets it live.
"""

import os
import signal
import sys
from contextlib import suppress

import django

django.setup()

from django.db import connections, transaction  # noqa: E402

from niangjia.accounts import queries as accounts  # noqa: E402
from niangjia.accounts.models import Post  # noqa: E402
from niangjia.kernel.access import EVERYWHERE  # noqa: E402
from niangjia.kernel.errors import Refused  # noqa: E402
from niangjia.kernel.money import Yuan  # noqa: E402
from niangjia.kernel.scoping import enter_scope  # noqa: E402
from niangjia.payments import actions, queries  # noqa: E402
from niangjia.payments.models import PaymentBatch, PaymentOrder  # noqa: E402
from niangjia.payments.rules import ResultRow  # noqa: E402
from tests.conftest import AT, TODAY  # noqa: E402


def answer(number, who):
    """All but every fifth are paid."""
    batch = PaymentBatch.objects.get(pk=number)
    rows = [
        ResultRow(row=one.line, number=one.line, amount=Yuan(one.amount_fen), paid=one.line % 5 != 0)
        for one in queries.transfers_of(batch=batch)
    ]
    actions.read_results(batch_id=number, rows=rows, by=who, at=AT)


def send(_number, who):
    ids = PaymentOrder.objects.filter(state="checked").values_list("pk", flat=True)
    with suppress(Refused):
        actions.send_batch(order_ids=list(ids), by=who, at=AT)


def main(database, verb, number, post, point):
    web = connections["default"]
    web.settings_dict["NAME"] = database
    sent = [0]

    def count(execute, sql, params, many, context):
        sent[0] += 1
        if str(sent[0]) == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with web.execute_wrapper(count), transaction.atomic():
        enter_scope(EVERYWHERE)
        who = accounts.actor_for(post=Post.objects.get(pk=post), day=TODAY)
        {"answer": answer, "send": send}[verb](int(number), who)
    if point == "last":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdout.write(str(sent[0]))


if __name__ == "__main__":
    main(*sys.argv[1:6])
