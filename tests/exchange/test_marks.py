"""A list that turned up elsewhere names who took it: sorted, halved, saved anew (control 23)."""

import random
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.exchange import actions, queries
from niangjia.exchange.models import Leaving
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.sheets import marks
from tests.conftest import AT
from tests.exchange.files import csv_of

EXPORTS = 300
DIGESTS = {number: queries.digest_of(leaving_id=number) for number in range(1, EXPORTS + 1)}
TEXTS = [f"某某{n}号公司" for n in range(400)]


@settings(max_examples=40, deadline=None)
@given(
    taker=st.integers(1, EXPORTS), rows=st.integers(20, 200), dice=st.randoms(use_true_random=False),
    kept=st.sampled_from([0.5, 0.7, 1.0]),
)  # fmt: skip
def test_twenty_rows_name_the_exporter_after_sorting_and_deleting_half(taker, rows, dice, kept):
    taken = [
        marks.marked(text, digest=DIGESTS[taker]) for text in dice.sample(TEXTS, max(20, int(rows / kept)))
    ]
    left = sorted(dice.sample(taken, max(20, int(len(taken) * kept))))
    found = marks.exporters(marks.signs_in(left), DIGESTS)
    assert [number for number, _ in found] == [taker]


def test_a_list_that_never_left_here_names_nobody():
    dice = random.Random(3)  # noqa: S311 - the same list each time
    chance = [text + dice.choice(marks.SIGNS) for text in TEXTS[:60]]
    assert marks.exporters(marks.signs_in(chance), DIGESTS) == []
    assert marks.exporters(marks.signs_in(TEXTS), DIGESTS) == []
    few = [marks.marked(text, digest=DIGESTS[7]) for text in TEXTS[:11]]
    assert marks.exporters(marks.signs_in(few), DIGESTS) == []


def test_a_file_saved_anew_by_another_program_still_names_its_exporter(office, officer):
    rows = [(f"暗记{n}号公司", "", "企业", str(n), "衢江区小散远联合工会", "2018-01-02") for n in range(40)]
    office.commit(office.check(csv_of(rows)))
    wish = actions.Wish("employers", {}, "xlsx", "核对")
    leaving = actions.ask_for_list(wish=wish, unit_id=officer.unit_id, by=officer, at=AT)
    other = actions.ask_for_list(wish=wish, unit_id=officer.unit_id, by=officer, at=AT)
    _, content = actions.fetch_list(leaving_id=leaving.pk, by=officer, at=AT)
    book = openpyxl.load_workbook(BytesIO(content))
    saved = BytesIO()
    book.save(saved)
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(saved).active.iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    found = queries.exporters_of(texts=cells[len(cells) // 2 :], scope=EVERYWHERE)
    assert [(one.leaving_id, one.who) for one in found] == [(leaving.pk, officer.name)]
    assert Leaving.objects.filter(pk=other.pk).exists()


def test_a_marked_list_comes_back_in_without_its_marks(office, officer):
    office.commit(office.check(csv_of([("回传公司", "", "企业", "3", "衢江区小散远联合工会", "2018-01-02")])))
    wish = actions.Wish("employers", {}, "csv", "核对")
    leaving = actions.ask_for_list(wish=wish, unit_id=officer.unit_id, by=officer, at=AT)
    _, content = actions.fetch_list(leaving_id=leaving.pk, by=officer, at=AT)
    assert "回传公司" not in content.decode("utf-8-sig").split(",")
    batch = office.check(content, name="回传.csv")
    said = [one.values["name"] for one in queries.open_rows(batch=batch, rows=queries.rows_of(batch=batch))]
    assert "回传公司" in said
