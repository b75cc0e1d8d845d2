"""A worker of its own: `python -m tests.exchange.killed DATABASE BATCH POINT`, killed at that point.

A point is the number of a statement: before that statement is sent, the process kills itself with -9.
"""

import os
import signal
import sys

import django

django.setup()

from django.db import connections  # noqa: E402

from niangjia.exchange import actions  # noqa: E402
from niangjia.kernel import clock  # noqa: E402


def main(database, number, point):
    web = connections["default"]
    web.settings_dict["NAME"] = database
    sent = [0]

    def count(execute, sql, params, many, context):
        sent[0] += 1
        if sent[0] == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with web.execute_wrapper(count):
        actions.run_batch(number=number, now=clock.now)
    sys.stdout.write(str(sent[0]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
