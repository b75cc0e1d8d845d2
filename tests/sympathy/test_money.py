"""Money goes to the named person for a visit that was made; goods are booked; then it is settled."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import queries as ledger
from niangjia.payments import actions as payments
from niangjia.sympathy import actions
from niangjia.sympathy.models import GoodsVoucher
from niangjia.sympathy.rules import Kin, Occasion, Receipt, Signed, State
from tests.conftest import AT, TODAY
from tests.sympathy.purse import Purse
from tests.sympathy.worlds import DRAWN, SINCE


@pytest.fixture
def purse(works):
    made = Purse(works)
    made.account(works.jin)
    return made


def done(works, *, amount="600", value="0", gift="", signed=True, occasion=Occasion.HOSPITAL):
    row = works.report(occasion=occasion)
    works.record(row, amount=amount, value=value, gift=gift, signed=Signed(DRAWN) if signed else Signed())
    return works.fresh(row)


def order(purse, row, *, by=None, **more):
    return actions.order_visit_money(
        visit_id=row.pk, version=None, fund_id=purse.fund.pk, by=by or purse.works.acc, at=AT, **more
    )


def propose(purse, row, *, by=None):
    return actions.propose_visit_goods(
        visit_id=row.pk, version=None, fund_id=purse.fund.pk, by=by or purse.works.acc, at=AT
    )


def check(row, *, by):
    return actions.check_visit_goods(visit_id=row.pk, by=by, at=AT)


def test_a_visit_is_settled_when_its_money_arrived(works, purse):
    row = done(works)
    order(purse, row)
    (made,) = purse.orders("sympathy.visit")
    assert (made.payee_id, made.amount_fen, made.expense_code) == (works.jin.pk, 60_000, "50302")
    purse.pay(made)
    row = works.fresh(row)
    assert (row.state, row.paid_on) == (State.SETTLED, TODAY)
    assert purse.holds == Yuan.of("9400")


def test_before_the_visit_no_money_is_ordered(works, purse):
    row = works.report()
    with pytest.raises(StepRefused, match="没有待付"):
        order(purse, row)


def test_without_a_signature_no_money_is_ordered(works, purse):
    row = done(works, signed=False)
    with pytest.raises(Refused, match="签收"):
        order(purse, row)


def test_who_recorded_the_visit_takes_no_part_in_paying_it(works, purse):
    row = works.report()
    works.record(row, amount="600", signed=Signed(DRAWN), by=works.twn)
    row = works.fresh(row)
    order(purse, row)
    (made,) = purse.orders("sympathy.visit")
    with pytest.raises(Refused, match="经手"):
        payments.check_orders(order_ids=[made.pk], by=works.twn, at=AT)


def test_a_relative_does_not_settle(works, purse):
    row = done(works)
    with pytest.raises(NotAllowed, match="回避"):
        order(purse, row, by=replace(works.acc, person_id=works.jin.pk))


def test_the_accountant_of_another_county_does_not_settle(works, purse):
    row = done(works)
    away = works.officer("acc3", "冯会计", "acc", works.land["right_town"])
    with pytest.raises(NotVisible):
        order(purse, row, by=away)


def test_a_second_payment_of_the_day_is_looked_at_first(works, purse):
    order(purse, done(works))
    second = done(works, occasion=Occasion.MISFORTUNE)
    with pytest.raises(Refused, match="同一天"):
        order(purse, second)
    order(purse, second, seen_other=True)
    assert len(purse.orders("sympathy.visit")) == 2


def test_a_visit_has_one_order_and_is_not_taken_back_meanwhile(works, purse):
    row = done(works)
    order(purse, row)
    with pytest.raises(Refused):
        order(purse, row, seen_other=True)
    with pytest.raises(StepRefused, match="付"):
        actions.take_back_visit(visit_id=row.pk, version=None, reason="登错", by=works.pri, at=AT)


def test_a_payment_that_comes_back_opens_the_visit_again_and_counts_once(works, purse):
    row = done(works)
    order(purse, row)
    (made,) = purse.orders("sympathy.visit")
    batch = purse.pay(made)
    purse.answer(batch, paid=False)
    row = works.fresh(row)
    assert (row.state, row.paid_on) == (State.DONE, None)
    assert purse.holds == Yuan.of("10000")
    payments.correct_order(order_id=made.pk, same_account=True, by=works.acc, at=AT)
    purse.pay(made)
    assert works.fresh(row).state == State.SETTLED
    assert purse.holds == Yuan.of("9400")
    assert len(purse.orders("sympathy.visit")) == 1


def test_a_refund_opens_the_visit_again(works, purse):
    row = done(works)
    order(purse, row)
    (made,) = purse.orders("sympathy.visit")
    purse.pay(made)
    payments.ask_refund(order_id=made.pk, reason="本人退回", by=works.acc, at=AT)
    payments.refund_order(order_id=made.pk, on=TODAY, by=purse.cashier, at=AT)
    row = works.fresh(row)
    assert (row.state, row.paid_on) == (State.DONE, None)


def test_goods_are_booked_when_a_second_person_checked_them(works, purse):
    row = done(works, amount="0", value="99", gift="水果")
    propose(purse, row)
    with pytest.raises(StepRefused, match="自己的凭证"):
        check(row, by=works.acc)
    assert purse.holds == Yuan.of("10000")
    check(row, by=purse.second)
    assert works.fresh(row).state == State.SETTLED
    assert purse.holds == Yuan.of("9901")
    (entry,) = ledger.entries_in_scope(scope=EVERYWHERE, about=("sympathy.visit", row.pk))
    assert (entry.made_by, entry.checked_by) == (works.acc.user_id, purse.second.user_id)


def test_a_voucher_sent_back_is_proposed_anew(works, purse):
    row = done(works, amount="0", value="99", gift="水果")
    propose(purse, row)
    with pytest.raises(Refused, match="已经制单"):
        propose(purse, row)
    actions.refuse_visit_goods(visit_id=row.pk, reason="缺发票", by=purse.second, at=AT)
    propose(purse, row)
    check(row, by=purse.second)
    with beyond():
        assert sorted(GoodsVoucher.objects.values_list("state", flat=True)) == ["posted", "refused"]


def test_money_and_goods_both_settle_it_in_either_order(works, purse):
    row = done(works, value="99", gift="水果")
    propose(purse, row)
    check(row, by=purse.second)
    assert works.fresh(row).state == State.DONE
    order(purse, row)
    purse.pay(*purse.orders("sympathy.visit"))
    assert works.fresh(row).state == State.SETTLED
    assert purse.holds == Yuan.of("9301")


def test_money_for_somebody_who_died_goes_to_the_next_of_kin(works, purse):
    row = works.report(occasion=Occasion.DEATH)
    kin = Kin("李大山", "配偶", "99010119880405001X")
    works.record(row, amount="1000", signed=Signed(DRAWN), kin=kin)
    row = works.fresh(row)
    with beyond():
        purse.account(row.recipient)
    order(purse, row)
    (made,) = purse.orders("sympathy.visit")
    assert made.payee_id == row.recipient_id != works.jin.pk


ORDER = """INSERT INTO payments_paymentorder
 (unit_id, path, fund_id, payee_id, account_id, amount_fen, method,
 expense_code, purpose, about_kind, about_id, state, maker, made_at, reason, version)
 SELECT %s, '', %s, %s, NULL, %s, 'cash', '50302', '慰问金', 'sympathy.visit', %s, 'made', %s, now(), '', 1"""


def insert(purse, row, *, payee=None, fen=60_000, maker=None):
    unit = purse.works.land["left_town"].pk
    told = [
        unit, purse.fund.pk, payee or purse.works.jin.pk, fen, row.pk, maker or purse.works.acc.user_id,
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ORDER, told)


def test_direct_sql_pays_nothing_without_a_visit_that_was_made_and_signed_for(works, purse):
    row = works.report()
    with beyond(), pytest.raises(DatabaseError, match="还没有登记"):
        insert(purse, row)
    works.record(row, amount="600")
    with beyond(), pytest.raises(DatabaseError, match="还没有签收"):
        insert(purse, row)
    actions.take_receipt(visit_id=row.pk, version=None, signed=Signed(DRAWN), by=works.pri, at=AT)
    with beyond(), pytest.raises(DatabaseError, match="名单上的本人"):
        insert(purse, row, payee=works.member("别人").pk)
    with beyond(), pytest.raises(DatabaseError, match="不一致"):
        insert(purse, row, fen=60_001)
    with beyond(), pytest.raises(DatabaseError, match="不能经手"):
        insert(purse, row, maker=works.pri.user_id)
    with beyond():
        insert(purse, row)


POSTED = """INSERT INTO sympathy_goodsvoucher (about_kind, about_id, unit_id, path, fund_id, "on", amount_fen,
 words, state, made_by, made_at, decided_by, reason, entry_id)
 SELECT 'sympathy.visit', id, unit_id, '', (SELECT min(id) FROM ledger_fund), now(), 9900, '水果', 'posted',
 1, now(), 2, '', (SELECT min(id) FROM ledger_entry) FROM sympathy_sympathyvisit WHERE id = %s"""


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sympathy_sympathyvisit SET state = 'settled', paid_on = now() WHERE id = %s",
        "UPDATE sympathy_sympathyvisit SET amount_fen = 99900 WHERE id = %s",
        "UPDATE sympathy_sympathyvisit SET state = 'cancelled', reason = 'x' WHERE id = %s",
        POSTED,
    ],
)
def test_direct_sql_settles_nothing_that_was_not_paid(works, purse, sql):
    row = done(works, value="99", gift="水果")
    assert row.receipt == Receipt.SIGNED
    with beyond(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])


@pytest.mark.parametrize("state", ["done", "settled", "planned"])
def test_direct_sql_begins_no_visit_but_as_a_report(works, state):
    row = works.report()
    actions.cancel_visit(visit_id=row.pk, version=None, reason="已出院", by=works.pri, at=AT)
    sql = "UPDATE sympathy_sympathyvisit SET state = %s, visited_on = %s WHERE id = %s"
    with beyond(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [state, SINCE, row.pk])


def test_direct_sql_makes_no_visit_that_nobody_went_on(works):
    row = works.report()
    sql = (
        "UPDATE sympathy_sympathyvisit SET state = 'done', visited_on = since, recorded_by = 1,"
        " recorded_at = now(), recipient_id = person_id WHERE id = %s"
    )
    refused = pytest.raises(DatabaseError, match="may not be done")
    with beyond(), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
