"""Founders, or the town for them, ask for a union: the request, its employers, its founding group."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.founding import rules
from niangjia.founding.actions import desk, papers
from niangjia.founding.actions.stepping import locked, record, require_may, require_version, stepped
from niangjia.founding.models import EstablishmentEmployer, FoundingMember, UnionEstablishment
from niangjia.founding.permissions import Word
from niangjia.kernel.access import EVERYWHERE, Actor, Reach
from niangjia.kernel.errors import NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network import rules as network_rules
from niangjia.people import queries as people

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """What the founders say of the union to be."""

    kind: network_rules.OrgKind
    name: str
    workers: int
    members: int
    term_years: int
    short_name: str = ""
    mode: str = ""
    sector: str = ""
    phone: str = ""
    address: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class EmployerDraft:
    """An employer that the union is to cover, as the founders know it."""

    name: str
    kind: network_rules.EmployerKind
    headcount: int
    uscc: str = ""
    sector: str = "other"
    address: str = ""


@transaction.atomic
def draft_establishment(
    *,
    draft: RequestDraft,
    parent: "Organisation",
    employer: "Employer | None" = None,
    by: Actor,
    at: datetime,
) -> UnionEstablishment:
    """A draft stands under its parent: the founders' own, or that of the town which asks for them.

    `employer` is one of the register whose page the officer came from. Raises Refused for a parent under
    which the kind cannot stand.
    """
    behalf = by.words.get(Word.ASK) is not Reach.OWN and not by.everywhere
    by.require(Word.ASK, at=parent.path if behalf else None)
    network_rules.require_parent_kind(draft.kind, parent=network_rules.OrgKind(parent.kind))
    network_rules.require_mode(draft.kind, draft.mode)
    _require_people(draft)
    with beyond():
        row = UnionEstablishment.objects.create(
            parent_id=parent.pk,
            asked_by=by.user_id,
            asked_unit_id=by.unit_id if behalf else None,
            created_at=at,
            **asdict(draft),
        )
        row.refresh_from_db()
        record(verb="draft_establishment", row=row, by=by, at=at, parent=parent.pk)
        if employer is not None:
            _name(row, _of_register(employer), employer.pk)
    return row


def _of_register(row: "Employer") -> EmployerDraft:
    kind = network_rules.EmployerKind(row.kind)
    return EmployerDraft(row.name, kind, row.headcount, row.uscc, row.sector, row.address)


def _require_people(draft: RequestDraft) -> None:
    if draft.members > draft.workers:
        raise Refused(say("会员数不能多于职工数。请核对人数。"), field="members")


@transaction.atomic
def edit_establishment(
    *, establishment_id: int, version: int, draft: RequestDraft, by: Actor, at: datetime
) -> UnionEstablishment:
    """The request says this; only while it lies with the applicant."""
    _require_people(draft)
    with beyond():
        row = editable(establishment_id=establishment_id, by=by)
        require_version(row=row, version=version, step="edit")
        network_rules.require_parent_kind(draft.kind, parent=network_rules.OrgKind(row.parent.kind))
        network_rules.require_mode(draft.kind, draft.mode)
        for name, value in asdict(draft).items():
            setattr(row, name, value)
        _saved(row, "edit_establishment", by=by, at=at)
    return row


def editable(
    *, establishment_id: int, by: Actor, states: tuple[rules.State, ...] = rules.EDITABLE
) -> UnionEstablishment:
    """The establishment, locked, while what the applicant says of it may still change."""
    row = locked(establishment_id=establishment_id, actor=by)
    ask = rules.ESTABLISHMENT.step(rules.State.DRAFTED, "submit")
    require_may(row=row, step=ask, by=by)
    if row.state not in states:
        label = rules.ESTABLISHMENT.label(row.state)
        raise StepRefused(say("现在的状态是“{state}”，这部分不能再改。", state=label), step="edit")
    return row


def _saved(row: UnionEstablishment, verb: str, *, by: Actor, at: datetime, **after: Any) -> None:
    row.version += 1
    row.save()
    record(verb=verb, row=row, by=by, at=at, **after)


@transaction.atomic
def name_employer(
    *, establishment_id: int, draft: EmployerDraft, by: Actor, at: datetime
) -> EstablishmentEmployer:
    """The union is to cover this employer; one whose code stands in the register is that one."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by)
        if row.kind == network_rules.OrgKind.FEDERATION:
            raise Refused(say("工会联合会不直接覆盖单位，由它下面的工会覆盖。"))
        code = network_rules.require_employer_code(draft.uscc)
        holder = network.holder_of_code(code=code) if code else None
        if holder is not None and holder.is_union:
            raise Refused(say("这是工会的代码。请填写单位自己的统一社会信用代码。"), field="uscc")
        found = _name(row, draft, holder.number if holder else None)
        _saved(row, "name_employer", by=by, at=at, employer=found.name)
    return found


def _name(row: UnionEstablishment, draft: EmployerDraft, employer_id: int | None) -> EstablishmentEmployer:
    known = EstablishmentEmployer.objects.filter(establishment=row)
    twice = known.filter(name=draft.name).exists()
    if twice or (employer_id is not None and known.filter(employer=employer_id).exists()):
        raise Refused(say("这家单位已经列上了，不用重复添加。"), field="name")
    columns = asdict(draft) | {"uscc": network_rules.require_employer_code(draft.uscc)}
    return EstablishmentEmployer.objects.create(establishment=row, employer_id=employer_id, **columns)


@transaction.atomic
def drop_employer(*, establishment_id: int, named_id: int, by: Actor, at: datetime) -> None:
    """The union is not to cover this employer after all."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by)
        found = row.employers.filter(pk=named_id).first()
        if found is None:
            raise NotVisible
        found.delete()
        _saved(row, "drop_employer", by=by, at=at, employer=found.name)


@transaction.atomic
def join_founding_group(
    *, establishment_id: int, name: str, duty: str, leads: bool, by: Actor, at: datetime
) -> FoundingMember:
    """Somebody is of the founding group; who leads it is one only."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by)
        if row.group.filter(name=name).exists():
            raise Refused(say("{name} 已在筹备组里，不用重复添加。", name=name), field="name")
        if leads:
            row.group.update(leads=False)
        person = own_person(name=name, by=by, row=row)
        found = FoundingMember.objects.create(
            establishment=row, name=name, duty=duty, leads=leads, person_id=person
        )
        _saved(row, "join_founding_group", by=by, at=at, leads=leads)
    return found


def own_person(*, name: str, by: Actor, row: UnionEstablishment) -> int | None:
    """The natural person of whoever asks, where he names himself: so he never decides his own matter."""
    if by.person_id is None or by.user_id != row.asked_by or row.asked_unit_id is not None:
        return None
    known = people.people_in_scope(scope=EVERYWHERE).filter(pk=by.person_id, name=name)
    return by.person_id if known.exists() else None


@transaction.atomic
def leave_founding_group(*, establishment_id: int, member_id: int, by: Actor, at: datetime) -> None:
    """Somebody is of the founding group no longer."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by)
        found = row.group.filter(pk=member_id).first()
        if found is None:
            raise NotVisible
        found.delete()
        _saved(row, "leave_founding_group", by=by, at=at)


@transaction.atomic
def submit_establishment(
    *, establishment_id: int, version: int, by: Actor, at: datetime
) -> UnionEstablishment:
    """The request 建会请示 is printed and lies with the town; what is missing is said at once (R-ORG-16)."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="submit", version=version, by=by, at=at)
        row.submitted_at, row.reason = at, ""
        row.save()
        papers.issue_request(row=row, by=by, at=at)
        record(verb="submit_establishment", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_establishment(
    *, establishment_id: int, version: int, reason: str, by: Actor, at: datetime
) -> UnionEstablishment:
    """The founders ask no more; what was said stays readable."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="withdraw", version=version, by=by, at=at)
        row.closed_at, row.reason = at, reason
        row.save()
        record(verb="withdraw_establishment", row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason)
        desk.tell(row=row, words=say("建会申请已撤回：{name}", name=row.name), by=by, at=at)
    return row
