"""The approval: a union stands, covers its employers, has its committee; or nothing at all."""

from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY
from tests.founding.worlds import CODE, SLATE, UNION_CODE
from tests.network import worlds

from niangjia.bodies import queries as bodies
from niangjia.bodies.models import Committee, CommitteePost
from niangjia.founding import actions
from niangjia.founding.rules import State
from niangjia.kernel.access import EVERYWHERE, Role
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.network import queries as network
from niangjia.network.models import Composition, Coverage, Employer, Organisation
from niangjia.network.rules import OrgKind
from niangjia.papers.models import Paper
from niangjia.people.models import Person
from niangjia.tasks.models import Task


def papers():
    return list(Paper.objects.filter(voided_at=None).order_by("pk").values_list("template", flat=True))


def test_an_approval_founds_the_union_covers_its_employer_and_opens_its_first_term(founders):
    row = founders.approved()
    union = Organisation.objects.get(pk=row.organisation_id)
    assert (row.state, union.status, union.name) == (State.APPROVED, "active", row.name)
    assert union.unit.parent_id == founders.land["left_fed"].pk
    assert Composition.objects.get(child=union).part == "N"
    assert row.reply_no == Paper.objects.get(template="founding.approval").number
    assert (union.approval_doc_no, union.established_on) == (row.reply_no, TODAY)
    firm = Employer.objects.get(uscc=CODE)
    assert Coverage.objects.get(employer=firm).union_id == union.pk
    assert firm.keeper_id == union.pk
    term = Committee.objects.get(organisation=union)
    assert (term.number, term.since, term.until) == (1, TODAY, date(2021, 8, 20))
    assert (term.elected_on, term.approval_doc_no) == (TODAY, row.reply_no)
    posts = CommitteePost.objects.filter(organisation=union).order_by("pk")
    assert [(one.person.name, one.kind) for one in posts] == [
        ("陈一", "chair"), ("李二", "vice"), ("王三", "member"),
    ]  # fmt: skip
    assert all(one.relative_declared for one in posts)
    assert papers() == ["founding.request", "founding.preparation", "founding.result", "founding.approval"]


def test_the_blind_spot_is_gone(founders):
    firm = worlds.employer("大洲新风电子厂", founders.land["left_town"], uscc=CODE)

    def blind_spots():
        filters = network.Filters(covered=False)
        return network.employers_in_scope(scope=EVERYWHERE, filters=filters, today=TODAY)

    assert firm in blind_spots()
    founders.approved()
    assert firm not in blind_spots()
    assert Employer.objects.filter(uscc=CODE).count() == 1


def test_whoever_named_himself_is_the_person_in_office_and_namesakes_are_others(founders):
    other = founders.own("namesake", "李二").person_id
    founders.approved()
    chair = CommitteePost.objects.get(kind="chair", organisation__name__contains="新风")
    vice = CommitteePost.objects.get(kind="vice", organisation__name__contains="新风")
    assert chair.person_id == founders.worker.person_id
    assert vice.person_id != other
    assert vice.person.keeper_id == vice.organisation_id


def test_a_joint_union_is_the_x_of_its_federation_and_covers_them_all(founders):
    shop = worlds.employer("大洲茶厂", founders.land["left_town"])
    row = founders.named(
        founders.town, firms=(("大洲新风电子厂", CODE), ("大洲竹拉丝厂", "")), kind=OrgKind.JOINT
    )
    assert row.employers.count() == 2
    row = founders.approved(
        founders.town,
        kind=OrgKind.JOINT,
        firms=(("大洲电站", ""), ("大洲竹器厂", "")),
        name="大洲小厂联合工会",
    )
    assert Composition.objects.get(child=row.organisation_id).part == "X"
    assert Coverage.objects.filter(union=row.organisation_id).count() == 2
    assert shop.pk


def test_a_federation_is_founded_without_employers(founders):
    row = founders.approved(
        founders.town, parent="left_town", kind=OrgKind.FEDERATION, mode="park", term_years=5,
        name="大洲园区工会联合会", firms=(),
    )  # fmt: skip
    union = Organisation.objects.get(pk=row.organisation_id)
    assert (union.kind, union.mode, union.term_years) == (OrgKind.FEDERATION, "park", 5)


def test_a_register_employer_is_brought_from_its_page_and_need_not_be_typed(founders):
    firm = worlds.employer("大洲新风电子厂", founders.land["left_town"], uscc=CODE, headcount=77)
    row = founders.draft(founders.town, employer=firm)
    named = row.employers.get()
    assert (named.employer_id, named.name, named.headcount) == (firm.pk, firm.name, 77)


def test_an_approval_that_fails_on_the_way_leaves_nothing(founders):
    """All or nothing: the last employer stands in another county, so not even a paper number is used up."""
    worlds.employer("大洲新风电子厂", founders.land["right_town"], uscc=CODE)
    row = founders.reported()
    before = (Organisation.objects.count(), Person.objects.count(), Paper.objects.count())
    with pytest.raises(Refused, match="别的区县"):
        founders.approve(row)
    assert (Organisation.objects.count(), Person.objects.count(), Paper.objects.count()) == before
    assert founders.fresh(row).state == State.RESULT


def test_an_approval_before_the_congress_or_to_come_is_refused(founders):
    row = founders.reported()
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="日期"):
            founders.approve(row, approved_on=day)
    assert founders.approve(row, reply_no="衢江总工〔2018〕12号").reply_no == "衢江总工〔2018〕12号"


def test_a_legal_person_has_a_code_of_unions(founders):
    row = founders.approved()

    def register(**more):
        told = {"legal_person_no": "浙工法证字第080001号", "uscc": UNION_CODE, "registered_on": TODAY}
        return actions.register_legal_person(
            establishment_id=row.pk, version=row.version, by=founders.county, at=AT, **told | more
        )

    for change in ({"uscc": CODE}, {"uscc": ""}, {"legal_person_no": " "}):
        with pytest.raises(Refused):
            register(**change)
    row = register()
    union = Organisation.objects.get(pk=row.organisation_id)
    assert (row.state, union.uscc, union.legal_person_no) == (
        State.REGISTERED, UNION_CODE, "浙工法证字第080001号",
    )  # fmt: skip


def test_the_new_union_is_reminded_of_like_every_other(founders):
    row = founders.approved()
    union = Organisation.objects.select_related("unit").get(pk=row.organisation_id)
    counts = network.counts(unit_id=union.pk, day=TODAY)
    assert counts.employers() == 1
    term = bodies.term_of(organisation=union, day=TODAY, counts=counts)
    assert (len(term.posts), term.reminder) == (3, None)


@pytest.mark.parametrize(
    ("parent", "role", "desk"), [("city", Role.MUN, "city"), ("industry", Role.PRV, "province")]
)
def test_where_no_county_stands_above_the_next_higher_union_reviews_and_approves(
    founders, parent, role, desk
):
    land = founders.land
    worlds.found(OrgKind.INDUSTRY, "浙江省能源工会", land["province"]) if parent == "industry" else None
    founders.land = land | {"industry": Organisation.objects.filter(kind=OrgKind.INDUSTRY).first()}
    approver = founders.officer("above", land[desk], role)
    row = founders.submitted(parent=parent)
    assert set(Task.objects.filter(state="open", about_id=row.pk).values_list("unit_id", flat=True)) == {
        land[desk].pk
    }
    with pytest.raises((NotAllowed, NotVisible)):
        actions.review_establishment(establishment_id=row.pk, version=row.version, by=founders.county, at=AT)
    founders.town = founders.county = approver
    row = actions.review_establishment(establishment_id=row.pk, version=row.version, by=approver, at=AT)
    row = actions.approve_preparation(
        establishment_id=row.pk, version=row.version, prepared_on=TODAY, by=approver, at=AT
    )
    for name, post in SLATE:
        actions.propose_candidate(
            establishment_id=row.pk, name=name, post=post, relative="no", by=founders.worker, at=AT
        )
    row = founders.approve(founders.report(founders.hold(founders.fresh(row))))
    union = Organisation.objects.get(pk=row.organisation_id)
    assert union.unit.parent_id == founders.land[parent].pk
    assert Paper.objects.get(template="founding.approval").unit_id == land[desk].pk
    assert CommitteePost.objects.filter(organisation=union).count() == 3


def test_the_city_does_not_decide_what_lies_with_a_county(founders):
    city = founders.officer("above", founders.land["city"], Role.MUN)
    row = founders.reviewed()
    with pytest.raises(NotAllowed, match="这一步由"):
        actions.approve_preparation(
            establishment_id=row.pk, version=row.version, prepared_on=TODAY, by=city, at=AT
        )
