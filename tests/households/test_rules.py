from datetime import date

import pytest

from niangjia.households import rules
from niangjia.households.rules import About, Change, Dweller, Dwelling, Standing, Teller
from niangjia.kernel.errors import BadInput
from tests.households.worlds import FACTS, MEMBER_FACTS

TODAY = date(2018, 8, 20)
CHILD, YOUTH, GROWN = date(2007, 2, 28), date(2002, 1, 1), date(1990, 1, 1)


def told(facts, *, member=False):
    return {key: rules.told(rules.fact_of(key, member=member), value) for key, value in facts.items()}


def home(**more):
    member = Dweller(1, "何秀英", "self", real=True, facts=told(MEMBER_FACTS, member=True))
    return Dwelling(told(FACTS), [member], **more)


def test_every_fact_of_the_household_stands_in_exactly_one_section():
    keys = [fact.key for one in rules.SECTIONS for fact in one.facts]
    assert sorted(keys) == sorted(rules.BY_KEY)
    assert all(rules.section_of(key) in rules.BY_SECTION for key in rules.BY_KEY)


def test_a_whole_household_lacks_nothing_and_each_untold_fact_is_found_by_name():
    assert rules.is_complete(rules.findings(home()))
    for key in [one.key for one in rules.HOUSEHOLD if one.asked]:
        facts = {name: value for name, value in told(FACTS).items() if name != key}
        found = rules.findings(Dwelling(facts, home().members))
        assert [one.code for one in found if not one.warning] == [key]


def test_two_heads_or_none_are_found():
    one = home().members[0]
    two = [one, Dweller(2, "李大山", "self", real=True, facts=one.facts)]
    assert "head" in [found.code for found in rules.findings(Dwelling(told(FACTS), two))]
    assert "nobody" in [found.code for found in rules.findings(Dwelling(told(FACTS), []))]


def test_an_open_disagreement_stops_the_file():
    assert not rules.is_complete(rules.findings(home(proposals=1)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("income_year", "-1"),
        ("income_year", "abc"),
        ("housing_area", "2.5"),
        ("housing_area", "2001"),
        ("housing_type", "castle"),
        ("migrant", "maybe"),
        ("residence", "湍" * 201),
        ("asset_flags", 7),
    ],
)
def test_what_cannot_be_read_is_refused_and_names_its_field(key, value):
    with pytest.raises(BadInput) as refused:
        rules.told(rules.fact_of(key, member=False), value)
    assert key in refused.value.fields


def test_a_key_that_nobody_asks_is_refused():
    with pytest.raises(BadInput):
        rules.fact_of("bank_card", member=False)


def test_what_must_be_told_is_never_emptied_and_the_rest_may_be():
    rules.require_told([Change("phone", ""), Change("illness", "", member=1)])
    with pytest.raises(BadInput):
        rules.require_told([Change("income_year", "")])


def test_only_who_keeps_the_file_reads_illness_and_only_he_the_schools_of_children():
    assert rules.hidden(keeps=True) == rules.hidden_of_minors(keeps=True) == frozenset()
    assert rules.hidden(keeps=False) == {About.HEALTH}
    assert rules.hidden_of_minors(keeps=False) == {About.HEALTH, About.SCHOOL}


def test_the_worker_speaks_for_all_another_adult_for_himself_and_the_children_a_child_for_nobody():
    worker, wife, child = Teller(1, "self", GROWN), Teller(2, "spouse", GROWN), Teller(3, "child", CHILD)
    assert worker.speaks_for(2, GROWN, on=TODAY)
    assert wife.speaks_for(None, None, on=TODAY)
    assert wife.speaks_for(3, CHILD, on=TODAY)
    assert not wife.speaks_for(1, GROWN, on=TODAY)
    assert wife.speaks(on=TODAY)
    assert not child.speaks(on=TODAY)


def test_income_and_illness_each_need_a_consent_of_their_own_and_a_child_one_more():
    income, illness, grade = (rules.MEMBER_BY_KEY[key] for key in ("income_month", "illness", "grade"))
    assert rules.consents_for(income, born=GROWN, on=TODAY) == {"finance"}
    assert rules.consents_for(illness, born=YOUTH, on=TODAY) == {"health"}
    assert rules.consents_for(grade, born=YOUTH, on=TODAY) == frozenset()
    assert rules.consents_for(grade, born=CHILD, on=TODAY) == {"child"}


def test_what_is_told_as_it_stands_is_known_as_the_same():
    standing = {(None, "residence"): Standing("湍口村 1 号", 2)}
    found = rules.merged(standing, [Change("residence", "湍口村 1 号", base=1)])
    assert ([one.key for one in found.same], found.entered, found.conflicts) == (["residence"], [], [])
