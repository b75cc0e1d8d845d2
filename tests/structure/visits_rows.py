"""Visits and phones of the two cities: a visit with all that hangs on it, a phone, an upload that waits."""

import json
import uuid

from tests.conftest import AT
from tests.network.worlds import SINCE
from tests.phones.boxing import closed

from niangjia.accounts import actions as accounts
from niangjia.accounts.models import User
from niangjia.households.models import Proposal
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.words import say
from niangjia.people.models import Person
from niangjia.phones.models import Device, HeldUpload, Link, PhotoPart
from niangjia.visits.models import HomeVisit, Photo, VisitAsk, Visitor, VisitPlace
from niangjia.visits.queries import source_of

PLAIN = {"visit_key": ["x"], "sha": ["x"], "total": [1]}
"""Arguments of the roads on which a phone speaks: no object of the two cities has such a key."""
AS = {
    "own_device": "device_id",
    "waiting_upload": "held_id",
    "bare_upload": "held_id",
    "lone_visit": "visit_id",
    "differing_visit": "visit_id",
    "difference": "proposal_id",
}
SPARE = {
    "revoke-visit-phone": ("own_device",),
    "enter-held-visit": ("waiting_upload",),
    "decline-held-visit": ("bare_upload",),
    "void-visit": ("lone_visit",),
    "settle-difference": ("differing_visit", "difference"),
}
WORDS = {"settle-difference": {"take": "yes"}, "enter-held-visit": {"where": "alone"}}
_WIRE = "a phone speaks here in JSON; tests/phones sends each twice, and 300 schedules send them again"
EXEMPT = {
    **dict.fromkeys(("visit-kit-enrol", "visit-kit-upload", "visit-kit-drop", "visit-kit-part"), _WIRE),
    "visit-kit-lend": "gives the kit out; that it was lent is journalled each time, as it should be",
    **dict.fromkeys(("visit-kit-receipts", "visit-kit-photo"), "tells what has arrived"),
    **dict.fromkeys(("visit-kit", "visit-kit-worker", "visit-kit-manifest"), "the shell is only read"),
    "hand-in-visits": "takes a phone's file; tests/phones hands it in twice",
    "new-visit": "whom to visit stands in the address; tests/visiting enters one form twice",
    "issue-visit-record": "needs a visit whose record could not be printed; refused where one stands",
}


def lay(world, mark, union, person, user):
    """At the firm's union a visit of the person's household, the account's phone and what it sent."""
    home_id = world.things["household_id"][-1][0]
    visit = visited(union, person, home_id, family_name=f"{mark}家人")
    Photo.objects.create(visit=visit, sha256="0" * 64, told_at=AT)
    VisitAsk.objects.create(
        visit=visit, person=person, kind="study", standing=said_as_json(say("已转帮扶申请。"))
    )
    VisitPlace.objects.create(visit=visit, person=person, point=b"x", told_at=AT)
    device = phone(union, user, f"{mark}手机")
    Link.objects.create(device=device, seq=1, kind="visit", key=visit.key, sha256="0" * 64, at=AT)
    PhotoPart.objects.create(
        key=visit.key, sha256="0" * 64, number=0, total=2, body=b"x", user_id=user.pk, at=AT
    )
    held = upload(union, user, device, {"statement": f"{mark}写了一半"}, finished=False)
    world.add("visit_id", visit.pk, union.path, visit.family_name)
    world.add("device_id", device.pk, union.path, device.name)
    world.add("held_id", held.pk, union.path, f"{mark}写了一半")


def visited(union, person, home_id, **more):
    """A confirmed visit of two officers, the first of them known to the register."""
    visit = HomeVisit.objects.create(
        key=uuid.uuid4(), body_sha256="0" * 64, household_id=home_id, unit=union.unit, person=person,
        visited_at=AT, received_at=AT, result="confirmed", family_signed_at=AT, **more,
    )  # fmt: skip
    Visitor.objects.create(visit=visit, user_id=7_000_101, person=person, name="走访人", signed_at=AT)
    Visitor.objects.create(visit=visit, user_id=7_000_102, name="同行人", signed_at=AT)
    return visit


def phone(union, user, name):
    return Device.objects.create(
        key=uuid.uuid4(), user=user, unit=union.unit, name=name, key_id="k", enrolled_at=AT, last_seen_at=AT
    )


def upload(union, user, device, told, *, finished=True):
    key = uuid.uuid4()
    box = closed(json.dumps(told).encode(), bound=str(key))
    return HeldUpload.objects.create(
        key=key, body_sha256="0" * 64, device=device, user=user, unit=union.unit, box=box, finished=finished,
        received_at=AT,
    )  # fmt: skip


def _colleague(union):
    """A second officer of the union: two go to a door."""
    user = User.objects.create(username="second-visitor", name="同行人", created_at=AT)
    accounts.grant_post(user=user, unit_id=union.pk, role=Role.PRI, since=SINCE, by=SYSTEM, at=AT)
    return user


def spare(world):
    """A phone to revoke, uploads to decide on, a visit to void, one with a difference to settle."""
    union = world.seats["single"]
    user = User.objects.get(pk=world.things["user_id"][0][0])
    person = Person.objects.get(pk=world.things["person_id"][0][0])
    home_id = world.things["household_id"][0][0]
    told = {
        "whom": {"household": home_id}, "visited_at": AT.isoformat(), "result": "refused",
        "statement": "谢绝",
        "visitors": [
            {"user": one.pk, "name": one.name, "ticked": True} for one in (user, _colleague(union))
        ],
    }  # fmt: skip
    differing = visited(union, person, home_id)
    first = Proposal.objects.get(pk=world.things["proposal_id"][0][0])
    first.pk, first.key, first.source = None, "school", source_of(key=differing.key)
    first.save(force_insert=True)
    return {
        "own_device": phone(union, user, "暗甲子旧手机").pk,
        "waiting_upload": upload(union, user, None, told).pk,
        "bare_upload": upload(union, user, None, told).pk,
        "lone_visit": visited(union, person, home_id).pk,
        "differing_visit": differing.pk,
        "difference": first.pk,
    }
