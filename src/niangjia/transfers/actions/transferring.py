"""A membership goes to another union: asked by either side or the member, introduced, accepted on one day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NotAllowed, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.members import actions as members_actions
from niangjia.members import queries as members
from niangjia.members import rules
from niangjia.members.permissions import Word
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.people import actions as people
from niangjia.tasks import actions as tasks
from niangjia.transfers import queries
from niangjia.transfers.actions.letters import issue_letter
from niangjia.transfers.actions.telling import record, tell
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND, TRANSFER
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.members.models import Membership
    from niangjia.network.models import Organisation


@transaction.atomic
def ask_transfer(*, person_id: int, to_union_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """The membership is to go to another union; asked by the old union it is introduced at once.

    The member himself, his union or the one he goes to may ask. Raises Refused where nothing counts yet, or
    where a transfer is open already.
    """
    person = people.hold_person(person_id=person_id)
    with beyond():
        counting = members.counting_now(person_id=person.pk, day=day_of(at))
        if counting is None:
            raise Refused(say("这个人现在没有计数的会籍，不用转会，可直接登记入会。"), field="person")
        target = network.public_organisation(unit_id=to_union_id)
        own = by.person_id == person.pk
        gives = by.may(Word.TRANSFER, at=counting.path)
        if not (own or gives or by.may(Word.TRANSFER, at=target.path)):
            raise NotAllowed(say("转会由会员本人、现在的工会或要去的工会提出。"))
        _require_other(counting, target)
        row = Transfer(
            person=person, from_union=counting.union, to_union=target, from_name=counting.union.name,
            to_name=target.name, name=person.name,
            asked_by_member=own, reason=reason, asked_at=at, asked_by=by.user_id,
        )  # fmt: skip
        _saved(row)
        record(verb="ask_transfer", row=row, by=by, at=at, reason=reason)
        if gives and not own:
            _introduced(row, by=by, at=at)
        else:
            _lay(row, "introduce", by=by, at=at)
    return row


def _require_other(counting: "Membership", target: "Organisation") -> None:
    rules.require_joinable(OrgKind(target.kind))
    if target.pk == counting.union_id:
        raise Refused(say("他已经是这家工会的会员，不用转会。"), field="to_union")
    if target.closed_on is not None:
        raise Refused(say("“{union}”已撤销或并入，请另选工会。", union=target.name), field="to_union")


def _saved(row: Transfer) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "transfer_one_open" not in str(error):
            raise
        raise Refused(say("这个人已有一件转会在办，办结或撤回后才能再提出。"), field="person") from error
    row.refresh_from_db()


@transaction.atomic
def introduce(*, transfer_id: int, version: int, by: Actor, at: datetime) -> Transfer:
    """The old union gives its letter of introduction; the membership waits for the new one."""
    row = _at_source(transfer_id, "introduce", version, by=by)
    with beyond():
        _introduced(row, by=by, at=at)
    return row


@transaction.atomic
def decline_transfer(*, transfer_id: int, version: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """The old union does not agree and says why; the member is told and may object to the union above."""
    row = _at_source(transfer_id, "decline", version, by=by)
    return _closed(row, "decline_transfer", "declined", reason, by=by, at=at)


@transaction.atomic
def accept_transfer(
    *,
    transfer_id: int,
    version: int,
    done_on: date,
    by: Actor,
    at: datetime,
    employer_id: int | None = None,
) -> "Membership":
    """The new union takes the member: the old stretch ends and the new one begins on the same day."""
    hold_the_tree(shared=True)
    row = _at_target(transfer_id, "accept", version, by=by)
    with beyond():
        person = people.hold_person(person_id=row.person_id)
        old = members.counting_now(person_id=person.pk, day=day_of(at))
        if old is None or old.union_id != row.from_union_id:
            raise Refused(say("这个人的会籍已不在“{union}”，这件转会请退回。", union=row.from_name))
        target = row.to_union
        rules.require_day(done_on, today=day_of(at), founded=target.established_on, closed=target.closed_on)
        if done_on <= old.since:
            raise Refused(say("他自 {day} 起在原工会，接转日须晚于这一天。", day=old.since), field="done_on")
        new = members_actions.move_membership(
            old=old, union=target, day=done_on, employer_id=employer_id, basis=row.letter_no
        )
        Transfer.objects.filter(pk=row.pk).update(
            state="done", done_on=done_on, closed_at=at, employer_id=employer_id, version=F("version") + 1
        )
        tasks.finish(by=by, at=at, about=(KIND, row.pk))
        record(verb="accept_transfer", row=row, by=by, at=at, since=done_on.isoformat(), membership=new.pk)
        tell(row=row, words=say("您的会籍已转入“{union}”。", union=target.name), by=by, at=at)
    return new


@transaction.atomic
def send_back_transfer(*, transfer_id: int, version: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """The new union misses something: the old one has it again, and is told what."""
    row = _at_target(transfer_id, "send_back", version, by=by)
    with beyond():
        _step(row, "asked", answer=reason)
        tasks.finish(by=by, at=at, about=(KIND, row.pk), step="accept")
        _lay(row, "introduce", by=by, at=at)
        record(verb="send_back_transfer", row=row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def refuse_transfer(*, transfer_id: int, version: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """The new union does not take the member and says why; he stays where he is."""
    row = _at_target(transfer_id, "refuse", version, by=by)
    return _closed(row, "refuse_transfer", "refused", reason, by=by, at=at)


@transaction.atomic
def withdraw_transfer(*, transfer_id: int, version: int, by: Actor, at: datetime) -> Transfer:
    """Whoever asked asks no more: the member, or the officer for him."""
    with beyond():
        row = _locked(transfer_id, "withdraw", version)
        if by.person_id != row.person_id and (by.user_id is None or by.user_id != row.asked_by):
            raise NotAllowed(say("转会由提出的人撤回。"))
    return _closed(row, "withdraw_transfer", "withdrawn", "", by=by, at=at)


def _at_source(transfer_id: int, step: str, version: int, *, by: Actor) -> Transfer:
    seen = queries.transfer_in_scope(transfer_id=transfer_id, scope=by.scope_for(Word.TRANSFER))
    by.require(Word.TRANSFER, at=seen.from_path)
    return _locked(seen.pk, step, version)


def _at_target(transfer_id: int, step: str, version: int, *, by: Actor) -> Transfer:
    seen = queries.transfer_in_scope(transfer_id=transfer_id, scope=by.scope_for(Word.TRANSFER))
    by.require(Word.TRANSFER, at=seen.path)
    return _locked(seen.pk, step, version)


def _locked(transfer_id: int, step: str, version: int) -> Transfer:
    row = Transfer.objects.select_for_update().filter(pk=transfer_id).first()
    if row is None:
        raise Refused(say("没有找到这件转会。"))
    TRANSFER.advance(row.state, step)
    if row.version != version:
        raise StepRefused(say("这件转会刚刚有人办过一步。请打开它看现在的情况，再决定。"), step=step)
    return row


def _introduced(row: Transfer, *, by: Actor, at: datetime) -> None:
    paper = issue_letter(transfer=row, by=by, at=at)
    _step(row, "introduced", letter_no=paper.number)
    tasks.finish(by=by, at=at, about=(KIND, row.pk), step="introduce")
    _lay(row, "accept", by=by, at=at)
    record(verb="introduce", row=row, by=by, at=at, letter=paper.number)


def _step(row: Transfer, state: str, **columns: str) -> None:
    Transfer.objects.filter(pk=row.pk).update(state=state, version=F("version") + 1, **columns)
    row.refresh_from_db()


def _closed(row: Transfer, verb: str, state: str, reason: str, *, by: Actor, at: datetime) -> Transfer:
    with beyond():
        Transfer.objects.filter(pk=row.pk).update(
            state=state, answer=reason or row.answer, closed_at=at, version=F("version") + 1
        )
        tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=str(TRANSFER.label(state)))
        row.refresh_from_db()
        record(verb=verb, row=row, by=by, at=at, reason=reason)
        words = say("您的转会：{state}。", state=TRANSFER.label(state))
        if by.person_id != row.person_id:
            tell(row=row, words=words, by=by, at=at)
    return row


def _lay(row: Transfer, step: str, *, by: Actor, at: datetime) -> None:
    there = step == "accept"
    title = (
        say("接收转入会员：{name}", name=row.name) if there else say("办理转出会员：{name}", name=row.name)
    )
    draft = tasks.TaskDraft(
        key=f"transfer:{row.pk}:{step}:{row.version}",
        kind="transfers.transfer",
        title=title,
        unit_id=row.to_union_id if there else row.from_union_id,
        word=Word.TRANSFER,
        about=(KIND, row.pk),
        road="transfer",
        road_args=(row.pk,),
        recused=(row.person_id,),
        due_key="member.transfer_workdays",
        step=step,
        next_step=say("会籍接转") if there else say("转入工会接收"),
    )
    tasks.lay(draft=draft, by=by, at=at)
