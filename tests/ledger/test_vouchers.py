"""Vouchers made by hand: one proposes, another checks; a proposal is no entry."""

import pytest
from tests.conftest import AT
from tests.ledger.worlds import BANK, CITY, DAY, HELP, NET, person, receipt, settle

from niangjia.kernel.access import Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, Stale, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions, queries
from niangjia.ledger.models import Entry
from niangjia.ledger.rules import EntryDraft, EntryKind, PostingDraft, VoucherState


def propose(office, draft=None, by=None):
    return actions.propose_voucher(
        book_id=office.book.pk, draft=draft or receipt("600.00"), by=by or office.accountant, at=AT
    )


def step(verb, voucher, by, **more):
    action = getattr(actions, f"{verb}_voucher")
    return action(voucher_id=voucher.pk, version=voucher.version, by=by, at=AT, **more)


def test_a_voucher_stands_in_the_book_when_another_has_checked_it(office):
    voucher = propose(office)
    assert not Entry.objects.exists()
    with pytest.raises(StepRefused, match="不能复核自己"):
        step("check", voucher, office.accountant)
    done = step("check", voucher, office.second)
    settle()
    entry = Entry.objects.get()
    assert (entry.made_by, entry.checked_by, done.entry_id) == (12, 13, entry.pk)
    assert queries.fund_available(fund_id=office.aid.pk) == Yuan.of("600.00")
    with pytest.raises(StepRefused, match="已入账"):
        step("check", done, office.chair)


def test_the_chair_may_check_and_the_cashier_may_not(office):
    voucher = propose(office)
    with pytest.raises(NotAllowed):
        step("check", voucher, office.cashier)
    with pytest.raises(NotAllowed):
        propose(office, by=office.cashier)
    with pytest.raises(NotVisible):
        step("check", voucher, office.elsewhere)
    assert step("check", voucher, office.chair).state == VoucherState.POSTED


def test_a_voucher_goes_back_with_a_reason(office):
    voucher = propose(office)
    with pytest.raises(StepRefused, match="理由"):
        step("refuse", voucher, office.second, reason=" ")
    with pytest.raises(StepRefused, match="不能复核自己"):
        step("refuse", voucher, office.accountant, reason="金额不符")
    back = step("refuse", voucher, office.second, reason="金额不符")
    assert (back.state, back.answer) == (VoucherState.REFUSED, "金额不符")
    with pytest.raises(StepRefused):
        step("check", back, office.second)
    assert not Entry.objects.exists()


def test_only_the_maker_withdraws_his_voucher(office):
    voucher = propose(office)
    with pytest.raises(StepRefused, match="只有制单人"):
        step("withdraw", voucher, office.second)
    with pytest.raises(Stale):
        actions.withdraw_voucher(voucher_id=voucher.pk, version=9, by=office.accountant, at=AT)
    assert step("withdraw", voucher, office.accountant).state == VoucherState.WITHDRAWN


def test_what_the_book_would_refuse_is_said_when_it_is_proposed(office):
    lines = receipt("1.00").postings
    charged = (PostingDraft(HELP, CITY, Yuan(5)), PostingDraft(BANK, CITY, Yuan(-5)))
    bad = {
        "摘要": EntryDraft(DAY, EntryKind.RECEIPT, "", lines, key="k"),
        "没有科目": EntryDraft(
            DAY, EntryKind.RECEIPT, "x", [PostingDraft("9", CITY, Yuan(1)), lines[1]], key="k"
        ),
        "只能凭支付单": EntryDraft(DAY, EntryKind.PAYMENT, "x", charged, key="k"),
        "借贷不平": EntryDraft(DAY, EntryKind.RECEIPT, "x", [lines[0], *lines], key="k"),
    }
    bad["没有科目"] = EntryDraft(
        DAY, EntryKind.RECEIPT, "x", [PostingDraft("9", CITY, Yuan(100)), lines[1]], key="k"
    )
    for words, draft in bad.items():
        with pytest.raises(Refused, match=words):
            propose(office, draft)
    with pytest.raises(NotVisible):
        propose(office, by=person(Role.ACC, office.land["right_town"], 70))
    scope = office.second.scope_for("ledger.read")
    assert queries.vouchers_in_scope(scope=scope).count() == 0


def test_a_voucher_that_runs_a_fund_short_waits_on(office):
    spent = (PostingDraft(NET, CITY, Yuan(5)), PostingDraft(BANK, CITY, Yuan(-5)))
    voucher = propose(office, EntryDraft(DAY, EntryKind.TRANSFER, "划转", spent, key="k"))
    with pytest.raises(Refused, match="余额不足"):
        step("check", voucher, office.second)
    scope = office.second.scope_for("ledger.read")
    waiting = queries.vouchers_in_scope(scope=scope, state=VoucherState.PROPOSED, book_id=office.book.pk)
    assert [one.pk for one in waiting] == [voucher.pk]
    office.receive("0.05")
    assert step("check", voucher, office.second).state == VoucherState.POSTED


def test_a_correction_keeps_its_reason_and_its_year(office):
    draft = receipt("1.00", kind=EntryKind.CORRECTION, reason="去年少记", erratum_year=2017)
    step("check", propose(office, draft), office.second)
    entry = Entry.objects.get()
    assert (entry.kind, entry.reason, entry.erratum_year) == ("correction", "去年少记", 2017)
    with pytest.raises(BadInput):
        propose(office, receipt("1.00", kind=EntryKind.CORRECTION))
