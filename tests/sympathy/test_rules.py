"""What the rules say of sympathy visits; no database."""

from dataclasses import dataclass, replace

import pytest

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.workflow import explore
from niangjia.sympathy.rules import (
    OCCASIONS,
    VISIT,
    Cap,
    Given,
    Occasion,
    Receipt,
    Signed,
    State,
    facts_of,
    names_of,
    require_signature,
    require_within,
)


@dataclass(frozen=True)
class World:
    """What can be true of a visit: who went, whether something was given, signed, paid, booked."""

    visitors: bool = False
    given: bool = False
    received: bool = False
    paying: bool = False
    paid: bool = False
    booked: bool = False
    settled: str = ""


def facts(world):
    told = facts_of(
        amount_fen=60_000 if world.given else 0,
        gift_fen=9_900 if world.given else 0,
        anything=world.given,
        receipt="signed" if world.received else "",
        paid=world.paid,
        paying=world.paying,
        booked=world.booked,
    )
    return {**told, "enough_visitors": world.visitors}


def after(world, step):
    if step.name == "take_back":
        return World()
    if step.name == "settle":
        whole = world.received and world.paid and world.booked
        return replace(world, settled="whole" if whole else "in part" if world.given else "nothing")
    return replace(world, paid=False) if step.name == "reopen" else world


def events(world):
    yield "somebody goes along", replace(world, visitors=True)
    yield "something is given", replace(world, given=True)
    yield "it is signed for", replace(world, received=True)
    yield "an order is made", replace(world, paying=True)
    if world.paying:
        yield "the bank pays", replace(world, paid=True, paying=False)
    yield "the goods are booked", replace(world, booked=True)


def test_no_order_of_steps_settles_a_visit_that_nobody_made():
    found = list(explore(VISIT, World(), after=after, facts=facts, events=events))
    settled = [one for one in found if one.state == State.SETTLED]
    assert settled
    assert all("record" in one.trail for one in settled)
    assert {one.world.settled for one in settled} == {"whole", "nothing"}


def test_every_state_is_reached_and_no_way_ends_in_the_middle():
    assert VISIT.unreachable == frozenset()
    assert VISIT.dead_ends == frozenset()


def test_what_is_being_paid_is_not_taken_back():
    found = explore(VISIT, World(), after=after, facts=facts, events=events)
    paying = [one for one in found if one.state == State.DONE and (one.world.paying or one.world.paid)]
    assert paying
    assert all(VISIT.refusals(State.DONE, "take_back", facts(one.world)) for one in paying)


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_occasion_has_its_word_and_no_cap_where_no_table_names_it(occasion):
    assert str(OCCASIONS[occasion])
    cap = Cap.of([], occasion)
    assert cap.amount is None
    assert "待核定" in str(cap.hint)
    require_within(Yuan.of("99999"), cap, occasion=occasion)


def test_a_fen_above_the_cap_is_refused_and_the_cap_itself_is_not():
    rows = [
        {"occasion": "hospital", "amount": Yuan.of("1000")},
        {"occasion": "death", "amount": Yuan.of("2000")},
    ]
    cap = Cap.of(rows, "hospital", verified=True)
    require_within(Yuan.of("1000"), cap, occasion="hospital")
    with pytest.raises(Refused, match=r"1,000\.00"):
        require_within(Yuan.of("1000.01"), cap, occasion="hospital")
    assert "没有对照文件核定" in str(Cap.of(rows, "hospital").hint)


def test_something_without_value_is_signed_for_and_costs_nothing():
    assert Given("全体工友签名的贺卡").anything
    assert not Given("全体工友签名的贺卡").spent
    assert not Given().anything


@pytest.mark.parametrize(
    "told", ["data:image/svg+xml;base64,AAAA", "data:image/png;base64,<script>", "x" * 60_001]
)
def test_a_signature_is_a_small_picture_or_nothing(told):
    assert require_signature("") == ""
    with pytest.raises(BadInput):
        require_signature(told)


def test_a_signature_goes_before_a_card():
    assert Signed("data:image/png;base64,AA==", "NJ1.x").how is Receipt.SIGNED
    assert Signed(card="NJ1.x").how is Receipt.CARD
    assert Signed().how is Receipt.AWAITED


def test_names_typed_in_one_line_are_parted_by_any_mark():
    assert names_of("王三、李四，赵五 钱六；") == ["王三", "李四", "赵五", "钱六"]
