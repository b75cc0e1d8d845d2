"""Establishments of the two cities: one at each town, with everything that hangs on it."""

from tests.conftest import AT, TODAY

from niangjia.founding.models import (
    Candidate,
    EstablishmentEmployer,
    FoundingMember,
    Teller,
    UnionEstablishment,
)

WORDS = {
    "new-establishment": {"parent": "暗甲子镇总工会", "mode": ""},
    "edit-establishment": {"members": "30", "mode": ""},
    "propose-candidate": {"relative": "no", "post": "member"},
    "hold-congress": {"meeting": "members", "entitled": "40", "present": "36", "seats": "3"},
    "submit-result": {"teller_1": "钱五", "teller_2": "孙六"},
    "register-legal-person": {"uscc": "81990101MA2DEM009T"},
}
"""What the forms of founding are told where every road is tried once (test_once_everywhere.py)."""
SPARE = {
    "edit-establishment": ("drafted",),
    "name-employer": ("drafted",),
    "drop-employer": ("drafted", "firm_named"),
    "join-founding-group": ("drafted",),
    "leave-founding-group": ("drafted", "member_named"),
    "submit-establishment": ("drafted",),
    "withdraw-establishment": ("drafted",),
    "review-establishment": ("submitted",),
    "send-back-establishment": ("submitted",),
    "reject-establishment": ("submitted",),
    "approve-preparation": ("reviewed",),
    "propose-candidate": ("preparing",),
    "drop-candidate": ("preparing", "standing"),
    "hold-congress": ("preparing",),
    "hold-again": ("held",),
    "submit-result": ("held",),
    "approve-establishment": ("reported",),
    "register-legal-person": ("approved",),
}
"""At which of the spare establishments a road is tried."""
STATES = ("drafted", "submitted", "reviewed", "preparing", "held", "reported", "approved")
AS = {
    "firm_named": "named_id",
    "member_named": "member_id",
    "standing": "candidate_id",
    **dict.fromkeys(STATES, "establishment_id"),
}


def lay(world, mark, town, person):
    """A request whose result is reported; every name bears the mark."""
    row = UnionEstablishment.objects.create(
        parent=town.unit, kind="single_primary_union", name=f"{mark}建会工会", workers=60, members=40,
        term_years=3, asked_unit=town.unit, state="result_submitted", meeting="members", seats=1,
        congress_on=TODAY, prepared_on=TODAY, entitled=40, present=36, created_at=AT, submitted_at=AT,
    )  # fmt: skip
    named = EstablishmentEmployer.objects.create(
        establishment=row, name=f"{mark}待建厂", kind="enterprise", headcount=60
    )
    member = FoundingMember.objects.create(establishment=row, person=person, name=f"{mark}筹备人", leads=True)
    standing = Candidate.objects.create(
        establishment=row, person=person, name=f"{mark}候选人", post="chair", relative_declared=True,
        votes=30, elected=True,
    )  # fmt: skip
    Teller.objects.create(establishment=row, person=person, name=f"{mark}监票人", signed_at=AT)
    world.add("establishment_id", row.pk, town.path, row.name)
    world.add("named_id", named.pk, town.path, named.name)
    world.add("member_id", member.pk, town.path, member.name)
    world.add("candidate_id", standing.pk, town.path, standing.name)


def _whole(town, state, name, **more):
    """An establishment with all that its state asks for; nobody in it is anybody's person."""
    row = UnionEstablishment.objects.create(
        parent=town.unit, kind="single_primary_union", name=name, workers=60, members=40, term_years=3,
        asked_unit=town.unit, state=state, created_at=AT, submitted_at=AT, **more,
    )  # fmt: skip
    firm = EstablishmentEmployer.objects.create(
        establishment=row, name=f"{name}厂", kind="enterprise", headcount=60
    )
    group = [FoundingMember.objects.create(establishment=row, name=f"成员{n}", leads=not n) for n in range(3)]
    return row, firm, group


def _elected(row, *, voted):
    """Four candidates for three seats; with their votes where the congress has met."""
    posts = (("chair", 30), ("vice", 28), ("member", 27), ("women_director", 5))
    return [
        Candidate.objects.create(
            establishment=row, name=f"候选{post}", post=post, relative_declared=True,
            votes=votes if voted else None, elected=voted and votes > 20,
        )
        for post, votes in posts
    ]  # fmt: skip


def spare(world, union):
    """By state an establishment at which each road of founding may be tried once."""
    town = world.seats["town"]
    met = {
        "meeting": "members", "seats": 3, "congress_on": TODAY, "entitled": 40, "present": 36,
        "prepared_on": TODAY,
    }  # fmt: skip
    drafted, firm, group = _whole(town, "drafted", "暗甲子起草工会")
    submitted, *_ = _whole(town, "submitted", "暗甲子提交工会")
    reviewed, *_ = _whole(town, "reviewed", "暗甲子审核工会")
    preparing, *_ = _whole(town, "approved_to_prepare", "暗甲子筹备工会", prepared_on=TODAY)
    held, *_ = _whole(town, "congress_held", "暗甲子开会工会", **met)
    reported, *_ = _whole(town, "result_submitted", "暗甲子报果工会", **met)
    approved, *_ = _whole(
        town,
        "approved",
        "暗甲子批复工会",
        approved_on=TODAY,
        reply_no="甲子〔2018〕1号",
        organisation=union,
        **met,
    )
    standing = _elected(preparing, voted=False)
    for row in (held, reported):
        _elected(row, voted=True)
    for name in ("监票甲", "监票乙"):
        Teller.objects.create(establishment=reported, name=name, signed_at=AT)
    return {
        "drafted": drafted.pk, "submitted": submitted.pk, "reviewed": reviewed.pk,
        "preparing": preparing.pk, "held": held.pk, "reported": reported.pk, "approved": approved.pk,
        "firm_named": firm.pk, "member_named": group[1].pk, "standing": standing[3].pk,
    }  # fmt: skip
