"""Many join by one code and are approved at once: a rally, a trade's federation, a story.

Equal to `submit_application` and `approve_application` for each; a test holds both paths equal. What a person
has to look at (a member elsewhere, another name under the number) lies on the desk as an application.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from niangjia.joining import queries
from niangjia.joining.actions.applying import ApplicationDraft, Typed, submit_application, typed
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.rules import Channel, CodeState, Outcome
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import parse_name
from niangjia.kernel.inserting import insert_rows, reserve_numbers
from niangjia.kernel.words import say
from niangjia.members.actions import MembershipDraft
from niangjia.members.actions.bulk import Admission, admit_all
from niangjia.people.actions import PersonDraft
from niangjia.people.actions.bulk import Registration, register_all
from niangjia.people.actions.holding_many import hold_all
from niangjia.people.rules import keys_of

SAME = ("employer_id", "workplace_id", "employer_told", "form", "platform", "consent")


@dataclass(frozen=True, slots=True)
class Many:
    """How many joined, and the applications that wait for somebody to look at them."""

    joined: int
    waiting: Sequence[int]


@transaction.atomic
def join_all(*, drafts: Sequence[ApplicationDraft], token: str, since: date, by: Actor, at: datetime) -> Many:
    """Each applicant is a member of the code's union from a day on, or lies on its desk."""
    found = queries.scanned(token=token, day=day_of(at))
    code = found.code
    by.require(Word.DECIDE, at=code.path)
    told = [typed(draft=draft, today=day_of(at)) for draft in drafts]
    persons = _persons(drafts, told, code, by=by, at=at)
    numbers = reserve_numbers(MembershipApplication, len(drafts))
    known = [place for place, person in enumerate(persons) if person]
    admissions = [
        Admission(persons[one], code.unit_id, since, _membership(drafts[one], numbers[one])) for one in known
    ]
    done = dict(zip(known, admit_all(admissions=admissions, by=by, at=at), strict=True))
    entered = [place for place in known if done[place].membership_id]
    used = JoinQr.objects.filter(pk=code.pk, uses__lte=F("max_uses") - len(entered))
    if found.state is not CodeState.GOOD or not used.update(uses=F("uses") + len(entered)):
        raise Refused(say("这张入会码已经不能用了，或者剩下的次数不够。"))
    about = {"path": code.path, "submitted_at": at, "closed_at": at, "decided_by": by.user_id}
    rows = [
        {
            **_columns(drafts[one], told[one], code),
            **about,
            "id": numbers[one],
            "person_id": persons[one],
            "membership_id": done[one].membership_id,
        }
        for one in entered
    ]
    insert_rows(MembershipApplication, rows)
    lines = ({"application": one["id"], "membership": one["membership_id"]} for one in rows)
    journal.record_rows("approve_applications", lines, by=by, at=at, kind="joining.bulk")
    left = [draft for place, draft in enumerate(drafts) if place not in set(entered)]
    waiting = [submit_application(draft=one, token=token, by=by, at=at)[0].pk for one in left]
    return Many(len(rows), waiting)


def _persons(
    drafts: Sequence[ApplicationDraft], told: Sequence[Typed], code: JoinQr, *, by: Actor, at: datetime
) -> list[int]:
    """Who each applicant is, new or known; 0 where somebody has to look, as at another name."""
    registrations = [
        Registration(
            PersonDraft(str(one.columns["name"]), draft.sex, draft.born),
            code.unit_id,
            draft.paper,
            one.mobile.e164,
        )
        for draft, one in zip(drafts, told, strict=True)
    ]
    found = register_all(registrations=registrations, today=day_of(at), by=by, at=at)
    held = hold_all(person_ids={one.person_id for one in found if one.person_id and not one.is_new})
    names = {person_id: person.name_key for person_id, person in held.items()}
    return [
        one.person_id if one.is_new or _is(str(told_.columns["name"]), names.get(one.person_id, "")) else 0
        for one, told_ in zip(found, told, strict=True)
    ]


def _is(name: str, key: str) -> bool:
    """Whether a name is the one that stands with the number."""
    return bool(key) and keys_of(parse_name(name)).key == key


def _membership(draft: ApplicationDraft, number: int) -> MembershipDraft:
    return MembershipDraft(
        employer_id=draft.employer_id,
        workplace_id=draft.workplace_id,
        form=draft.form,
        platform=draft.platform,
        basis=f"入会申请 {number}",
    )


def _columns(draft: ApplicationDraft, told: Typed, code: JoinQr) -> dict[str, Any]:
    """The columns of an approved application: numbers stand with the person, only their tails here."""
    return {
        **told.columns,
        **{name: getattr(draft, name) for name in SAME},
        "union_id": code.unit_id,
        "receipt": queries.receipt_digest(receipt=queries.new_receipt()),
        "channel": Channel.QR,
        "state": "approved",
        "outcome": Outcome.JOINED,
        "qr_id": code.pk,
        "drive_id": code.drive_id,
        "stop_id": code.stop_id,
        "version": 3,
    }
