"""Two at the same moment: a student is helped once, an application is decided once; and the control."""

from dataclasses import replace

import pytest
from django.db import connections

from niangjia.aid import actions
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import State
from niangjia.households.actions import MemberDraft, open_household
from niangjia.kernel.money import Yuan
from tests.aid.worlds import FAMILY, STUDY, Aiders
from tests.conftest import AT
from tests.network.worlds import zhejiang
from tests.payments.test_races import at_once, within

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
FATHERS = ("990101199001010019", "990101198802020024", "990101198703030031")
UNIQUE = ("aid_student_once_a_year", "aid_admission_once_a_year")
SLOWLY = """CREATE FUNCTION aid_slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 PERFORM pg_sleep(0.4); RETURN NEW; END $$;
CREATE TRIGGER zz_slowly BEFORE UPDATE ON aid_aidapplication FOR EACH ROW EXECUTE FUNCTION aid_slowly()"""


def by_owner(*statements):
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def slowly():
    """Whoever writes an application takes his time, so that everybody looks before anybody has written."""
    by_owner(SLOWLY)
    yield
    by_owner("DROP TRIGGER zz_slowly ON aid_aidapplication; DROP FUNCTION aid_slowly()")


@pytest.fixture
def aiders():
    return within(lambda: Aiders(zhejiang()))


def drafts(aiders):
    """The child's own household, and two others that name the same student."""
    own = aiders.family(members=FAMILY)
    first = aiders.draft(own)
    told = actions.Draft(
        kind=first.kind, year=2018, asked=Yuan.of(3_000), student_id=first.student_id, stage=STUDY["stage"],
        school=STUDY["school"], admission_no=STUDY["admission_no"], tuition=Yuan.of(6_000),
    )  # fmt: skip
    others = []
    for number, name in zip(FATHERS, ("王大海", "王大江", "王大河"), strict=True):
        home = open_household(
            keeper_id=aiders.town.unit_id, head=MemberDraft("self", name, number), by=aiders.town, at=AT
        )
        others.append(
            actions.draft_application(household_id=home.pk, draft=replace(told), by=aiders.town, at=AT)
        )
    return [first, *others]


def submitted(aiders):
    """All of them are submitted at the same moment; what each was told."""
    rows = within(lambda: drafts(aiders))
    told = at_once(
        *[
            lambda row=row: actions.submit_application(
                application_id=row.pk, version=None, by=aiders.town, at=AT
            )
            for row in rows
        ]
    )
    return rows, told


def states(rows):
    found = AidApplication.objects.filter(pk__in=[row.pk for row in rows])
    return sorted(within(lambda: list(found.values_list("state", flat=True))))


def test_of_many_who_ask_for_one_student_at_once_one_is_helped_and_the_others_are_pointed_to_him(
    aiders, slowly
):
    rows, told = submitted(aiders)
    assert states(rows).count(State.SUBMITTED) == 1
    assert all("第" in words for words in told if words != "done")


def test_without_the_rule_of_the_database_he_would_be_helped_more_than_once(aiders, slowly):
    """The control: each looked before any had written, so each thought to be the first."""
    by_owner(*(f"ALTER INDEX {name} RENAME TO {name}_x" for name in UNIQUE))
    definitions = [_taken_away(f"{name}_x") for name in UNIQUE]
    try:
        rows, _ = submitted(aiders)
        assert states(rows).count(State.SUBMITTED) > 1
    finally:
        by_owner("DELETE FROM aid_aidapplication")
        by_owner(*definitions)
        by_owner(*(f"ALTER INDEX {name}_x RENAME TO {name}" for name in UNIQUE))


def _taken_away(name):
    """The index is dropped; the statement that brings it back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {name}")
    return definition


def test_two_who_approve_one_application_at_once_approve_it_once(aiders):
    def posted():
        row = aiders.reviewed(aiders.family())
        aiders.noticed(row)
        aiders.run_out()
        return row

    row = within(posted)
    told = at_once(
        *[lambda who=who: aiders.approve(row, by=who) for who in (aiders.county, aiders.deputy)] * 2
    )
    assert told.count("done") == 1
    assert states([row]) == [State.APPROVED]


def test_two_accountants_make_one_order(aiders):
    row = within(lambda: aiders.approved(aiders.family()))
    told = at_once(
        *[
            lambda who=who: actions.order_aid(application_ids=[row.pk], by=who, at=AT)
            for who in (aiders.acc, aiders.acc2)
        ]
        * 2
    )
    assert told.count("done") == 1
    assert states([row]) == [State.PAYING]
