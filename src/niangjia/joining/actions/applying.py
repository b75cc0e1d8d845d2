"""Somebody applies to join, by himself or with an officer's help; the record is the same (R-MEM-07).

A stranger's form learns nothing: a number that is known and one that is not get the same answer. Who is a
member already is seen by the officer alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from niangjia.joining import queries, rules
from niangjia.joining.actions.desks import lay_decision
from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.rules import KIND, Channel, CodeState
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import Mobile, PersonalId, Sex, parse_mobile, parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import INSTALLATION, seal
from niangjia.kernel.words import say
from niangjia.members.rules import require_joinable
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.people import queries as people
from niangjia.people.rules import Paper, read_paper, tail_of


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What is told by or for the applicant; what the number, the code or the register tells is not asked."""

    name: str = ""
    paper: Paper | None = None
    sex: Sex | None = None
    born: date | None = None
    mobile: str = ""
    employer_id: int | None = None
    workplace_id: int | None = None
    employer_told: str = ""
    form: str = ""
    platform: str = ""
    consent: int | None = None
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed as it is understood: the number, the mobile, the plain columns."""

    value: PersonalId
    mobile: Mobile
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Way:
    """By which way an application comes: the code, the drive and its stop, or nothing but the union."""

    channel: Channel
    code: JoinQr | None = None
    drive_id: int | None = None
    stop_id: int | None = None


@transaction.atomic
def submit_application(
    *, draft: ApplicationDraft, token: str = "", unit_id: int | None = None, by: Actor, at: datetime
) -> tuple[MembershipApplication, str]:
    """The application lies on the union's desk; returns it with its receipt code, which is told only now.

    With a code it goes to the code's union, or to `unit_id` where that lies under it.
    Raises Refused for a code that is over, BadInput for what cannot be read.
    """
    code = _used(token, day_of(at)) if token else None
    with beyond():  # anybody may apply (R-MEM-01): the code, or a public union, is all it takes
        unit = code.unit if code and unit_id is None else network.public_organisation(unit_id=unit_id or 0)
        if code is not None and not unit.path.startswith(code.unit.path):
            unit = code.unit
        require_joinable(OrgKind(unit.kind))
        way = Way(Channel.QR, code, code.drive_id, code.stop_id) if code else Way(Channel.WEB)
        row, receipt = _entered(unit.pk, draft, way, person_id=by.person_id, by=by, at=at)
        _record("submit_application", row, by=by, at=at)
        lay_decision(row=row, by=by, at=at)
    return row, receipt


@transaction.atomic
def enter_application(  # noqa: PLR0913 - one act
    *,
    unit_id: int,
    channel: Channel,
    draft: ApplicationDraft,
    drive_id: int | None = None,
    stop_id: int | None = None,
    by: Actor,
    at: datetime,
) -> tuple[MembershipApplication, str]:
    """An officer enters what a worker says at the door or has written on paper."""
    scope = by.scope_for(Word.ENTER)
    unit = network.organisation_in_scope(unit_id=unit_id, scope=scope)
    by.require(Word.ENTER, at=unit.path)
    require_joinable(OrgKind(unit.kind))
    way = Way(channel, drive_id=drive_id, stop_id=stop_id)
    row, receipt = _entered(unit.pk, draft, way, person_id=None, by=by, at=at)
    _record("enter_application", row, by=by, at=at)
    lay_decision(row=row, by=by, at=at)
    return row, receipt


def _used(token: str, today: date) -> JoinQr:
    """The code, used once more; the last use is asked of the row itself, so that nobody slips by."""
    found = queries.scanned(token=token, day=today)
    with beyond():
        rows = JoinQr.objects.filter(pk=found.code.pk, uses__lt=F("max_uses"))
        used = found.state is CodeState.GOOD and rows.update(uses=F("uses") + 1)
    if not used:
        raise Refused(
            say("这张入会码已经不能用了，您填的内容都还在。请改用“找到我的工会”提交，或向工会要一张新码。")
        )
    return found.code


def _entered(
    union_id: int, draft: ApplicationDraft, way: Way, *, person_id: int | None, by: Actor, at: datetime
) -> tuple[MembershipApplication, str]:
    today, receipt = day_of(at), queries.new_receipt()
    consent = rules.require_consent(draft.consent)
    told = _known(person_id) if person_id and draft.paper is None else _told(draft, today)
    _require_places(draft)
    signature = rules.require_signature(draft.signature)
    row = MembershipApplication.objects.create(
        union_id=union_id,
        receipt=queries.receipt_digest(receipt=receipt),
        channel=way.channel,
        qr=way.code,
        drive_id=way.drive_id,
        stop_id=way.stop_id,
        employer_id=draft.employer_id,
        workplace_id=draft.workplace_id,
        employer_told=draft.employer_told.strip(),
        form=draft.form,
        platform=draft.platform.strip(),
        consent=consent,
        signature=_sealed(signature, "signature", told.get("person_id")),
        submitted_at=at,
        entered_by=by.user_id if way.channel in {Channel.DOOR, Channel.PAPER} else None,
        **told,
    )
    row.refresh_from_db()
    return row, receipt


def _require_places(draft: ApplicationDraft) -> None:
    if not (draft.employer_id or draft.workplace_id or draft.employer_told.strip() or draft.form):
        raise BadInput(
            say("请写明工作单位；没有固定单位的，请选从业形态，例如“货车司机”。"), field="employer_told"
        )


def _known(person_id: int) -> dict[str, object]:
    """A person who is logged in: his own record tells the rest (R-G-07)."""
    person = people.own_person(person_id=person_id)
    paper = people.documents_of(person=person).filter(until=None).first()
    return {
        "person_id": person.pk,
        "name": person.name,
        "sex": person.sex,
        "born": person.birth_date,
        "id_kind": paper.kind if paper else "other",
        "id_tail": paper.tail if paper else "",
    }


def typed(*, draft: ApplicationDraft, today: date) -> Typed:
    """What was typed, in its normal form. Raises BadInput for what cannot be read."""
    if draft.paper is None:
        raise BadInput(say("请填写证件号码。"), field="number")
    name = parse_name(draft.name).printed
    value = read_paper(draft.paper, today=today, sex=draft.sex, born=draft.born, field="number")
    mobile = parse_mobile(draft.mobile)
    columns = {
        "name": name,
        "sex": str(draft.sex or value.sex or ""),
        "born": draft.born or value.born,
        "id_kind": draft.paper.kind,
        "id_tail": tail_of(value.number),
        "mobile_tail": tail_of(mobile.national),
    }
    return Typed(value, mobile, columns)


def _told(draft: ApplicationDraft, today: date) -> dict[str, object]:
    """What was typed, with its numbers sealed."""
    told = typed(draft=draft, today=today)
    return {
        **told.columns,
        "id_sealed": _sealed(told.value.number, "id_sealed"),
        "id_blind": queries.number_index(kind=told.value.kind, number=told.value.number),
        "mobile_sealed": _sealed(told.mobile.e164, "mobile_sealed"),
    }


def _sealed(text: str, field: str, person_id: object = None) -> bytes | None:
    if not text:
        return None
    owner = person_id if isinstance(person_id, int) else INSTALLATION
    return seal(text, table=queries.TABLE, person_id=owner, field=field)


@transaction.atomic
def answer_return(
    *, receipt: str, words: str, number: str = "", mobile: str = "", by: Actor, at: datetime
) -> MembershipApplication:
    """The applicant adds what was missing; the union has it again with a new deadline."""
    with beyond():
        row = stepped_by_applicant(receipt=receipt, step="answer")
        row.words, row.answer = words, ""
        told: dict[str, object] = {}
        if number:
            paper = Paper(queries.paper_of(application=row).kind, number)  # type: ignore[union-attr]
            value = read_paper(paper, today=day_of(at), field="number")
            told |= {
                "id_sealed": _sealed(value.number, "id_sealed"),
                "id_blind": queries.number_index(kind=value.kind, number=value.number),
                "id_tail": tail_of(value.number),
                "born": value.born or row.born,
                "sex": str(value.sex or row.sex),
            }
        if mobile:
            said = parse_mobile(mobile)
            told |= {
                "mobile_sealed": _sealed(said.e164, "mobile_sealed"),
                "mobile_tail": tail_of(said.national),
            }
        for name, value_ in told.items():
            setattr(row, name, value_)
        row.save()
        _record("answer_return", row, by=by, at=at, corrected=sorted(told))
        lay_decision(row=row, by=by, at=at)
    return row


def stepped_by_applicant(*, receipt: str, step: str) -> MembershipApplication:
    """The application of a receipt code, held, in the state after the applicant's own step; not saved yet."""
    seen = queries.application_by_receipt(receipt=receipt)
    row = (
        MembershipApplication.objects.select_for_update(of=("self",)).select_related("union").get(pk=seen.pk)
    )
    row.state = rules.APPLICATION.advance(row.state, step)
    row.version += 1
    return row


def _record(
    verb: str, row: MembershipApplication, *, by: Actor, at: datetime, corrected: list[str] | None = None
) -> None:
    after: dict[str, object] = {"state": row.state, "union": row.union_id, "channel": row.channel}
    after |= {"drive": row.drive_id} if row.drive_id else {}
    after |= {"corrected": corrected} if corrected else {}
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after)
