"""A membership goes on: kept without dues, resumed, ended, corrected; another union chosen to count."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.versions import save_changes
from niangjia.kernel.words import say
from niangjia.members import queries, rules
from niangjia.members.actions.admitting import sealed_base
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.permissions import Word
from niangjia.members.rules import KIND, Begun, Ended, State
from niangjia.people import actions as people

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

CARRIED_OVER = (
    "employer_id", "workplace_id", "group_id", "form", "platform", "migrant", "fee_base", "joined_on",
)  # fmt: skip


@transaction.atomic
def retain_membership(
    *, membership_id: int, version: int, since: date, reason: str, by: Actor, at: datetime
) -> Membership:
    """The membership is kept without dues and vote: retired, out of work, student, army (R-MEM-04)."""
    row = _held(membership_id, version, by=by)
    _require_counting(row, State.ACTIVE)
    _require_after(row, since, at)
    return _turned(row, since, State.RETAINED, Ended.RETAINED, Begun.RETAINED, reason, by=by, at=at)


@transaction.atomic
def resume_membership(
    *, membership_id: int, version: int, since: date, reason: str, by: Actor, at: datetime
) -> Membership:
    """A kept membership is active again from a day on."""
    row = _held(membership_id, version, by=by)
    _require_counting(row, State.RETAINED)
    _require_after(row, since, at)
    rules.require_joinable(queries.kind_of_union(membership=row))
    return _turned(row, since, State.ACTIVE, Ended.RESUMED, Begun.RESUMED, reason, by=by, at=at)


@transaction.atomic
def end_membership(  # noqa: PLR0913 - a dated step with its reason
    *, membership_id: int, version: int, until: date, ended: Ended, reason: str, by: Actor, at: datetime
) -> Membership:
    """The membership ends on a day, for a reason that is kept; leaving is free (R-MEM-05).

    Being deemed to have left is decided by the committee after a reminder, never by the machine.
    """
    row = _held(membership_id, version, by=by)
    _require_after(row, until, at, field="until")
    if not row.counts:
        ended = Ended.AFFILIATION
    Membership.objects.filter(pk=row.pk).update(until=until, ended=ended, version=F("version") + 1)
    fold_soon()
    _record("end_membership", row, {"until": until.isoformat(), "ended": str(ended)}, reason, by=by, at=at)
    row.refresh_from_db()
    return row


@transaction.atomic
def edit_membership(
    *, membership_id: int, version: int, by: Actor, at: datetime, **columns: Any
) -> Membership:
    """What is told of a membership is this now: employer, workplace, group, form of work, dues base."""
    row = _held(membership_id, None, by=by, word=Word.EDIT)
    base = columns.pop("fee_base_fen", None)
    before, after = save_changes(
        Membership.objects.all(), pk=row.pk, version=version, kind=KIND, columns=columns
    )
    if base is not None and base != queries.fee_base_of(membership=row):
        Membership.objects.filter(pk=row.pk).update(fee_base=sealed_base(fen=base, person_id=row.person_id))
        after["changed"] = ["fee_base"]
    fold_soon()
    journal.record(
        "edit_membership", by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id,
        before=before, after=after,
    )  # fmt: skip
    row.refresh_from_db()
    return row


@transaction.atomic
def choose_union(*, person_id: int, membership_id: int, since: date, by: Actor, at: datetime) -> Membership:
    """The union that the member chooses counts him from a day on; the other becomes an affiliation (D-3).

    The chooser is the member himself, or an officer of the union chosen on his behalf.
    """
    person = people.hold_person(person_id=person_id)
    with beyond():
        chosen = queries.stretch_of(person_id=person.pk, membership_id=membership_id)
        if by.person_id != person.pk and not by.may(Word.TRANSFER, at=chosen.path):
            raise NotAllowed(say("计数的工会由会员本人选定，或由他选定的工会代办。"))
        if chosen.counts or chosen.until is not None:
            raise Refused(say("请选择一家现在挂靠的工会。"), field="membership")
        _require_after(chosen, since, at)
        counting = queries.counting_now(person_id=person.pk, day=since)
        stretches = [(chosen, True)] if counting is None else [(counting, False), (chosen, True)]
        if counting is not None:
            _require_after(counting, since, at)
        new = [_again(row, since, counts=counts) for row, counts in _closed_first(stretches, since)]
        people.keep_at(person_id=person.pk, keeper_id=chosen.union_id)
        after = {"union": chosen.union_id, "since": since.isoformat()}
        _record("choose_union", new[-1], after, "", by=by, at=at)
    fold_soon()
    return new[-1]


def move_membership(
    *, old: Membership, union: "Organisation", day: date, employer_id: int | None, basis: str
) -> Membership:
    """Same-day close and open at another union; an affiliation there ends with it (R-MEM-02).

    For `transfers`, which has asked both sides and holds the person.
    """
    Membership.objects.filter(pk=old.pk).update(until=day, ended=Ended.TRANSFERRED, version=F("version") + 1)
    beside = Membership.objects.filter(person=old.person_id, union=union, counts=False, until=None)
    beside.filter(since__gte=day).delete()
    beside.update(until=day, ended=Ended.CHOSEN, version=F("version") + 1)
    told = {name: getattr(old, name) for name in CARRIED_OVER}
    told |= {"employer_id": employer_id, "workplace_id": None, "group_id": None}
    new = Membership.objects.create(
        person_id=old.person_id, union=union, since=day, begun=Begun.TRANSFERRED, basis=basis, **told
    )
    new.refresh_from_db()
    people.keep_at(person_id=old.person_id, keeper_id=union.pk)
    fold_soon()
    return new


def _closed_first(stretches: list[tuple[Membership, bool]], since: date) -> list[tuple[Membership, bool]]:
    """Both end before either begins anew: on no day do two count."""
    numbers = [row.pk for row, _ in stretches]
    Membership.objects.filter(pk__in=numbers).update(
        until=since, ended=Ended.CHOSEN, version=F("version") + 1
    )
    return stretches


def _again(row: Membership, since: date, *, counts: bool) -> Membership:
    told = {name: getattr(row, name) for name in CARRIED_OVER}
    return Membership.objects.create(
        person_id=row.person_id, union_id=row.union_id, since=since, counts=counts, begun=Begun.CHOSEN, **told
    )


def _turned(  # noqa: PLR0913 - one dated step with its reason
    row: Membership,
    since: date,
    state: State,
    ended: Ended,
    begun: Begun,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Membership:
    """The stretch ends on the day and another begins at the same union."""
    Membership.objects.filter(pk=row.pk).update(until=since, ended=ended, version=F("version") + 1)
    told = {name: getattr(row, name) for name in CARRIED_OVER}
    new = Membership.objects.create(
        person_id=row.person_id, union_id=row.union_id, since=since, state=state, begun=begun, **told
    )
    new.refresh_from_db()
    fold_soon()
    verb = f"{'retain' if state is State.RETAINED else 'resume'}_membership"
    _record(verb, new, {"since": since.isoformat(), "from": row.pk}, reason, by=by, at=at)
    return new


def _held(membership_id: int, version: int | None, *, by: Actor, word: Word = Word.END) -> Membership:
    """The stretch that runs, its person held; a stale version is told."""
    seen = queries.membership_in_scope(membership_id=membership_id, scope=by.scope_for(word))
    by.require(word, at=seen.path)
    people.hold_person(person_id=seen.person_id)
    row = Membership.objects.select_for_update().get(pk=seen.pk)
    if row.until is not None:
        raise Refused(say("这段会籍已于 {day} 终止，不能再改。请打开这个人现在的会籍。", day=row.until))
    if version is not None and row.version != version:
        raise Refused(say("这条会籍刚刚有人办过一步。请打开它看现在的情况，再决定。"), field="version")
    return row


def _require_counting(row: Membership, state: State) -> None:
    if not row.counts or row.state != state:
        words = rules.STATE_WORDS["affiliated" if not row.counts else row.state]
        raise Refused(say("这段会籍现在是“{state}”，不能办这一步。", state=words))


def _require_after(row: Membership, day: date, at: datetime, *, field: str = "since") -> None:
    if day > day_of(at):
        raise Refused(say("日期不能晚于今天。"), field=field)
    if day <= row.since:
        raise Refused(say("这段会籍自 {day} 起，日期须晚于这一天。", day=row.since), field=field)


def _record(
    verb: str, row: Membership, after: dict[str, Any], reason: str, *, by: Actor, at: datetime
) -> None:
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after, reason=reason
    )
