"""A family, or a union on its behalf, asks for aid; a student is helped once a year (R-AID-09)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from niangjia.aid import queries, rules
from niangjia.aid.actions import desk
from niangjia.aid.actions.stepping import locked, record, require_may, require_version, stepped
from niangjia.aid.models import AidApplication
from niangjia.aid.permissions import Word
from niangjia.aid.rules import AidKind, State
from niangjia.campaigns import queries as campaigns
from niangjia.households import queries as households
from niangjia.households.rules import STAGES
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import Said, say
from niangjia.tree import queries as tree

TABLE = "aid_aidapplication"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said of an application; of a student only for study aid. `student_id` is a natural person."""

    kind: AidKind
    year: int
    asked: Yuan | None = None
    words: str = ""
    student_id: int | None = None
    stage: str = ""
    school: str = ""
    school_kind: str = ""
    admission_no: str = ""
    tuition: Yuan | None = None
    other_aid: str = ""


@transaction.atomic
def draft_application(
    *, household_id: int, draft: Draft, campaign_id: int | None = None, unit_id: int | None = None,
    by: Actor, at: datetime,
) -> AidApplication:  # fmt: skip
    """An application is begun; nobody decides it yet. `unit_id` asks on the family's behalf (R-AID-03)."""
    with beyond():
        home = (
            households.households_within(scope=by.scope_for("households.read"))
            .filter(pk=household_id)
            .first()
        )
        if home is None:
            raise NotVisible
        unit = tree.public_unit(unit_id=unit_id or home.keeper_id)
        own = by.person_id is not None and by.person_id == home.head_id
        if not own:
            by.require(Word.ASK, at=unit.path)
        row = AidApplication(
            unit_id=unit.pk,
            household=home,
            payee_id=home.head_id,
            campaign_id=campaign_id,
            asked_by=by.user_id,
            on_behalf=not own,
            created_at=at,
        )
        _write(row, draft)
        row.save()
        row.refresh_from_db()
        record(verb="draft_application", row=row, by=by, at=at, kind=str(draft.kind), campaign=campaign_id)
    return row


def _write(row: AidApplication, draft: Draft) -> None:
    told = asdict(draft)
    if draft.stage and draft.stage not in STAGES:
        raise BadInput(say("请从所列的学段里选一个。"), field="stage")
    for name in ("kind", "year", "student_id", "stage", "school", "school_kind", "other_aid"):
        value = told[name]
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.admission_no = "".join(draft.admission_no.split()).upper()
    row.asked_fen = draft.asked.fen if draft.asked else None
    row.tuition_fen = draft.tuition.fen if draft.tuition else None
    if draft.kind != AidKind.STUDY:
        row.student_id, row.stage, row.school, row.admission_no = None, "", "", ""
    row.words = _sealed(draft.words, row.payee_id)


def _sealed(text: str, person_id: int) -> bytes | None:
    return seal(text.strip(), table=TABLE, person_id=person_id, field="words") if text.strip() else None


@transaction.atomic
def edit_application(
    *, application_id: int, version: int, draft: Draft, by: Actor, at: datetime
) -> AidApplication:
    """The application says this; only while it lies with the family."""
    with beyond():
        row = editable(application_id=application_id, by=by, at=at)
        require_version(row=row, version=version, step="edit")
        _write(row, draft)
        row.version += 1
        _saved(row)
        record(verb="edit_application", row=row, by=by, at=at)
    return row


def editable(*, application_id: int, by: Actor, at: datetime) -> AidApplication:
    """The application, locked, while what it says may still change."""
    row = locked(application_id=application_id, actor=by)
    require_may(row=row, step=rules.APPLICATION.step(State.DRAFT, "submit"), by=by, at=at)
    if row.state not in rules.EDITABLE:
        label = rules.APPLICATION.label(row.state)
        raise StepRefused(say("现在的状态是“{state}”，内容不能再改。", state=label), step="edit")
    return row


@transaction.atomic
def submit_application(
    *, application_id: int, version: int | None, by: Actor, at: datetime
) -> AidApplication:
    """It lies with the town, to be visited. A student who is applied for already: linked, not paid (D-1)."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="submit", version=version, by=by, at=at)
        _require_running(row)
        first = _first(row)
        if first is not None:
            return _linked(row, first, by=by, at=at)
        row.submitted_at = at
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise _twice(row, error) from error
        record(verb="submit_application", row=row, by=by, at=at)
        note_if_visited(row=row, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return row


def note_if_visited(*, row: AidApplication, at: datetime) -> bool:
    """An application whose household was visited already needs no second visit; inside `beyond`."""
    if row.state != State.SUBMITTED or not queries.is_visited(row=row):
        return False
    row.state = rules.APPLICATION.advance(row.state, "visit", {"visited": True})
    row.version += 1
    row.save()
    record(verb="note_visit", row=row, by=SYSTEM, at=at)
    return True


def _require_running(row: AidApplication) -> None:
    if row.campaign_id is None:
        return
    campaign = campaigns.by_number(numbers=[row.campaign_id])[row.campaign_id]
    if campaign.state != "open":
        raise StepRefused(say("“{name}”现在不在进行中，不能提交。", name=campaign.name), step="submit")


def _first(row: AidApplication) -> AidApplication | None:
    """The application that was there first for the student or his admission notice, anywhere."""
    found = None
    if row.student_id is not None:
        found = queries.first_of_student(student_id=row.student_id, year=row.year, but=row.pk)
    if found is None and row.admission_no:
        found = queries.first_of_admission(admission_no=row.admission_no, year=row.year, but=row.pk)
    return found


def pointer_to(*, first: AidApplication) -> Said:
    """Where the first case lies: its number and union, nothing of the household."""
    return say(
        "这名学生 {year} 年的助学已有申请（第 {number} 号，{unit}）。一名学生一年只助学一次，这件不另发放。",
        year=first.year,
        number=first.pk,
        unit=first.unit.name,
    )


def _linked(row: AidApplication, first: AidApplication, *, by: Actor, at: datetime) -> AidApplication:
    """The second application stands beside the first: both unions see the other's number, never incomes."""
    row.state, row.linked_to, row.reason = State.LINKED, first, pointer_to(first=first).render(str)[:500]
    AidApplication.objects.filter(pk=row.pk).update(
        state=State.LINKED, linked_to=first, reason=row.reason, version=row.version
    )
    record(verb="link_application", row=row, by=by, at=at, first=first.pk)
    words = say("另有一件申请关联到第 {number} 号助学申请（{unit}）。", number=first.pk, unit=row.unit.name)
    desk.tell(row=first, words=words, by=by, at=at)
    return row


def _twice(row: AidApplication, error: IntegrityError) -> Refused:
    """Two towns in the same moment: the database let one in; the other is told gently (D-1)."""
    if "once_a_year" not in str(error):
        raise error
    first = _first(row)
    if first is None:
        return Refused(say("这名学生刚刚由别处提交了申请。请刷新后再看。"), field="student")
    return Refused(pointer_to(first=first), field="student")


def _saved(row: AidApplication) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise _twice(row, error) from error


@transaction.atomic
def unlink_application(*, application_id: int, version: int, by: Actor, at: datetime) -> AidApplication:
    """The first application has fallen away: this one may be submitted on its own."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="unlink", version=version, by=by, at=at)
        first = _first(row)
        if first is not None:
            raise StepRefused(pointer_to(first=first), step="unlink")
        row.linked_to, row.reason = None, ""
        _saved(row)
        record(verb="unlink_application", row=row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> AidApplication:
    """The family asks no more; what was said stays readable."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="withdraw", version=version, by=by, at=at)
        row.closed_at, row.reason, row.linked_to = at, reason.strip(), None
        row.save()
        record(verb="withdraw_application", row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def appeal_refusal(
    *, application_id: int, version: int, appeal: str, by: Actor, at: datetime
) -> AidApplication:
    """The family does not accept a refusal: whoever approves hears it."""
    if not appeal.strip():
        raise BadInput(say("请写明申诉理由。"), field="appeal")
    with beyond():
        row, _ = stepped(application_id=application_id, step="appeal", version=version, by=by, at=at)
        row.appeal, row.closed_at = appeal.strip(), None
        row.save()
        record(verb="appeal_refusal", row=row, by=by, at=at, reason=appeal)
        desk.pass_on(row=row, by=by, at=at)
    return row
