"""Where a person is paid: kept, masked, revealed for a purpose."""

from datetime import date

import pytest
from django.db import connection, transaction

from niangjia.kernel import personal
from niangjia.kernel.access import EVERYWHERE, NOWHERE, Scope
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sealing import SealBroken, unseal
from niangjia.payments import actions, queries
from niangjia.payments.models import BankAccount
from niangjia.people import queries as people
from niangjia.people.models import RevealAlarm
from tests.conftest import AT, TODAY
from tests.payments.worlds import card

WHY = {"purpose": "payment", "words": "核对退票的账号"}


def test_an_account_is_sealed_indexed_and_shown_by_its_tail(payers):
    someone = payers.person("林晓梅")
    row = queries.account_in_use(person_id=someone.pk)
    assert (row.tail, str(row)) == (card(someone.pk)[-4:], f"本人 **** {card(someone.pk)[-4:]}")
    assert card(someone.pk).encode() not in bytes(row.sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM payments_bankaccount AS t")
        assert card(someone.pk) not in cursor.fetchone()[0]
    told = JournalLine.objects.filter(verb="keep_account").order_by("-id").first()
    assert told.after == {"relation": "self", "tail": row.tail}


def test_a_new_account_ends_the_one_before_and_the_same_one_told_again_is_the_same(payers):
    someone = payers.person("林晓梅")
    first = queries.account_in_use(person_id=someone.pk)
    assert payers.account(someone, number=card(someone.pk)) == first
    second = payers.account(someone, number=card(9001))
    first.refresh_from_db()
    assert (first.ended_at, queries.account_in_use(person_id=someone.pk)) == (AT, second)
    assert list(queries.accounts_of(person_id=someone.pk)) == [second, first]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": "6228480000000000019"}, "number"),
        ({"bank": " "}, "bank"),
        ({"holder": "王建国"}, "holder"),
    ],
)
def test_what_is_wrong_with_an_account_names_its_field(payers, told, field):
    someone = payers.person("林晓梅", account=False)
    with pytest.raises(BadInput) as refused:
        payers.account(someone, **told)
    assert refused.value.field == field
    assert not BankAccount.objects.exists()


def test_one_number_is_one_persons_own(payers):
    first, second = payers.person("林晓梅"), payers.person("林晓梅", account=False)
    with pytest.raises(Refused, match="另一个人名下"):
        payers.account(second, number=card(first.pk))


def test_a_registered_guardian_is_paid_for_a_child(payers):
    child = payers.person("王雨桐", born=date(2008, 5, 1), account=False)
    other = payers.person("王小桐", born=date(2010, 5, 1), account=False)
    father = payers.person("王建国", account=False)
    told = {"number": card(51), "holder": "王建国", "guardian_id": father.pk}
    with pytest.raises(BadInput) as refused:
        payers.account(child, **told)
    assert refused.value.field == "basis"
    with pytest.raises(BadInput):
        payers.account(child, **told | {"holder": "王雨桐"}, basis="户口簿")
    row = payers.account(child, **told, basis="户口簿")
    assert (row.relation, row.guardian, row.holder) == ("guardian", father, "王建国")
    assert row.basis == "户口簿"
    assert payers.account(other, **told, basis="户口簿").blind == row.blind, "one account for both children"
    with pytest.raises(NotVisible):
        payers.account(child, **told | {"guardian_id": 10**9}, basis="户口簿")


def test_a_full_number_is_revealed_for_a_purpose_with_one_line_and_too_many_raise_the_alarm(payers, settings):
    someone = payers.person("林晓梅")
    row = queries.account_in_use(person_id=someone.pk)
    with pytest.raises(BadInput):
        actions.reveal_account(account_id=row.pk, purpose="payment", words="看", by=payers.accountant, at=AT)
    assert actions.reveal_account(account_id=row.pk, **WHY, by=payers.accountant, at=AT) == card(someone.pk)
    lines = JournalLine.objects.filter(verb="reveal_account")
    told = {"row": row.pk, "purpose": "payment"}
    assert [(line.reason, line.after) for line in lines] == [(WHY["words"], told)]
    (look,) = people.looks_at(person_id=someone.pk)
    assert (look.words, look.unit) == (WHY["words"], payers.county.name), "he reads who looked and why"
    for _ in range(20):
        actions.reveal_account(account_id=row.pk, **WHY, by=payers.accountant, at=AT)
    assert RevealAlarm.objects.count() == 1


def test_only_whoever_may_sees_a_number_and_everybody_his_own(payers):
    someone = payers.person("林晓梅")
    row = queries.account_in_use(person_id=someone.pk)
    for actor in (payers.cashier, payers.auditor):
        with pytest.raises(NotAllowed):
            actions.reveal_account(account_id=row.pk, **WHY, by=actor, at=AT)
    with pytest.raises(NotVisible):
        actions.reveal_account(account_id=row.pk, **WHY, by=payers.elsewhere, at=AT)
    himself = payers.member(someone)
    assert actions.reveal_account(account_id=row.pk, **WHY, by=himself, at=AT) == card(someone.pk)
    assert payers.account(someone, number=card(9002), by=himself).tail == card(9002)[-4:]
    with pytest.raises(NotAllowed):
        payers.account(payers.person("王建国"), by=payers.auditor)
    with pytest.raises(NotVisible):
        payers.account(payers.person("王建国"), by=himself)


def test_an_ended_account_is_ended_once(payers):
    row = queries.account_in_use(person_id=payers.person("林晓梅").pk)
    ended = actions.end_account(account_id=row.pk, reason="销户", by=payers.accountant, at=AT)
    assert ended.ended_at == AT
    (line,) = JournalLine.objects.filter(verb="end_account", object_id=row.pk)
    assert line.reason == "销户"
    with pytest.raises(Refused, match="先前已经停用"):
        actions.end_account(account_id=row.pk, reason="销户", by=payers.accountant, at=AT)


def test_rows_of_accounts_are_seen_by_the_keepers_scope_and_by_the_person(payers):
    someone = payers.person("林晓梅")
    seen = {}
    for name, scope in {
        "county": Scope(tops=(payers.county.path,)),
        "elsewhere": Scope(tops=(payers.land["right_county"].path,)),
        "himself": Scope(own=someone.pk), "nobody": NOWHERE,
    }.items():  # fmt: skip
        enter_scope(scope)
        seen[name] = BankAccount.objects.count()
    enter_scope(EVERYWHERE)
    assert seen == {"county": 1, "elsewhere": 0, "himself": 1, "nobody": 0}


def test_after_an_erasure_no_number_is_left_and_the_payments_stay(payers):
    someone = payers.person("林晓梅")
    (order,) = payers.paid(someone)
    row = queries.account_in_use(person_id=someone.pk)
    with transaction.atomic():
        personal.erase_rows(person_id=someone.pk)
    row.refresh_from_db()
    assert (bytes(row.sealed), bytes(row.blind), row.tail, row.bank, row.holder) == (b"", b"", "", "", "")
    assert payers.fresh(order).amount_fen == order.amount_fen
    with pytest.raises(SealBroken):
        unseal(row.sealed, table="payments_bankaccount", person_id=someone.pk, field="sealed")


def test_nobody_is_erased_whose_payment_is_under_way_or_whose_vouchers_must_be_kept(payers):
    someone = payers.person("林晓梅")
    assert people.duties_of(person_id=someone.pk, day=TODAY) == []
    _, batch = payers.sent(someone)
    (duty,) = people.duties_of(person_id=someone.pk, day=TODAY)
    assert duty.until is None
    payers.answer(batch, {1: True})
    (duty,) = people.duties_of(person_id=someone.pk, day=TODAY)
    assert duty.until == TODAY.replace(year=TODAY.year + 30)
    assert people.duties_of(person_id=someone.pk, day=duty.until) == []
