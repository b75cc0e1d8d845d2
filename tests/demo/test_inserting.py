from datetime import date

from niangjia.kernel.inserting import BATCH, insert_rows, reserve_numbers
from niangjia.tree.models import Unit


def test_rows_take_the_models_defaults_and_stand_in_more_than_one_statement(world):
    numbers = reserve_numbers(Unit, BATCH + 3)
    insert_rows(
        Unit,
        (
            {"id": n, "kind": "x", "name": f"“{n}”\\", "path": f"{n:06d}", "since": date(2018, 1, 1)}
            for n in numbers
        ),
    )
    assert Unit.objects.count() == BATCH + 3
    row = Unit.objects.get(pk=numbers[0])
    assert (row.name, row.parent_id, row.until) == (f"“{numbers[0]}”\\", None, None)


def test_no_rows_are_no_statement(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Unit, [])
