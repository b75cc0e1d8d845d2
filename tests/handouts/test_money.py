"""Money of an approved batch goes to each named person; what the goods cost is booked; then it is settled."""

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.handouts import actions, queries
from niangjia.handouts.rules import BatchKind, Outcome, State, Way
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.payments import actions as payments
from tests.conftest import AT, TODAY
from tests.sympathy.purse import Purse


@pytest.fixture
def purse(givers):
    made = Purse(givers)
    made.account(givers.jin)
    return made


def order(purse, row):
    return actions.order_batch_money(
        batch_id=row.pk, version=None, fund_id=purse.fund.pk, by=purse.works.acc, at=AT
    )


def test_before_approval_no_money_is_ordered(givers, purse):
    row = givers.submit(givers.arrange(goods="", each="0", amount="200"))
    with pytest.raises(StepRefused):
        order(purse, row)
    givers.approve(row)
    assert order(purse, row).count == 1


def test_whoever_has_no_account_is_named_and_the_others_are_ordered(givers, purse):
    givers.member("无账户")
    row = givers.approved(goods="", each="0", amount="200")
    told = order(purse, row)
    assert (told.count, told.total, told.without_account) == (1, Yuan.of("200"), ("无账户",))
    with beyond():
        assert [one.name for one in queries.owed(batch=givers.batch(row))] == ["无账户"]
    with pytest.raises(Refused, match="1 人"):
        order(purse, row)


def test_money_that_arrived_is_received_and_the_batch_is_settled(givers, purse):
    row = givers.approved(goods="", each="0", amount="200")
    order(purse, row)
    purse.pay(*purse.orders("handouts.row"))
    (one,) = givers.rows(row)
    assert (one.outcome, one.way, one.paid_on) == (Outcome.RECEIVED, Way.BANK, TODAY)
    assert givers.close(row).state == State.SETTLED
    assert purse.holds == Yuan.of("9800")


def test_a_batch_is_not_settled_while_money_is_out(givers, purse):
    row = givers.approved(goods="月饼", each="0", amount="200")
    givers.hand_out(row, givers.rows(row)[0])
    row = givers.close(row, bought=1, left=0)
    assert row.state == State.CLOSED
    order(purse, row)
    purse.pay(*purse.orders("handouts.row"))
    assert givers.batch(row).state == State.SETTLED


def test_who_has_an_order_is_not_marked_as_missed(givers, purse):
    row = givers.approved(goods="", each="0", amount="200")
    order(purse, row)
    with pytest.raises(Refused, match="支付单"):
        givers.miss(row, givers.rows(row)[0])
    with pytest.raises(StepRefused, match="不能取消"):
        actions.cancel_batch(batch_id=row.pk, version=None, reason="不发了", by=givers.pri, at=AT)


def test_a_payment_that_comes_back_opens_the_settled_batch(givers, purse):
    row = givers.approved(goods="", each="0", amount="200")
    order(purse, row)
    sent = purse.pay(*purse.orders("handouts.row"))
    givers.close(row)
    purse.answer(sent, paid=False)
    assert givers.batch(row).state == State.CLOSED
    (made,) = purse.orders("handouts.row")
    payments.correct_order(order_id=made.pk, same_account=True, by=givers.acc, at=AT)
    purse.pay(made)
    assert givers.batch(row).state == State.SETTLED
    assert purse.holds == Yuan.of("9800")


def test_who_approved_the_batch_takes_no_part_in_paying_it(givers, purse):
    row = givers.approve(givers.submit(givers.arrange(goods="", each="0", amount="200")), by=givers.twn)
    order(purse, row)
    (made,) = purse.orders("handouts.row")
    with pytest.raises(Refused, match="经手"):
        payments.check_orders(order_ids=[made.pk], by=givers.twn, at=AT)


def test_every_portion_that_was_bought_is_booked_by_two(givers, purse):
    row = givers.approved(each="50")
    givers.hand_out(row, givers.rows(row)[0])
    givers.close(row, bought=3, left=2)
    actions.propose_batch_goods(batch_id=row.pk, version=None, fund_id=purse.fund.pk, by=givers.acc, at=AT)
    with pytest.raises(StepRefused, match="自己的凭证"):
        actions.check_batch_goods(batch_id=row.pk, by=givers.acc, at=AT)
    with pytest.raises(StepRefused):
        actions.reopen_batch(batch_id=row.pk, version=None, reason="再发", by=givers.pri, at=AT)
    done = actions.check_batch_goods(batch_id=row.pk, by=purse.second, at=AT)
    assert done.state == State.SETTLED
    assert purse.holds == Yuan.of("9850")


def test_heads_at_a_site_are_booked_too(givers, purse):
    row = givers.approved(BatchKind.HEAT, counted=True, goods="绿豆汤", each="5", site="工地")
    actions.count_heads(batch_id=row.pk, version=None, heads=58, by=givers.pri, at=AT)
    givers.close(row, bought=60, left=2)
    actions.propose_batch_goods(batch_id=row.pk, version=None, fund_id=purse.fund.pk, by=givers.acc, at=AT)
    actions.refuse_batch_goods(batch_id=row.pk, reason="缺发票", by=purse.second, at=AT)
    actions.propose_batch_goods(batch_id=row.pk, version=None, fund_id=purse.fund.pk, by=givers.acc, at=AT)
    assert actions.check_batch_goods(batch_id=row.pk, by=purse.second, at=AT).state == State.SETTLED
    assert purse.holds == Yuan.of("9700")


ORDER = """INSERT INTO payments_paymentorder
 (unit_id, path, fund_id, payee_id, account_id, amount_fen, method,
 expense_code, purpose, about_kind, about_id, state, maker, made_at, reason, version)
 SELECT %s, '', %s, %s, NULL, %s, 'cash', '50302', '慰问金', 'handouts.row', %s, 'made', %s, now(), '', 1"""


def insert(purse, line, *, payee=None, fen=20_000, maker=None):
    told = [
        purse.works.land["left_town"].pk, purse.fund.pk, payee or purse.works.jin.pk, fen, line.pk,
        maker or purse.works.acc.user_id,
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ORDER, told)


def test_direct_sql_pays_nothing_that_another_did_not_approve(givers, purse):
    row = givers.submit(givers.arrange(goods="", each="0", amount="200"))
    (line,) = givers.rows(row)
    with beyond(), pytest.raises(DatabaseError, match="还没有批准"):
        insert(purse, line)
    givers.approve(row)
    stranger = givers.member("别人")
    with beyond(), pytest.raises(DatabaseError, match="名册上的本人"):
        insert(purse, line, payee=stranger.pk)
    with beyond(), pytest.raises(DatabaseError, match="不一致"):
        insert(purse, line, fen=19_999)
    with beyond(), pytest.raises(DatabaseError, match="批准这一批"):
        insert(purse, line, maker=givers.pri2.user_id)
    with beyond():
        insert(purse, line)


def test_direct_sql_settles_no_batch_whose_money_or_goods_are_not_in_the_books(givers, purse):
    row = givers.approved(each="50")
    givers.hand_out(row, givers.rows(row)[0])
    givers.close(row, bought=1, left=0)
    sql = "UPDATE handouts_handoutbatch SET state = 'settled' WHERE id = %s"
    with beyond(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
