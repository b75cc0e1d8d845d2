from datetime import date

import pytest

from niangjia.kernel.access import SYSTEM, Actor, Reach, Role
from niangjia.kernel.identifiers import IdKind
from niangjia.people import actions, rules
from niangjia.people.permissions import Word
from niangjia.tree.actions import plant_unit
from tests.conftest import AT, TODAY

NUMBER, MOBILE = "990101196806120027", "13800000001"


@pytest.fixture
def counties(world, settings, tmp_path):
    """Two counties of one city of one province; keys and tombstones of their own."""
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    province = plant_unit(
        kind="province_union", name="浙江省总工会", parent=None, division=None, since=date(2016, 1, 1)
    )
    city = plant_unit(
        kind="city_union", name="甲市总工会", parent=province, division=None, since=date(2016, 1, 1)
    )
    return [
        plant_unit(kind="county_union", name=name, parent=city, division=None, since=date(2016, 1, 1))
        for name in ("东县总工会", "西县总工会")
    ]


def officer(unit, *, user_id=7, words=Word, person_id=None):
    return Actor(
        name="县干部", role=Role.CTY, user_id=user_id, person_id=person_id, unit_id=unit.pk,
        unit_path=unit.path, words=dict.fromkeys(words, Reach.SUBTREE),
    )  # fmt: skip


def himself(person, *, user_id=70):
    """The person in his own affairs."""
    return Actor(
        name="本人", role=Role.MEM, user_id=user_id, person_id=person.pk,
        words={Word.READ: Reach.OWN, Word.REVEAL: Reach.OWN},
    )  # fmt: skip


def register(keeper, *, number=NUMBER, name="李小梅", mobile=MOBILE, born=None):
    paper = rules.Paper(IdKind.RESIDENT, number, None) if number else None
    return actions.register_person(
        draft=actions.PersonDraft(name=name, born=born), keeper_id=keeper.pk, paper=paper, mobile=mobile,
        today=TODAY, by=SYSTEM, at=AT,
    )  # fmt: skip
