"""B5 and B6: from the door to the bank, read back from the system; and with other start data."""

from pathlib import Path

from niangjia.demo.stories import play

SHIPPED = Path(__file__).resolve().parents[2] / "stories"


def table(lines):
    return {line.claim: line for line in lines}


def other(folder, name, *changes):
    """Start data of our own."""
    text = (SHIPPED / name).read_text(encoding="utf-8")
    for page, own in changes:
        assert page in text
        text = text.replace(page, own)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_b5_comes_out_as_the_page_says_it(db):
    found = table(play(ids=("B5",)))
    assert {key: line.system for key, line in found.items() if line.verdict != "matches"} == {}
    assert found["B5.reported"].system == found["B5.visited"].system == "4"
    assert found["B5.share"].system == "100 %"


def test_b5_follows_other_start_data(db, tmp_path):
    folder = other(
        tmp_path, "b5.toml", ("reported = 4", "reported = 6"), ("days_between = 3", "days_between = 1"),
        ("wrong_digit_in = 2", "wrong_digit_in = 5"),
    )  # fmt: skip
    found = table(play(ids=("B5",), inputs=folder))
    assert {key: line.system for key, line in found.items() if line.verdict != "matches"} == {}
    assert (found["B5.reported"].system, found["B5.paid"].system) == ("6", "6")
    assert found["B5.booked"].system == "18,000.00"


def test_b6_comes_out_as_the_page_says_it(db):
    found = table(play(ids=("B6",)))
    assert {key: line.system for key, line in found.items() if line.verdict != "matches"} == {}
    assert (found["B6.sum"].system, found["B6.sum"].wording) == ("20,400.00", "2万余元")


def test_b6_follows_other_start_data(db, tmp_path):
    folder = other(
        tmp_path, "b6.toml", ("grants = 34", "grants = 13"), ("bounced = 1", "bounced = 3"),
        ("households = 17", "households = 5"), ('amount = "600.00"', 'amount = "777.77"'),
    )  # fmt: skip
    found = table(play(ids=("B6",), inputs=folder))
    assert {key: line.system for key, line in found.items() if line.verdict != "matches"} == {}
    assert (found["B6.grants"].system, found["B6.sum"].system) == ("13", "10,111.01")
    assert (found["B6.households"].system, found["B6.bounced"].system) == ("5", "3")
