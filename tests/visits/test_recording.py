"""A visit is entered once, with everything that hangs on it; nothing that was told is lost."""

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.campaigns import queries as campaigns
from niangjia.households import queries as homes
from niangjia.households.models import Household
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.visits import actions, queries, rules
from niangjia.visits.models import HomeVisit, VisitAsk, Visitor
from niangjia.visits.rules import Dweller, Result, Signature, Told, Whom
from niangjia.visits.rules import Visitor as Went
from tests.conftest import AT
from tests.households.worlds import SON, WORKER
from tests.visits.worlds import STROKES


def home_of(receipt):
    return Household.objects.get(pk=receipt.household_id)


def test_a_family_met_at_the_door_is_on_file_its_target_visited_and_its_record_issued(mountain):
    target = mountain.drive.report()
    receipt = mountain.record(mountain.at_the_door(Whom(target_id=target.pk)))
    assert (receipt.status, list(receipt.conflicts), list(receipt.notes)) == ("created", [], [])
    home = home_of(receipt)
    assert homes.facts_of(household=home)[None]["income_year"] == 5_400_000
    found = campaigns.target_for(target_id=target.pk, actor=mountain.town)
    assert (found.outcome, found.household_id) == ("visited", home.pk)
    assert receipt.number.startswith("ZF-")
    assert receipt.code
    assert queries.is_confirmed(household_id=home.pk, campaign_id=mountain.drive.campaign.pk)
    visit = queries.confirmed_visit_of(household_id=home.pk, campaign_id=None)
    assert queries.statement_of(visit=visit) == "两个孩子上学，妻子患病。"
    assert queries.family_strokes(visit=visit) == STROKES
    assert [queries.strokes_of(visitor=one) for one in visit.visitors.all()] == [STROKES, STROKES]


def test_the_same_key_with_the_same_content_gets_the_same_answer(mountain):
    key, draft = uuid.uuid4(), mountain.at_the_door()
    first = mountain.record(draft, key=key)
    again = mountain.record(draft, key=key)
    assert again == replace(first, status="duplicate")
    assert HomeVisit.objects.count() == 1
    assert Household.objects.count() == 1


def test_the_same_key_with_other_content_is_refused_and_nothing_is_changed(mountain):
    key, draft = uuid.uuid4(), mountain.at_the_door()
    mountain.record(draft, key=key)
    with pytest.raises(actions.OtherContent):
        mountain.record(replace(draft, statement="另一份"), key=key)
    assert queries.statement_of(visit=HomeVisit.objects.get()) != "另一份"


def test_two_phones_that_tell_one_fact_differently_are_both_kept_for_a_person_to_decide(mountain):
    home = mountain.village.complete(mountain.village.household())
    first = mountain.known(home, income_year="60000", remarks="甲")
    second = mountain.known(home, income_year="48000", remarks="甲")
    assert not mountain.record(first).conflicts
    (conflict,) = mountain.record(second, by=mountain.mate).conflicts
    assert (conflict.fact.key, conflict.stands, conflict.told) == ("income_year", 6_000_000, 4_800_000)
    assert homes.facts_of(household=home)[None]["income_year"] == 6_000_000


def test_two_phones_at_one_door_make_one_household(mountain):
    target = mountain.drive.report()
    whom = Whom(target_id=target.pk)
    son = Dweller("n2", name="王小明", relation="child")
    first = mountain.record(mountain.at_the_door(whom, number="", members=(son,)))
    second = mountain.record(
        mountain.at_the_door(whom, number="", facts={"income_year": "1"}, members=(son,)), by=mountain.mate
    )
    assert first.household_id == second.household_id
    assert len(homes.members_of(household=home_of(first))) == 2
    assert [one.fact.key for one in second.conflicts] == ["income_year"]


def test_whoever_shows_a_number_on_file_gets_no_second_household(mountain):
    home = mountain.village.household()
    receipt = mountain.record(mountain.at_the_door(number=WORKER))
    assert receipt.household_id == home.pk


def test_a_wrong_id_digit_does_not_lose_the_visit(mountain):
    wrong = WORKER[:-1] + "8"
    receipt = mountain.record(mountain.at_the_door(number=wrong))
    home = home_of(receipt)
    (head,) = homes.members_of(household=home)
    assert homes.facts_of(household=home)[head.number]["id_typed"] == wrong
    again = mountain.draft(Whom(household_id=home.pk), members=(Dweller(str(head.number), number=WORKER),))
    mountain.record(again)
    assert homes.members_of(household=home)[0].real


def test_who_lives_in_another_household_is_pointed_to_and_the_visit_stands(mountain):
    other = mountain.village.household(number=SON, name="王小明", members=(), by=mountain.village.elsewhere)
    son = Dweller("n2", name="王小明", relation="child", number=SON)
    draft = mountain.at_the_door(members=(son,), asks=(mountain.ask(ref="n2"),))
    receipt = mountain.record(draft)
    (note,) = receipt.notes
    assert f"第 {other.pk} 号家庭" in str(note)
    assert [str(one.standing) for one in receipt.asks] == [str(note)]


def test_two_different_officers_sign_and_the_family(mountain):
    alone = mountain.draft(Whom(household_id=mountain.village.household().pk))
    twice = (*mountain.visitors(mountain.town), *mountain.visitors(mountain.town))
    unsigned = (mountain.visitors()[0], Went(mountain.mate.user_id, Signature("陈某")))
    for visitors, field in ((twice, "visitors"), (unsigned, "visitors")):
        with pytest.raises(BadInput) as refused:
            mountain.record(replace(alone, visitors=visitors))
        assert refused.value.field == field
    with pytest.raises(BadInput) as refused:
        mountain.record(replace(alone, family=None))
    assert refused.value.field == "family"
    assert HomeVisit.objects.count() == 0


def test_an_officer_of_the_family_does_not_go_and_is_told_who_may(mountain):
    village = mountain.village
    home = village.household()
    kin = village.officer("kin", mountain.land["left_town"], "twn", person=home.head)
    third = village.officer("third", mountain.land["left_town"], "twn")
    draft = mountain.draft(Whom(household_id=home.pk), visitors=mountain.visitors(mountain.town, kin))
    with pytest.raises(Refused) as refused:
        mountain.record(draft)
    assert refused.value.field == "visitors"
    assert third.name in str(refused.value)


def test_somebody_who_is_no_officer_does_not_sign_as_one(mountain):
    draft = mountain.draft(Whom(household_id=mountain.village.household().pk))
    stranger = Went(mountain.village.elsewhere.user_id, Signature("外乡人", "M1 1L2 2"))
    with pytest.raises(BadInput):
        mountain.record(replace(draft, visitors=(mountain.visitors()[0], stranger)))


def test_a_household_of_another_town_is_not_visited_from_here(mountain):
    home = mountain.village.household(by=mountain.village.elsewhere)
    with pytest.raises(NotVisible):
        mountain.record(mountain.draft(Whom(household_id=home.pk)))


@pytest.mark.parametrize(("result", "outcome"), [(Result.REFUSED, "declined"), (Result.MOVED, "unreachable")])
def test_nobody_at_home_is_an_outcome_without_a_household(mountain, result, outcome):
    target = mountain.drive.report()
    draft = mountain.draft(Whom(target_id=target.pk), result=result, family=None, statement="邻居说搬走了")
    receipt = mountain.record(draft)
    assert receipt.household_id is None
    found = campaigns.target_for(target_id=target.pk, actor=mountain.town)
    assert (found.outcome, found.outcome_why) == (outcome, "邻居说搬走了")


def test_a_household_visited_in_a_campaign_without_a_target_comes_onto_its_list(mountain):
    receipt = mountain.record(mountain.at_the_door())
    visit = HomeVisit.objects.get(pk=receipt.visit_id)
    assert visit.target is not None
    assert (visit.target.outcome, visit.target.household_id) == ("visited", receipt.household_id)


def follower(*, visit, asked, by, at):
    """A case is opened for study aid; help in need is refused; of anything else nobody knows."""
    if asked.kind == "living":
        raise Refused(rules.ASKS["living"])
    if asked.kind != "study":
        return None
    return actions.Filed("aid.application", visit.pk, rules.ASKS["study"])


def test_what_the_family_asks_for_goes_on_in_the_same_transaction(mountain, settings):
    settings.NIANGJIA_VISIT_FOLLOWERS = [f"{__name__}.follower"]
    asks = tuple(mountain.ask(kind, words="学费") for kind in ("study", "living", "medical"))
    receipt = mountain.record(mountain.at_the_door(asks=asks))
    assert [one.about for one in receipt.asks] == [("aid.application", receipt.visit_id), None, None]
    assert [str(one.standing) for one in receipt.asks] == ["助学", "生活救助", "已记下，由工会接着办理。"]
    assert [one.words for one in receipt.asks] == ["学费"] * 3
    assert b"\xe5\xad\xa6" not in b"".join(bytes(one.words) for one in VisitAsk.objects.all())


heard = []


def hearer(*, visit, by, at):
    heard.append(visit.pk)


def test_whoever_waited_for_a_visit_hears_of_it_once(mountain, settings):
    settings.NIANGJIA_VISIT_HEARERS = [f"{__name__}.hearer"]
    key, draft = uuid.uuid4(), mountain.at_the_door()
    receipt = mountain.record(draft, key=key)
    mountain.record(draft, key=key)
    assert heard == [receipt.visit_id]


def test_a_visit_is_one_line_of_the_journal_without_what_was_said(mountain):
    receipt = mountain.record(mountain.at_the_door())
    (line,) = JournalLine.objects.filter(kind=rules.KIND, object_id=receipt.visit_id)
    assert line.verb == "record_visit"
    assert "患病" not in line.kept.body


def test_what_is_told_lies_sealed(mountain):
    mountain.record(mountain.at_the_door())
    visit = HomeVisit.objects.get()
    kept = [visit.statement, visit.family_signature, *(one.signature for one in Visitor.objects.all())]
    assert len(kept) == 4
    assert not any(b"M10" in bytes(one) or "患".encode() in bytes(one) for one in kept)


def test_a_value_that_cannot_be_read_names_its_field(mountain):
    with pytest.raises(BadInput) as refused:
        mountain.record(mountain.at_the_door(facts={"income_year": "很多"}))
    assert refused.value.fields


class TestTheDatabaseItself:
    """The web role cannot change or forge a visit in SQL."""

    @pytest.fixture
    def visit(self, mountain):
        return HomeVisit.objects.get(pk=mountain.record(mountain.at_the_door()).visit_id)

    @pytest.mark.parametrize(
        "columns",
        [
            {"result": "refused"},
            {"visited_at": AT},
            {"statement": b"x"},
            {"told": {}},
            {"family_name": "别人"},
            {"household_id": None},
            {"body_sha256": "0" * 64},
        ],
    )
    def test_it_stands_as_it_was_made(self, visit, columns):
        with pytest.raises(IntegrityError), transaction.atomic():
            HomeVisit.objects.filter(pk=visit.pk).update(**columns)

    @pytest.mark.parametrize("standing", [{}, {"standing": []}, {"standing": ["x"]}, {"standing": None}])
    def test_nothing_is_asked_for_without_what_became_of_it(self, visit, standing):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitAsk.objects.create(visit=visit, person_id=visit.person_id, kind="study", **standing)

    def test_it_is_never_deleted(self, visit):
        for table, column in (("visits_visitor", "visit_id"), ("visits_homevisit", "id")):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [visit.pk])  # noqa: S608

    def test_who_signed_stands(self, visit):
        for columns in ({"user_id": 1}, {"signature": b"x"}, {"signed_at": AT}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Visitor.objects.filter(visit=visit).update(**columns)

    @pytest.mark.parametrize(("officers", "family"), [(1, True), (2, False), (2, True)])
    def test_a_confirmed_one_has_two_officers_and_the_family_behind_it(self, visit, officers, family):
        def forge():
            row = HomeVisit.objects.get(pk=visit.pk)
            row.pk, row.key = None, uuid.uuid4()
            row.family_signed_at = row.family_signed_at if family else None
            row.save(force_insert=True)
            for number in range(officers):
                Visitor.objects.create(visit=row, user_id=number + 1, name="某", signed_at=AT)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        if officers == 2 and family:
            forge()
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                forge()

    def test_an_erasure_may_empty_it(self, visit):
        HomeVisit.objects.filter(pk=visit.pk).update(statement=None, family_name="", family_signature=None)
        Visitor.objects.filter(visit=visit).update(name="已删除", signature=None)
        assert queries.is_confirmed(household_id=visit.household_id, campaign_id=None)


def test_facts_already_known_need_not_be_told_again(mountain):
    home = mountain.village.complete(mountain.village.household())
    receipt = mountain.record(mountain.draft(Whom(household_id=home.pk)))
    assert homes.facts_of(household=home)[None]["income_year"] == 5_400_000
    assert receipt.status == "created"


def test_a_member_told_anew_is_told_under_his_own_number(mountain):
    home = mountain.village.complete(mountain.village.household())
    (wife,) = [one for one in homes.members_of(household=home) if one.relation == "spouse"]
    bases = {"health": homes.versions_of(household=home)[f"{wife.number}:health"]}
    told = Dweller(str(wife.number), Told({"health": "serious"}, bases))
    mountain.record(mountain.draft(Whom(household_id=home.pk), members=(told,)))
    assert homes.facts_of(household=home)[wife.number]["health"] == "serious"
