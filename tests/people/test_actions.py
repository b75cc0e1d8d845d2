from datetime import date

import pytest
from django.db.models import Q

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Reach, Role, Scope
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, Stale
from niangjia.kernel.identifiers import GenuineException, IdKind, Sex
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sealing import SealBroken, unseal
from niangjia.people import actions, queries, rules
from niangjia.people.models import Contact, IdentityDocument
from niangjia.people.permissions import Word
from niangjia.tree.actions import plant_unit
from tests.conftest import AT, TODAY

NUMBER = "990101196806120027"
GENUINE = "990101196806120020"


@pytest.fixture
def two_counties(world):
    city = plant_unit(
        kind="city_union", name="甲市总工会", parent=None, division=None, since=date(2016, 1, 1)
    )
    one, two = (
        plant_unit(kind="county_union", name=name, parent=city, division=None, since=date(2016, 1, 1))
        for name in ("东县总工会", "西县总工会")
    )
    return one, two


def officer(unit, user_id=7):
    words = dict.fromkeys(Word, Reach.SUBTREE)
    return Actor(
        name="县干部", role=Role.CTY, user_id=user_id, unit_id=unit.pk, unit_path=unit.path, words=words
    )


def register(keeper, number=NUMBER, name="李小梅", by=SYSTEM, kind=IdKind.RESIDENT, **more):
    return actions.register_person(
        draft=actions.PersonDraft(name=name),
        keeper_id=keeper.pk,
        paper=rules.Paper(kind, number, more.pop("exception", None)),
        today=TODAY,
        by=by,
        at=AT,
        **more,
    )


def test_sex_and_birth_come_from_the_number_and_the_name_is_found_by_its_initials(two_counties):
    person = register(two_counties[0])
    assert (person.sex, person.birth_date) == (Sex.FEMALE, date(1968, 6, 12))
    found = queries.people_in_scope(scope=EVERYWHERE, filters=queries.Filters(name="lxm"))
    assert list(found) == [person]
    assert str(person) == "李某"


def test_the_number_lies_sealed_and_opens_only_where_it_belongs(two_counties):
    document = IdentityDocument.objects.get(person=register(two_counties[0]))
    assert NUMBER.encode() not in bytes(document.sealed)
    assert (queries.number_of(document=document), document.tail) == (NUMBER, "0027")
    with pytest.raises(SealBroken):
        unseal(document.sealed, table="people_contact", person_id=document.person_id)
    with pytest.raises(SealBroken):
        unseal(document.sealed, table="people_identitydocument", person_id=document.person_id + 1)


@pytest.mark.parametrize(
    "writing", ["９９０１０１１９６８０６１２００２７", " 990101 19680612 0027", "990101680612002"]
)
def test_the_same_number_in_any_writing_is_refused_with_a_pointer(two_counties, writing):
    register(two_counties[0])
    with pytest.raises(Refused, match="已经登记过") as refused:
        register(two_counties[0], writing, name="李晓梅")
    assert refused.value.field == "id_no"


def test_another_county_learns_only_whom_to_ask(two_counties):
    one, two = two_counties
    register(one, name="买买提·吐尔逊")
    clerk = officer(two)
    enter_scope(clerk.scope_for(Word.REGISTER))
    with pytest.raises(Refused) as refused:
        register(two, by=clerk)
    assert "东县总工会" in str(refused.value)
    assert "买买提" not in str(refused.value)


def test_a_number_that_breaks_the_rule_needs_the_card_and_two_witnesses(two_counties):
    with pytest.raises(BadInput):
        register(two_counties[0], GENUINE)
    vouched = GenuineException(scan_sha256="a" * 64, seen_by=7, confirmed_by=8)
    clerk = officer(two_counties[0])
    person = register(two_counties[0], GENUINE, by=clerk, exception=vouched)
    document = IdentityDocument.objects.get(person=person)
    assert (document.matchable, document.seen_by, document.confirmed_by) == (False, 7, 8)
    assert "genuine_but_invalid" in [finding["code"] for finding in document.findings]
    with pytest.raises(Refused, match="第二人"):
        register(
            two_counties[0], "990101199001010010", by=officer(two_counties[0], user_id=9), exception=vouched
        )


def test_a_number_that_contradicts_the_sex_told_is_kept_with_a_finding(two_counties):
    person = actions.register_person(
        draft=actions.PersonDraft(name="李小梅", sex=Sex.MALE, born=date(1968, 6, 13)),
        keeper_id=two_counties[0].pk,
        paper=rules.Paper(IdKind.RESIDENT, NUMBER),
        today=TODAY,
        by=SYSTEM,
        at=AT,
    )
    codes = {finding["code"] for finding in IdentityDocument.objects.get(person=person).findings}
    assert {"sex", "birth"} <= codes


def test_a_corrected_number_is_a_new_document_of_the_same_person(two_counties):
    person = register(two_counties[0])
    paper = rules.Paper(IdKind.RESIDENT, "990101199001010019")
    since = date(2018, 8, 21)
    actions.add_document(person_id=person.pk, paper=paper, since=since, today=since, by=SYSTEM, at=AT)
    old, new = IdentityDocument.objects.filter(person=person).order_by("since")
    assert (old.until, new.until) == (since, None)
    with pytest.raises(Refused, match="已经登记过"):
        register(two_counties[0])


def test_a_person_without_a_paper_is_provisional(two_counties):
    person = actions.register_person(
        draft=actions.PersonDraft(name="王五"), keeper_id=two_counties[0].pk, today=TODAY, by=SYSTEM, at=AT
    )
    assert not queries.is_real_name(person=person, day=TODAY)


def test_a_second_saver_is_told_and_nothing_is_overwritten(two_counties):
    person = register(two_counties[0])

    def correct(name):
        return actions.correct_person(
            person_id=person.pk,
            version=1,
            draft=actions.PersonDraft(name=name),
            by=SYSTEM,
            at=AT,
            reason="笔误",
        )

    assert correct("李晓梅").version == 2
    with pytest.raises(Stale):
        correct("李小妹")
    person.refresh_from_db()
    assert person.name == "李晓梅"
    line = JournalLine.objects.get(verb="correct_person")
    assert "name" in line.after["changed"]
    assert "李" not in str(line.after)


def test_a_new_mobile_ends_the_old_one(two_counties):
    person = register(two_counties[0], mobile="138 0000 0001")
    actions.add_contact(
        person_id=person.pk, mobile="+86 13800000002", since=date(2018, 9, 1), by=SYSTEM, at=AT
    )
    assert [c.tail for c in queries.contacts_of(person=person, day=date(2018, 9, 2))] == ["0002"]
    assert Contact.objects.filter(person=person).count() == 2


def test_an_outside_post_is_a_dated_fact(two_counties):
    person = register(two_counties[0])
    actions.add_outside_post(person_id=person.pk, title="镇党委副书记", since=TODAY, by=SYSTEM, at=AT)
    assert [str(post) for post in queries.outside_posts_of(person=person, day=TODAY)] == ["镇党委副书记"]
    with pytest.raises(Refused):
        actions.add_outside_post(person_id=person.pk, title=" ", since=TODAY, by=SYSTEM, at=AT)


def test_nobody_registers_outside_his_own_tree_or_without_the_word(two_counties):
    one, two = two_counties
    with pytest.raises(NotVisible):
        register(two, by=officer(one))
    powerless = Actor(name="读者", role=Role.MUN, unit_path=one.path, words={Word.READ: Reach.SUBTREE})
    with pytest.raises((NotAllowed, NotVisible)):
        register(one, by=powerless)


def test_the_public_sees_no_person(two_counties):
    register(two_counties[0])
    assert not queries.people_in_scope(scope=Scope(public=True)).exists()


def test_a_foreign_person_stays_hidden_when_the_query_scope_is_gone(two_counties, monkeypatch):
    one, two = two_counties
    register(one, mobile="13800000001")
    enter_scope(officer(two).scope_for(Word.READ))
    monkeypatch.setattr("niangjia.kernel.scoping._ranges", lambda _scope, _field: Q())
    assert not queries.people_in_scope(scope=Scope(tops=(two.path,))).exists()
    assert not IdentityDocument.objects.exists()
    assert not Contact.objects.exists()


def test_a_person_reads_his_own_rows_and_no_others(two_counties):
    mine, other = (
        register(two_counties[0], mobile="13800000001"),
        register(two_counties[1], "990101199001010019"),
    )
    enter_scope(Scope(own=mine.pk))
    assert list(queries.people_in_scope(scope=Scope(own=mine.pk))) == [mine]
    assert [document.person_id for document in IdentityDocument.objects.all()] == [mine.pk]
    with pytest.raises(NotVisible):
        queries.person_in_scope(person_id=other.pk, scope=Scope(own=mine.pk))
