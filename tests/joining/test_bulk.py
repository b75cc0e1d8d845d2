import pytest

from niangjia.joining import actions, queries
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.kernel.access import PUBLIC, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.members import queries as members
from niangjia.members.models import Membership
from niangjia.people.models import Contact, IdentityDocument, Person
from tests.conftest import AT, TODAY
from tests.joining.applying import code_for, draft_of
from tests.members.people import member, worker

APART = {"id", "receipt", "person_id", "membership_id", "union_id", "path", "qr_id", "basis", "keeper_id"}
OF_PERSONS = {"sealed", "blind", "initials", "created_at"}


def drafts(count, *, first=1):
    return [draft_of(place, form="driver", platform="某平台") for place in range(first, first + count)]


def columns(model, **where):
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in APART | OF_PERSONS]
    return [
        {name: getattr(row, name) for name in names} for row in model.objects.filter(**where).order_by("pk")
    ]


def test_many_at_once_leave_the_same_rows_as_one_after_the_other(land):
    one_by_one, together = code_for(land["left_fed"]), code_for(land["right_fed"])
    for draft in drafts(3):
        token = queries.token_of(code=one_by_one)
        row, _ = actions.submit_application(draft=draft, token=token, by=PUBLIC, at=AT)
        actions.approve_application(application_id=row.pk, version=1, since=TODAY, by=SYSTEM, at=AT)
    done = actions.join_all(
        drafts=drafts(3, first=101), token=queries.token_of(code=together), since=TODAY, by=SYSTEM, at=AT
    )
    assert (done.joined, list(done.waiting)) == (3, [])
    told = {"id_tail", "mobile_tail", "tail"}

    def both(model, field):
        left = columns(model, **{field: land["left_fed"].pk})
        right = columns(model, **{field: land["right_fed"].pk})
        return [[{k: v for k, v in row.items() if k not in told} for row in rows] for rows in (left, right)]

    for model, field in (
        (MembershipApplication, "union"), (Membership, "union"), (Person, "keeper"),
        (IdentityDocument, "person__keeper"), (Contact, "person__keeper"),
    ):  # fmt: skip
        left, right = both(model, field)
        assert len(left) == 3
        assert left == right
    assert JoinQr.objects.get(pk=one_by_one.pk).uses == JoinQr.objects.get(pk=together.pk).uses == 3
    counts = [
        members.member_counts(unit_id=land[one].pk, day=TODAY).members for one in ("left_fed", "right_fed")
    ]
    assert counts == [3, 3]


def test_who_has_to_be_looked_at_lies_on_the_desk(land):
    member(land["right_single"], name="安平", place=1)
    worker(land["right_single"], name="白露", place=2)
    token = queries.token_of(code=code_for(land["left_fed"]))
    done = actions.join_all(drafts=drafts(3), token=token, since=TODAY, by=SYSTEM, at=AT)
    assert (done.joined, len(done.waiting)) == (1, 2)
    waiting = MembershipApplication.objects.filter(pk__in=done.waiting)
    assert {row.state for row in waiting} == {"submitted"}
    assert all(row.id_sealed for row in waiting)


def test_a_code_with_too_few_uses_left_takes_nobody(land):
    token = queries.token_of(code=code_for(land["left_fed"], max_uses=2))
    with pytest.raises(Refused, match="剩下的次数不够"):
        actions.join_all(drafts=drafts(3), token=token, since=TODAY, by=SYSTEM, at=AT)
    assert not Person.objects.exists()


@pytest.mark.slow
def test_two_thousand_drivers_join_one_federation_by_code(land):
    many = [draft_of(place, form="driver", born=f"19{50 + place // 500:02}0101") for place in range(2_014)]
    token = queries.token_of(code=code_for(land["left_fed"], max_uses=50_000))
    done = actions.join_all(drafts=many, token=token, since=TODAY, by=SYSTEM, at=AT)
    assert (done.joined, list(done.waiting)) == (2_014, [])
    assert members.member_counts(unit_id=land["left_fed"].pk, day=TODAY).members == 2_014
