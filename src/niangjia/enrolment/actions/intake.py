"""Members come in by file: the same rules as one by one, each row by itself, chunk by chunk (R-MEM-09).

A number that is known is that person: update or no change where he stands here, a conflict that says where he
counts elsewhere. Rows without a paper enter only where the officer says so, and stay listed as lacking it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import local
from typing import Any

from django.db import transaction

from niangjia.enrolment.actions.judging import plans_of
from niangjia.enrolment.rules.columns import COLUMNS
from niangjia.enrolment.rules.plans import Plan, key_of
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import Entered, FileRow, Judged, Standing, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.words import Said, say
from niangjia.members import actions as members
from niangjia.members.actions.bulk import Admission, Admitted, admit_all
from niangjia.members.actions.withdrawing import Mistake, withdraw_members
from niangjia.members.permissions import Word
from niangjia.people.actions import PersonDraft
from niangjia.people.actions.bulk import Registered, Registration, register_all

PERSON, KEEPER = "_person", "_keeper"
FASTER = say("刚刚有人登记了这个证件号码。请重新上传这一行，再核对。")


class _Back(Exception):  # noqa: N818 - it never leaves this file
    """What was entered is taken back, to be entered without the rows that were refused."""


@dataclass(slots=True)
class _Remembered(local):
    """The plans that `judge` made last in this thread, for the `commit` of the same rows just after."""

    plans: dict[int, Plan] = field(default_factory=dict)


class MemberIntake:
    """How members come in (exchange's port)."""

    def __init__(self) -> None:
        self._last = _Remembered()

    def key(self, values: Mapping[str, Any]) -> str:
        """The number in one writing; without one the name with mobile, or with birth and union."""
        return key_of(values)

    def judge(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Judged]:
        """What would become of each row, against the register as it stands now."""
        plans = plans_of(rows=rows, unit_id=unit_id, by=by, at=at)
        self._last.plans = {id(plan.values): plan for plan in plans}
        return [plan.judged or Judged(Verdict.ERROR) for plan in plans]

    def commit(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Entered]:
        """New members are entered at once, known memberships edited one by one."""
        plans = self._plans(rows, unit_id=unit_id, by=by, at=at)
        new = [plan for plan in plans if plan.judged and plan.judged.verdict is Verdict.NEW]
        told = dict(zip(map(id, new), enter(plans=new, by=by, at=at), strict=True))
        return [told.get(id(plan)) or _edit(plan, by=by, at=at) for plan in plans]

    def undo(self, rows: Sequence[Standing], *, by: Actor, at: datetime, reason: str) -> list[Said | None]:
        """New memberships are withdrawn, edited ones get back what they were; what changed since stays."""
        new = [_mistake(row) for row in rows if row.before is not None and PERSON in row.before]
        kept = withdraw_members(mistakes=new, by=by, at=at) if new else {}
        return [kept[row.target] if row.target in kept else _give_back(row, by=by, at=at) for row in rows]

    def _plans(self, rows: Sequence[FileRow], **told: Any) -> list[Plan]:
        last, self._last.plans = self._last.plans, {}
        plans = [last.get(id(row.values)) for row in rows]
        if all(plan is not None and plan.values is row.values for plan, row in zip(plans, rows, strict=True)):
            return [plan for plan in plans if plan is not None]
        return plans_of(rows=rows, **told)


def enter(*, plans: Sequence[Plan], by: Actor, at: datetime) -> list[Entered]:
    """Persons and memberships, each row by itself; nobody is registered whose membership is refused."""
    refused: dict[int, Entered] = {}
    while True:
        fit = [plan for plan in plans if id(plan) not in refused]
        try:
            with transaction.atomic():
                entered = dict(zip(map(id, fit), _entered(fit, by=by, at=at), strict=True))
                again = {number: one for number, (one, must) in entered.items() if must}
                _require_nobody_left(again)
        except _Back:
            refused |= again
            continue
        told = refused | {number: one for number, (one, _) in entered.items()}
        return [told[id(plan)] for plan in plans]


def _require_nobody_left(again: Mapping[int, Entered]) -> None:
    if again:
        raise _Back


def _entered(plans: Sequence[Plan], *, by: Actor, at: datetime) -> list[tuple[Entered, bool]]:
    """What became of each, and whether it has to be left out because it left a person behind."""
    strange = [plan for plan in plans if plan.person_id is None]
    wanted = [_registration(plan) for plan in strange]
    registered = register_all(registrations=wanted, today=day_of(at), by=by, at=at) if wanted else []
    persons = dict(zip(map(id, strange), registered, strict=True))
    fit = [plan for plan in plans if _is_fit(persons.get(id(plan)))]
    admissions = [_admission(plan, persons.get(id(plan))) for plan in fit]
    admitted = dict(zip(map(id, fit), admit_all(admissions=admissions, by=by, at=at), strict=True))
    return [_told(plan, persons.get(id(plan)), admitted.get(id(plan))) for plan in plans]


def _is_fit(person: Registered | None) -> bool:
    return person is None or person.is_new


def _told(plan: Plan, person: Registered | None, admitted: Admitted | None) -> tuple[Entered, bool]:
    if admitted is None:
        return Entered(refused=(person.refused if person else None) or FASTER), False
    if admitted.refused:
        return Entered(refused=admitted.refused), person is not None
    number = person.person_id if person else plan.person_id
    before = {PERSON: number, KEEPER: None if person else plan.keeper_id}
    return Entered(admitted.membership_id, 1, before), False


def _registration(plan: Plan) -> Registration:
    draft = PersonDraft(plan.values["name"], plan.sex, plan.born, plan.ethnicity)
    return Registration(draft, plan.union_id, plan.paper, plan.values["mobile"] or "")


def _admission(plan: Plan, person: Registered | None) -> Admission:
    base = plan.values["fee_base"]
    draft = members.MembershipDraft(**plan.columns, fee_base_fen=base.fen if base else None)
    number = person.person_id if person else plan.person_id or 0
    return Admission(number, plan.union_id, plan.since, draft, counts=not plan.beside)


def _edit(plan: Plan, *, by: Actor, at: datetime) -> Entered:
    judged = plan.judged or Judged(Verdict.ERROR)
    try:
        with transaction.atomic():
            row = members.edit_membership(
                membership_id=judged.target or 0, version=judged.version, by=by, at=at, **plan.edits
            )
    except NiangjiaError as error:
        return Entered(refused=error.reasons[0])
    return Entered(row.pk, row.version, plan.before)


def _mistake(row: Standing) -> Mistake:
    before = row.before or {}
    return Mistake(row.target, row.version, before[KEEPER], was_new=before[KEEPER] is None)


def _give_back(row: Standing, *, by: Actor, at: datetime) -> Said | None:
    try:
        with transaction.atomic():
            members.edit_membership(
                membership_id=row.target, version=row.version, by=by, at=at, **(row.before or {})
            )
    except NiangjiaError as error:
        return error.reasons[0]
    return None


MEMBERS = ImportKind(
    key="members",
    title=say("会员名册"),
    word=Word.ENROL,
    columns=COLUMNS,
    intake=MemberIntake(),
    back="members",
    note=say("按证件号码认人：没有的新增，在这里的更新，会籍在别处的不动并说明在哪里、怎么办。"),
)
