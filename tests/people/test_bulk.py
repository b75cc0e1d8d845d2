"""A list of persons is registered exactly as one by one, each row let in or refused by itself."""

from contextlib import suppress
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import GenuineException, IdKind, Sex
from niangjia.kernel.journal.tables import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.people import actions
from niangjia.people.actions.bulk import Registration, register_all
from niangjia.people.models import IdentityDocument, Person
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.members.people import number_of
from tests.network.acting import officer
from tests.network.worlds import zhejiang
from tests.people.bulk_tables import readable, undone


@pytest.fixture
def land(world, settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    return zhejiang()


def resident(place, **more):
    return Paper(IdKind.RESIDENT, number_of(place, **more))


def told(name, keeper, *, paper=None, mobile="", **more):
    return Registration(actions.PersonDraft(name, **more), keeper.pk, paper, mobile)


def a_list(land):
    """Every kind of row that can be registered."""
    here, there = land["left_single"], land["right_joint"]
    vouched = GenuineException("a" * 64, 1, 2)
    return [
        told("安平", here, paper=resident(1), mobile="13957400001"),
        told("买买提・吐尔逊", here, paper=resident(2), mobile="+86 139-5740-0002", ethnicity="05"),
        told("单小明", there, paper=Paper(IdKind.RESIDENT, "990101700203001"), mobile="13957400001"),
        told("陈𬱖", there, sex=Sex.FEMALE, born=date(1990, 2, 3)),
        told("欧阳晓", there, mobile="00852 9123 4567"),
        told("何川", here, paper=Paper(IdKind.PASSPORT, "e12345678")),
        told("江南", here, paper=Paper(IdKind.RESIDENT, "990101198506010012", vouched)),
    ]


def one_by_one(rows):
    for row in rows:
        actions.register_person(
            draft=row.draft, keeper_id=row.keeper_id, paper=row.paper, mobile=row.mobile,
            today=TODAY, by=SYSTEM, at=AT,
        )  # fmt: skip
    return readable()


def in_bulk(rows, by=SYSTEM):
    return register_all(registrations=rows, today=TODAY, by=by, at=AT)


def test_a_list_leaves_the_same_rows_as_one_by_one(land):
    singly = undone(lambda: one_by_one(a_list(land)))
    answers = in_bulk(a_list(land))
    assert readable() == singly
    assert all(answer.is_new for answer in answers)
    assert len(singly["people_identitydocument"]) == 5


def test_one_journal_line_stands_for_the_whole_list(land):
    before = JournalLine.objects.count()
    in_bulk(a_list(land))
    lines = list(JournalLine.objects.order_by("-id")[: JournalLine.objects.count() - before])
    assert [line.verb for line in lines] == ["register_persons"]
    assert lines[0].after["rows"] == 7


def test_each_row_is_refused_by_itself_in_the_words_of_the_single_door(land):
    here = land["left_single"]
    wrong = [
        told("安平", here, paper=Paper(IdKind.RESIDENT, "990101198506010019")),
        told("一", here),
        told("白露", here, mobile="12345"),
        told("常山", here, ethnicity="火星族"),
    ]
    answers = in_bulk([*wrong, told("丁香", here, paper=resident(5))])
    for row, answer in zip(wrong, answers, strict=False):
        with pytest.raises(Refused) as refused:
            one_by_one([row])
        assert (answer.refused, answer.field) == (refused.value.reasons[0], refused.value.field or "")
    assert answers[-1].is_new
    assert Person.objects.count() == 1


def test_a_known_number_is_told_as_the_person_who_bears_it(land):
    first = in_bulk([told("安平", land["right_single"], paper=resident(1))])[0]
    lower = Paper(IdKind.RESIDENT, number_of(1).lower() + " ")
    again = in_bulk(
        [
            told("安平", land["left_single"], paper=lower),
            told("白露", land["left_single"], paper=resident(2)),
            told("白露", land["left_single"], paper=resident(2)),
        ]
    )
    assert (again[0].person_id, again[0].is_new) == (first.person_id, False)
    assert (again[1].is_new, again[2].is_new) == (True, False)
    assert again[1].person_id == again[2].person_id
    assert Person.objects.count() == 2


def test_a_register_out_of_reach_lets_nobody_in(land):
    by = officer(Role.PRI, land["left_single"])
    rows = [told("安平", land["right_single"]), told("白露", land["left_single"])]
    answers = in_bulk(rows, by=by)
    assert answers[0].refused
    assert "没有找到" in str(answers[0].refused)
    assert answers[1].is_new


def test_an_empty_list_writes_nothing(land):
    before = JournalLine.objects.count()
    assert in_bulk([]) == []
    assert JournalLine.objects.count() == before


def _as_system(act):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_lists_and_a_clerk_with_the_same_people_register_each_once(settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    land = _as_system(zhejiang)
    rows = [told("安平", land["left_single"], paper=resident(n)) for n in range(1, 60)]
    start, errors = Barrier(3), []

    def clerk():
        for row in rows[::7]:
            with suppress(Refused):
                _as_system(lambda row=row: one_by_one([row]))

    def run(act):
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 - handed to the test
            errors.append(error)
        finally:
            connections.close_all()

    acts = [
        lambda: _as_system(lambda: in_bulk(rows)),
        lambda: _as_system(lambda: in_bulk(rows[::-1])),
        clerk,
    ]
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert _as_system(lambda: (Person.objects.count(), IdentityDocument.objects.count())) == (59, 59)
