"""A file holds 200,000 rows, and title and head beside them; a cell far below is no row."""

import pytest

from niangjia.kernel.sheets.armour import FAR_ROW


@pytest.mark.parametrize("where", [b"A199999", b"A200001", b"GR200011", b"200999"])
def test_the_last_rows_of_a_full_file_are_near(where):
    assert not FAR_ROW.search(b'r="' + where + b'"')


@pytest.mark.parametrize("where", [b"A201000", b"B210000", b"A300000", b"A1048576", b"4294967296"])
def test_what_lies_below_a_full_file_is_far(where):
    assert FAR_ROW.search(b"r='" + where + b"'")
