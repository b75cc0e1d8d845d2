from datetime import date

import pytest

from niangjia.dues import actions, queries
from niangjia.dues.models import DuesRecord
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.members import actions as members
from tests.conftest import AT, TODAY
from tests.members.people import member

MARCH = date(2018, 3, 1)


@pytest.fixture
def row(land):
    return member(land["left_single"], employer=land["left_firm"], name="江南")


def paid(row, month=MARCH, fen=463_700, on=date(2018, 3, 9)):
    return actions.record_dues(membership_id=row.pk, month=month, base_fen=fen, paid_on=on, by=SYSTEM, at=AT)


def test_dues_are_the_base_times_the_rate_to_the_tenth_of_a_yuan(row):
    dues = paid(row)
    assert (dues.amount_fen, str(dues.rate)) == (2320, "0.005")
    assert queries.dues_paid_until(person_id=row.person_id) == MARCH
    assert queries.dues_sum(scope=EVERYWHERE, year=2018) == (1, 2320)


def test_the_wage_lies_sealed(row):
    dues = DuesRecord.objects.get(pk=paid(row).pk)
    assert b"463700" not in bytes(dues.base)
    assert queries.base_of(dues=dues) == 463_700


def test_a_month_is_paid_once_and_again_after_it_was_voided(row):
    first = paid(row)
    with pytest.raises(Refused, match="已经登记过"):
        paid(row)
    actions.void_dues(dues_id=first.pk, reason="金额有误", by=SYSTEM, at=AT)
    paid(row, fen=500_000)
    assert queries.dues_sum(scope=EVERYWHERE, year=2018) == (1, 2500)


@pytest.mark.parametrize(
    ("month", "on", "words"),
    [(date(2015, 12, 1), TODAY, "不是这家工会的会员"), (MARCH, date(2018, 9, 1), "不能晚于今天")],
)
def test_dues_outside_the_membership_or_to_come_are_refused(row, month, on, words):
    with pytest.raises(Refused, match=words):
        paid(row, month=month, on=on)


def test_who_is_kept_pays_no_dues(row):
    kept = members.retain_membership(
        membership_id=row.pk, version=1, since=date(2018, 2, 1), reason="退休", by=SYSTEM, at=AT
    )
    with pytest.raises(Refused, match="保留会籍的会员不缴会费"):
        paid(kept)


def test_dues_are_entered_and_voided_at_the_desk(row, chair):
    address = f"/members/{row.pk}/dues/"
    assert chair.get(address).status_code == 200
    answer = chair.post(address, month="2018-03", base="4637.00", paid_on="2018-03-09")
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert "23.20" in chair.get(f"/members/{row.pk}/").content.decode()
    dues = DuesRecord.objects.get()
    assert chair.post(f"/members/dues/{dues.pk}/void/", reason="金额有误").status_code == 302
    assert "已作废" in chair.get(f"/members/{row.pk}/").content.decode()
