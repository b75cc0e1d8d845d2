"""What the rules say of batches; no database."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.handouts.rules import (
    BATCH,
    KINDS,
    BatchDraft,
    BatchKind,
    Goods,
    State,
    Tally,
    Whom,
    birthday_in,
    born_in,
    require_draft,
    require_goods,
)
from niangjia.kernel.counting import Count, Measure
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.workflow import explore

DAYS = st.dates(date(1940, 1, 1), date(2010, 12, 31))


@dataclass(frozen=True)
class World:
    """What can be true of a batch."""

    somebody: bool = False
    other_eyes: bool = False
    all_told: bool = False
    touched: bool = False
    paid: bool = False
    booked: bool = False
    approved: str = ""


def facts(world):
    return {
        "somebody": world.somebody, "other_eyes": world.other_eyes, "nobody_open": world.all_told,
        "counted": world.all_told, "paper_kept": True, "untouched": not world.touched, "paid": world.paid,
        "booked": world.booked, "unspent": not world.paid and not world.booked,
    }  # fmt: skip


def after(world, step):
    if step.name == "approve":
        return replace(world, approved="by another" if world.other_eyes else "by himself")
    if step.name == "unsettle":
        return replace(world, paid=False)
    return world


def events(world):
    yield "somebody is on the roster", replace(world, somebody=True)
    yield "another looks", replace(world, other_eyes=not world.other_eyes)
    yield "everybody has an outcome", replace(world, all_told=True, touched=True)
    yield "the bank pays", replace(world, paid=True)
    yield "the goods are booked", replace(world, booked=True)


def test_no_order_of_steps_hands_out_what_another_did_not_approve():
    found = list(explore(BATCH, World(), after=after, facts=facts, events=events))
    out = [one for one in found if one.state in {State.APPROVED, State.CLOSED, State.SETTLED}]
    assert out
    assert {one.world.approved for one in out} == {"by another"}
    assert all(one.world.somebody for one in out)


def test_no_order_of_steps_settles_while_a_row_is_open_or_money_is_out():
    found = list(explore(BATCH, World(), after=after, facts=facts, events=events))
    settled = [one for one in found if one.state == State.SETTLED]
    assert settled
    assert all(one.world.all_told and one.world.paid and one.world.booked for one in settled)


def test_every_state_is_reached_and_no_way_ends_in_the_middle():
    assert BATCH.unreachable == frozenset()
    assert BATCH.dead_ends == frozenset()


@given(DAYS, st.integers(2011, 2100))
def test_everybody_has_exactly_one_birthday_a_year(born, year):
    months = [month for month in range(1, 13) if born_in(born, year=year, month=month)]
    assert months == [birthday_in(born, year).month]


def test_born_on_the_leap_day_one_is_congratulated_in_march_of_a_common_year():
    born = date(2000, 2, 29)
    assert birthday_in(born, 2018) == date(2018, 3, 1)
    assert birthday_in(born, 2020) == date(2020, 2, 29)
    assert not born_in(born, year=2018, month=2)
    assert born_in(born, year=2020, month=2)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_goods_add_up_or_are_refused_with_the_figure_that_would(bought, handed, left):
    goods = Goods(bought, handed, left)
    if bought == handed + left:
        require_goods(goods)
        return
    with pytest.raises(BadInput) as refused:
        require_goods(goods)
    assert str(bought - handed) in str(refused.value)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900), st.integers(0, 10**6))
def test_nobody_vanishes_from_the_equation_and_the_sum_is_exact(left, got, missed, fen):
    tally = Tally(left, got, missed)
    assert tally.persons.value == left + got + missed
    assert tally.total(Yuan(fen)).fen == fen * (left + got + missed)


def test_persons_and_person_times_never_add_up():
    with pytest.raises(TypeError):
        _ = Tally(open=3).persons + Count(2, Measure.ATTENDANCES)


@pytest.mark.parametrize("kind", list(BatchKind))
def test_every_kind_has_its_word(kind):
    assert str(KINDS[kind])


DRAFT = BatchDraft(BatchKind.HEAT, "高温慰问", date(2018, 8, 1), goods="毛巾", each=Yuan.of("20"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "gift"}, "kind"),
        ({"goods": ""}, "goods"),
        ({"goods": "", "each": Yuan(0)}, "goods"),
        ({"each": Yuan(-1)}, "each"),
        ({"kind": BatchKind.HOLIDAY, "counted": True}, "counted"),
        ({"counted": True, "amount": Yuan(1)}, "amount"),
        ({"kind": BatchKind.WOMEN}, "goods"),
    ],
)
def test_a_draft_that_does_not_fit_names_its_field(changed, field):
    require_draft(DRAFT)
    with pytest.raises(BadInput) as refused:
        require_draft(replace(DRAFT, **changed))
    assert refused.value.field == field


def test_an_age_is_reached_inside_its_bounds():
    assert [age for age in range(15, 65) if Whom(20, 55).fits(age)] == list(range(20, 56))
