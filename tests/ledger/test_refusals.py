"""What is refused says what is wrong; a batch keeps each entry whole; a held book is held."""

import pytest
from django.db import connection
from tests.conftest import AT
from tests.ledger.worlds import DAY, receipt

from niangjia.kernel.errors import BadInput, NotAllowed
from niangjia.ledger import actions
from niangjia.ledger.actions import entering
from niangjia.ledger.models import Entry
from niangjia.ledger.rules import EntryDraft, EntryKind


def test_each_refusal_says_what_is_wrong(office):
    office.receive("10.00")
    with pytest.raises(BadInput, match="付款金额要大于零") as refused:
        office.pay("0")
    assert refused.value.field == "amount"
    with pytest.raises(NotAllowed):
        office.pay("1.00", by=office.auditor)
    with pytest.raises(NotAllowed):
        actions.post_many(
            book_id=office.book.pk, drafts=[receipt("1.00")], checked_by=1, by=office.auditor, at=AT
        )
    for wrong, field in (("", "words"), (" ", "words")):
        with pytest.raises(BadInput, match="请填写摘要") as refused:
            office.post(EntryDraft(DAY, EntryKind.RECEIPT, wrong, receipt("1.00").postings, key="w"))
        assert refused.value.field == field


def test_in_a_batch_each_entry_keeps_its_words_and_what_it_is_about(office):
    lines = receipt("1.00").postings
    told = [(None, None), (("aid.round", 7), None), (None, 2017)]
    drafts = [
        EntryDraft(
            DAY, EntryKind.RECEIPT, f'第 "{n}" 张', lines, key=f"b{n}", about=about, erratum_year=year,
            reason="更正" if year else "",
        )
        for n, (about, year) in enumerate(told)
    ]  # fmt: skip
    actions.post_many(book_id=office.book.pk, drafts=drafts, checked_by=13, by=office.accountant, at=AT)
    stored = Entry.objects.order_by("id").values_list("words", "about_id", "erratum_year")
    assert list(stored) == [
        ('第 "0" 张', None, None), ('第 "1" 张', 7, None), ('第 "2" 张', None, 2017),
    ]  # fmt: skip


def test_a_held_book_is_held_until_the_transaction_ends(office):
    entering.hold(office.book.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() "
            "AND granted AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('ledger_book', %s)",
            [office.book.pk],
        )
        assert cursor.fetchone() == (1,)
