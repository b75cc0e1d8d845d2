"""The place in a list survives its way through an address, whatever the list is sorted by."""

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from niangjia.kernel import listing
from niangjia.kernel.errors import BadInput

VALUES = [
    date(2018, 2, 5), datetime(2018, 2, 5, 4, 0, 0, 123456, tzinfo=UTC),
    datetime(2018, 2, 5, 12, tzinfo=timezone(timedelta(hours=8))), "王", 7,
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_the_next_page_begins_where_this_one_ended(value):
    token = listing._write(SimpleNamespace(pk=9, column=value), "column")
    assert listing._read(token) == (value, 9)


def test_a_moment_without_a_zone_is_none_of_ours():
    token = listing._write(
        SimpleNamespace(pk=9, column=datetime(2018, 2, 5, 4, tzinfo=UTC).replace(tzinfo=None)), "column"
    )
    with pytest.raises(BadInput):
        listing._read(token)
