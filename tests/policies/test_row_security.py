import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from niangjia.kernel.access import EVERYWHERE, PUBLIC_ROWS, SYSTEM, Scope
from niangjia.kernel.scoping import enter_scope
from niangjia.policies import actions
from niangjia.policies.models import LocalValue
from niangjia.policies.permissions import Word
from niangjia.tree import actions as tree
from tests.conftest import AT, TODAY
from tests.policies.conftest import CTY, TWN, officer


@pytest.fixture
def three(line):
    def put(unit, value):
        draft = actions.ValueDraft(key="visit.hospital_days", value=value, since=TODAY, paper="〔2018〕1号")
        return actions.set_local_value(unit_id=unit.pk, draft=draft, today=TODAY, by=SYSTEM, at=AT)

    return [put(line.city, 6), put(line.county, 5), put(line.town, 4)]


def seen():
    return list(LocalValue.objects.order_by("id").values_list("value", flat=True))


def test_without_a_scope_the_database_shows_no_value_and_to_the_public_all(three):
    enter_scope(Scope())
    assert seen() == []
    enter_scope(PUBLIC_ROWS)
    assert seen() == [6, 5, 4]


def test_an_officer_reads_the_values_above_and_writes_the_own_only(line, three):
    enter_scope(officer(CTY, line.county).scope_for(Word.SET))
    assert seen() == [6, 5]
    assert LocalValue.objects.filter(value=6).update(paper="x") == 0
    assert LocalValue.objects.filter(value=5).update(paper="x") == 1
    assert LocalValue.objects.filter(value=6).delete()[0] == 0


def test_the_database_refuses_a_value_for_a_foreign_union_whatever_the_code_says(line, three):
    enter_scope(officer(TWN, line.town).scope_for(Word.SET))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        LocalValue.objects.create(
            unit_id=line.other_city.pk, key="x.y", value=1, paper="x", since=TODAY, set_at=AT
        )


def test_a_value_moves_with_its_union_into_the_sight_of_the_new_line(line, three):
    tree.move_unit(unit=line.county, parent=line.other_city, since=TODAY, today=TODAY, by=SYSTEM, at=AT)
    line.other_city.refresh_from_db()
    enter_scope(Scope(tops=(line.other_city.path,)))
    assert seen() == [5, 4]
    enter_scope(EVERYWHERE)
    assert all(row.path == row.unit.path for row in LocalValue.objects.select_related("unit"))
