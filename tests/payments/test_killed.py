"""kill -9 in the middle of sending and of the bank's answer: whole or not at all, and once if done again."""

import os
import random
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import queries as ledger
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from tests.network.worlds import zhejiang
from tests.payments.worlds import Payers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
ORDERS, KILLS, SEED = 10, 10, 20_180_820
NAMES = "赵钱孙李周吴郑王冯陈"


def within(read):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return read()


@pytest.fixture
def payers():
    return within(lambda: Payers(zhejiang()))


def run(payers, verb, number=0, point="0"):
    """Another process of the cashier does it, or is killed; its exit and how many statements it sent."""
    name, post = connections["owner"].settings_dict["NAME"], payers.cashier.post_id
    line = [sys.executable, "-m", "tests.payments.killed", name, verb, str(number), str(post), str(point)]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.project.settings.test"}
    done = subprocess.run(line, env=told, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode, int(done.stdout or 0)


def standing(payers):
    """What the tables hold: orders by state, attempts, entries, and the fund."""
    states = Counter(PaymentOrder.objects.values_list("state", flat=True))
    outcomes = Counter(Transfer.objects.values_list("outcome", flat=True))
    held = ledger.fund_available(fund_id=payers.fund.pk)
    return dict(states), dict(outcomes), PaymentBatch.objects.count(), held


def test_a_killed_cashier_leaves_the_whole_or_nothing_and_another_goes_on_once(payers):
    dice = random.Random(SEED)  # noqa: S311 - the same points each time
    orders = within(lambda: [payers.order(payers.person(name * 2)) for name in NAMES])
    within(lambda: payers.check(*orders))
    before = within(lambda: standing(payers))
    for point in [dice.randrange(3, 60) for _ in range(KILLS // 2)]:
        assert run(payers, "send", point=point)[0] == -9
        assert within(lambda: standing(payers)) == before
    assert run(payers, "send", point="last")[0] == -9, "killed when it was committed, before anybody heard"
    sent = within(lambda: standing(payers))
    assert sent == ({"sent": ORDERS}, {"": ORDERS}, 1, Yuan.of("100000"))
    run(payers, "send")
    assert within(lambda: standing(payers)) == sent
    batch = within(PaymentBatch.objects.get)
    for point in [dice.randrange(3, 150) for _ in range(KILLS // 2)]:
        assert run(payers, "answer", batch.pk, point)[0] == -9
        assert within(lambda: standing(payers)) == sent
    assert run(payers, "answer", batch.pk, "last")[0] == -9
    paid = ({"paid": 8, "failed": 2}, {"paid": 8, "failed": 2}, 1, Yuan.of("95200"))
    assert within(lambda: standing(payers)) == paid
    code, statements = run(payers, "answer", batch.pk)
    assert (code, within(lambda: standing(payers))) == (0, paid)
    sys.stdout.write(
        f"{KILLS + 2} kills of {ORDERS} payments, each whole or not at all ({statements} statements)\n"
    )
