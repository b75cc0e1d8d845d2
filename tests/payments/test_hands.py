"""Who may do what to an order: three people, never the payee, in reach, each step from the right hand."""

import pytest

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, Stale, StepRefused
from niangjia.payments import actions, queries
from niangjia.payments.permissions import Word
from niangjia.people.models import Person
from tests.conftest import AT, TODAY


def test_maker_checker_and_cashier_are_three_people(payers):
    order = payers.order(payers.person("林晓梅"))
    with pytest.raises(NotAllowed, match="由您制单"):
        payers.check(order, by=payers.accountant)
    payers.check(order)
    both = payers.officer("both", payers_role(payers))
    assert both.user_id != order.maker
    with pytest.raises(NotAllowed):
        payers.send(order, by=payers.second)
    assert payers.send(order, by=payers.cashier).sent_by == payers.cashier.user_id


def test_the_city_sees_what_a_county_pays_and_does_not_check_it(payers):
    order = payers.order(payers.person("林晓梅"))
    city = payers.officer("cty2", Role.MUN, payers.land["city"])
    assert queries.orders_in_scope(scope=city.scope_for(Word.READ)).filter(pk=order.pk).exists()
    with pytest.raises(NotAllowed):
        payers.check(order, by=city)


def payers_role(payers):
    return payers.cashier.role


def test_one_account_with_two_posts_is_still_one_person(payers):
    """Whoever checked cannot send, though another of his posts carries the word."""
    order = payers.order(payers.person("林晓梅"))
    payers.check(order)
    whole = payers.as_cashier(payers.second)
    with pytest.raises(NotAllowed, match="由您复核"):
        payers.send(order, by=whole)


def test_nobody_makes_checks_or_pays_what_is_paid_to_himself(payers):
    someone = payers.person("林晓梅")
    for actor in (payers.accountant, payers.second):
        with pytest.raises(NotAllowed, match="付给您本人"):
            payers.order(someone, by=payers.himself(actor, someone))
    order = payers.order(someone)
    with pytest.raises(NotAllowed, match="付给您本人"):
        payers.check(order, by=payers.himself(payers.second, someone))
    payers.check(order)
    with pytest.raises(NotAllowed, match="付给您本人"):
        payers.send(order, by=payers.himself(payers.cashier, someone))


def test_an_order_names_an_expense_of_the_book_and_a_union_in_reach(payers):
    someone = payers.person("林晓梅")
    for code in ("999", "102"):
        with pytest.raises(BadInput) as refused:
            payers.order(someone, expense_code=code)
        assert refused.value.field == "expense_code"
    draft = payers.draft(someone)
    with pytest.raises(NotVisible):
        actions.order_payment(draft=draft, by=payers.elsewhere, at=AT)


def test_nobody_corrects_what_is_paid_to_himself_or_to_the_dead(payers):
    someone = payers.person("林晓梅")
    order = payers.order(someone)
    actions.send_back_order(order_id=order.pk, reason="不对", by=payers.second, at=AT)
    told = {"order_id": order.pk, "same_account": True, "at": AT}
    with pytest.raises(NotAllowed, match="付给您本人"):
        actions.correct_order(**told, by=payers.himself(payers.accountant, someone))
    Person.objects.filter(pk=someone.pk).update(deceased_on=TODAY)
    with pytest.raises(Refused, match="已去世"):
        actions.correct_order(**told, by=payers.accountant)


def test_a_step_back_or_a_refund_says_why_and_comes_from_the_right_hand(payers):
    order = payers.order(payers.person("林晓梅"))
    back = {"order_id": order.pk, "at": AT}
    with pytest.raises(NotAllowed):
        actions.send_back_order(**back, reason="不对", by=payers.cashier)
    with pytest.raises(NotAllowed, match="由您制单"):
        actions.send_back_order(**back, reason="不对", by=payers.accountant)
    payers.answer(payers.send(*payers.check(order)), {1: True})
    with pytest.raises(BadInput):
        actions.ask_refund(**back, reason=" ", by=payers.accountant)
    actions.ask_refund(**back, reason="退学", by=payers.accountant)
    refund = {**back, "on": TODAY}
    with pytest.raises(NotAllowed, match="不能是同一人"):
        actions.refund_order(**refund, by=payers.as_cashier(payers.accountant))
    other = payers.order(payers.person("王建国"))
    with pytest.raises(StepRefused, match="只有已付"):
        actions.ask_refund(order_id=other.pk, reason="退学", by=payers.accountant, at=AT)


def test_a_batch_of_another_union_is_not_made_and_a_stale_check_is_refused(payers):
    order = payers.order(payers.person("林晓梅"))
    with pytest.raises(Stale):
        actions.check_orders(order_ids=[order.pk], versions={order.pk: 99}, by=payers.second, at=AT)
    payers.check(order)
    with pytest.raises(Refused, match="同一账簿"):
        actions.send_batch(
            order_ids=[order.pk], unit_id=payers.land["left_town"].pk, by=payers.cashier, at=AT
        )


def test_whoever_has_no_account_of_his_own_takes_no_step(payers):
    order = payers.order(payers.person("林晓梅"))
    with pytest.raises(NotAllowed, match="有账号的同志"):
        actions.cancel_order(order_id=order.pk, reason="填错", by=SYSTEM, at=AT)
