"""A visit is entered once: the same key with the same content gets the same answer (R-G-09, App. D 15)."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from niangjia.households import queries as homes
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotVisible, Stale
from niangjia.kernel.reaching import beyond
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.sealing import INSTALLATION, seal
from niangjia.kernel.words import Said, say
from niangjia.visits import queries, rules
from niangjia.visits.actions.following import follow, let_hear
from niangjia.visits.actions.papers import issue_record
from niangjia.visits.actions.placing import Place, hold_key, mark_target, placed
from niangjia.visits.actions.settling import lay_settling
from niangjia.visits.actions.telling import tell
from niangjia.visits.models import HomeVisit, Photo, Visitor, VisitPlace
from niangjia.visits.permissions import Word
from niangjia.visits.queries import PLACE_TABLE, TABLE, VISITOR_TABLE, Receipt
from niangjia.visits.rules import Family, Officer, Signature, VisitDraft

CLOCK_MAY_DIFFER = timedelta(minutes=5)


class OtherContent(Stale):
    """The key of this visit was used before, with other content (409)."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "这次走访先前已经收到一份，内容与这一份不同，所以这一份没有登记，也没有丢。请打开走访记录核对。"
            )
        )


@dataclass(frozen=True, slots=True)
class _Sealer:
    """Seals under the worker's key; where nobody is known yet, under the installation's."""

    person_id: int

    def __call__(self, text: str, *, table: str, field: str) -> bytes | None:
        return seal(text, table=table, person_id=self.person_id, field=field) if text else None


@transaction.atomic
def record_visit(*, draft: VisitDraft, key: UUID, by: Actor, at: datetime, body_sha256: str = "") -> Receipt:
    """The visit stands: household, facts, target, what was asked for and the record for the family, at once.

    Sent again it is the same visit. Raises OtherContent for another visit under its key, BadInput for what is
    missing, Refused for an officer of the family or a campaign that is over.
    """
    by.require(Word.MAKE)
    digest = body_sha256 or rules.digest_of(draft)
    hold_key(key=key)
    with beyond():
        known = HomeVisit.objects.filter(key=key).first()
    if known is not None:
        return _again(known, digest, by=by)
    draft = _allowed(draft, path=by.unit_path, at=at)
    place = placed(draft=draft, by=by, at=at)
    officers = _officers(draft, place, at=at)
    told = tell(draft=draft, place=place, source=queries.source_of(key=key), by=by, at=at)
    mark_target(place=place, draft=draft, by=by, at=at)
    with beyond():
        visit = _entered(draft, place, officers, told, key=key, digest=digest, by=by, at=at)
    follow(visit=visit, asks=draft.asks, place=place, by=by, at=at)
    let_hear(visit=visit, by=by, at=at)
    lay_settling(visit=visit, by=by, at=at)
    issue_record(visit=visit, by=by, at=at)
    return queries.receipt_of(visit=visit, status="created")


def _again(known: HomeVisit, digest: str, *, by: Actor) -> Receipt:
    if known.body_sha256 != digest:
        raise OtherContent
    if known.recorded_by != by.user_id and not by.may(Word.READ, at=known.path):
        raise NotVisible
    return queries.receipt_of(visit=known, status="duplicate")


def _allowed(draft: VisitDraft, *, path: str, at: datetime) -> VisitDraft:
    """The draft with what policy lets in; photographs and position are the family's to give (ui.md §1.1)."""
    policy = queries.policy_at(path=path, day=day_of(at))
    if policy.photos == rules.Photos.REQUIRED and not draft.photos and draft.result in rules.AT_HOME:
        raise BadInput(say("本地要求附入户照片：{why}", why=policy.photo_reason), field="photos")
    kept = () if policy.photos == rules.Photos.OFF else draft.photos[: policy.photo_count]
    return replace(draft, photos=kept, point=draft.point if policy.position else None)


def _officers(draft: VisitDraft, place: Place, *, at: datetime) -> list[Officer]:
    """Who went: enough different officers, each signed, none of the family; the family's own signature."""
    day, unit = day_of(at), place.unit
    person_id = place.home.head_id if place.home else place.target.person_id if place.target else None
    family = homes.relatives_of(person_id=person_id) if person_id else frozenset()
    officers = queries.officers_for(unit=unit, user_ids=[one.user_id for one in draft.visitors], day=day)
    least = queries.policy_at(path=unit.path, day=day).min_visitors
    told = [one.user_id for one in draft.visitors]
    found = rules.require_visitors(told, least=least, officers=officers, family=family)
    for one, officer in zip(dict.fromkeys(told), found, strict=True):
        signature = next(two.signature for two in draft.visitors if two.user_id == one)
        rules.require_signature(
            replace(signature, name=officer.name), field="visitors", who=say("{name}", name=officer.name)
        )
    if draft.result == rules.Result.CONFIRMED:
        signed = draft.family.signature if draft.family else rules.Signature("")
        rules.require_signature(signed, field="family", who=say("家人"))
    return found


def _entered(  # noqa: PLR0913 - a visit has these parts
    draft: VisitDraft,
    place: Place,
    officers: list[Officer],
    told: dict[str, int],
    *,
    key: UUID,
    digest: str,
    by: Actor,
    at: datetime,
) -> HomeVisit:
    person_id = place.home.head_id if place.home else place.target.person_id if place.target else None
    sealed = _Sealer(person_id or INSTALLATION)
    visit = HomeVisit.objects.create(
        key=key,
        body_sha256=digest,
        household=place.home,
        target=place.target,
        campaign_id=place.campaign_id,
        unit=place.unit,
        person_id=person_id,
        visited_at=draft.visited_at,
        received_at=at,
        recorded_by=by.user_id,
        told=told,
        notes=[said_as_json(one) for one in (*place.notes, *_clock_notes(draft, at=at))],
        **_found(draft, sealed),
    )
    visit.refresh_from_db(fields=["path"])
    _hang(visit, draft, officers, sealed, at=at)
    after = {
        "household": visit.household_id,
        "campaign": visit.campaign_id,
        "result": str(draft.result),
        "visitors": [one.user_id for one in officers],
        "told": len(told),
    }
    journal.record(
        "record_visit", by=by, at=at, kind=rules.KIND, object_id=visit.pk, person_id=person_id, after=after
    )
    return visit


def _found(draft: VisitDraft, sealed: _Sealer) -> dict[str, Any]:
    """What was found and who signed for the family, as the columns hold it."""
    family = draft.family or Family(Signature(""))
    strokes = family.signature.strokes
    return {
        "device_key": draft.origin.device if draft.origin else None,
        "skew": draft.origin.skew if draft.origin else None,
        "result": draft.result,
        "statement": sealed(draft.statement, table=TABLE, field="statement"),
        "family_name": family.signature.name,
        "family_relation": family.relation,
        "family_signature": sealed(strokes, table=TABLE, field="family_signature"),
        "family_signed_at": draft.visited_at if family.signature.holds else None,
    }


def _hang(
    visit: HomeVisit, draft: VisitDraft, officers: list[Officer], sealed: _Sealer, *, at: datetime
) -> None:
    """The signatures of the officers, the photographs to come, the place."""
    signatures = {one.user_id: one.signature for one in reversed(draft.visitors)}
    for one in officers:
        own = _Sealer(one.person_id or INSTALLATION)
        Visitor.objects.create(
            visit=visit,
            user_id=one.user_id,
            person_id=one.person_id,
            name=one.name,
            signature=own(signatures[one.user_id].strokes, table=VISITOR_TABLE, field="signature"),
            signed_at=draft.visited_at,
        )
    for sha256 in dict.fromkeys(draft.photos):
        Photo.objects.create(visit=visit, sha256=sha256, told_at=at)
    if draft.point is not None:
        point = sealed(json.dumps(asdict(draft.point)), table=PLACE_TABLE, field="point")
        VisitPlace.objects.create(visit=visit, person_id=visit.person_id, point=point, told_at=at)


def _clock_notes(draft: VisitDraft, *, at: datetime) -> list[Said]:
    """A clock that went wrong is said; both times are kept (App. D 15)."""
    skew = timedelta(seconds=draft.origin.skew or 0) if draft.origin else timedelta()
    if abs(skew) > CLOCK_MAY_DIFFER:
        minutes = int(abs(skew).total_seconds()) // 60
        words = (
            "手机时钟比平台快 {n} 分钟，两个时间都已保存。"
            if skew > timedelta()
            else ("手机时钟比平台慢 {n} 分钟，两个时间都已保存。")
        )
        return [say(words, n=minutes)]
    if draft.visited_at > at + CLOCK_MAY_DIFFER:
        return [say("手机上的走访时间晚于平台收到的时间，两个时间都已保存。请核对手机时钟。")]
    return []
