"""Quiet hours, retries, and how words are kept, without a database."""

from datetime import date, datetime, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.words import say
from niangjia.messaging.rules import How, Quiet, kept, not_before, require_no_sealed, retry_after, told

NIGHT = Quiet(20, 8, 9)


def local(hour, day=20):
    return datetime(2018, 8, day, hour, 30, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("hour", "due"), [(7, local(8)), (10, local(10)), (19, local(19)), (22, local(8, 21))]
)
def test_nothing_goes_out_at_night(hour, due):
    expected = due if due.hour == hour else due.replace(minute=0)
    assert not_before(local(hour), how=How.AT_ONCE, quiet=NIGHT, urgent=False) == expected


def test_a_quiet_that_does_not_pass_midnight():
    noon = Quiet(12, 14, 9)
    assert [hour for hour in range(24) if noon.holds(hour)] == [12, 13]


def test_the_digest_has_its_hour():
    assert not_before(local(8), how=How.DIGEST, quiet=NIGHT, urgent=False).hour == 9
    assert not_before(local(9), how=How.DIGEST, quiet=NIGHT, urgent=False).day == 21


def test_retries_wait_longer_and_end():
    waits = [retry_after(n, minutes=(1, 5, 30)) for n in (1, 2, 3, 4)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), None]


def test_what_is_kept_is_told_again_in_any_language():
    said = say("{unit}的“{title}”", unit="东县", title=say("{day} 到期", day=date(2018, 8, 1)))
    assert told(kept(said)) == said
    english = {"{unit}的“{title}”": "{title} of {unit}", "{day} 到期": "due {day}"}
    words = told(kept(said)).render(lambda text: english.get(text, text))
    assert words.startswith("due ")
    assert words.endswith(" of 东县")


@pytest.mark.parametrize("text", ["2018-08-20 到期", "第 1000000 号", "12351", "2018 年第 3 号文"])
def test_days_and_numbers_of_papers_are_no_secrets(text):
    require_no_sealed(text)
