"""The union decides: supports, reviews, approves, returns, refuses, sends on (domain.md §2.4 membership)."""

from datetime import date, datetime

from django.db import transaction

from niangjia.joining import queries, rules
from niangjia.joining.actions.desks import lay_decision, tell_applicant
from niangjia.joining.models import MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.rules import APPLICATION, KIND, Outcome
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.identifiers import Sex, parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import say
from niangjia.members import actions as members
from niangjia.members.rules import require_joinable
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.papers.permissions import Word as PapersWord
from niangjia.people import actions as people
from niangjia.people import queries as people_queries
from niangjia.people.rules import keys_of
from niangjia.tasks import actions as tasks
from niangjia.transfers.actions import ask_transfer


@transaction.atomic
def support_application(
    *, application_id: int, version: int, opinion: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The group leader says what the group thinks; the union decides all the same."""
    row = stepped(application_id=application_id, step="support", version=version, by=by, word=Word.SUPPORT)
    row.opinion = opinion
    row.save()
    record(verb="support_application", row=row, by=by, at=at)
    return row


@transaction.atomic
def review_application(
    *, application_id: int, version: int, by: Actor, at: datetime
) -> MembershipApplication:
    """Somebody of the union has checked papers and register; approving is left to another moment."""
    row = stepped(application_id=application_id, step="review", version=version, by=by, word=Word.DECIDE)
    _require_scan(row, by)
    row.save()
    record(verb="review_application", row=row, by=by, at=at)
    return row


@transaction.atomic
def approve_application(
    *, application_id: int, version: int, since: date | None = None, by: Actor, at: datetime
) -> MembershipApplication:
    """The applicant is a member from a day on: registered or found by his number, admitted at once.

    Raises Refused while he counts elsewhere; then it is a transfer or an affiliation.
    """
    return _joined(application_id, version, since, Outcome.JOINED, by=by, at=at)


@transaction.atomic
def affiliate_application(
    *, application_id: int, version: int, since: date | None = None, by: Actor, at: datetime
) -> MembershipApplication:
    """Who counts elsewhere uses this union's services beside (R-MEM-03)."""
    return _joined(application_id, version, since, Outcome.AFFILIATED, by=by, at=at)


def _joined(
    application_id: int, version: int, since: date | None, outcome: Outcome, *, by: Actor, at: datetime
) -> MembershipApplication:
    row = _reviewed(application_id, version, "approve", by=by, at=at)
    person_id = row.person_id or _person_of(row, by=by, at=at)
    rules.require_other(by.person_id, person_id)
    enter = members.admit if outcome is Outcome.JOINED else members.affiliate
    membership = enter(
        person_id=person_id, union_id=row.union_id, since=since or day_of(at), draft=membership_of(row=row),
        by=by, at=at,
    )  # fmt: skip
    clear(row=row, person_id=person_id)
    row.membership_id, row.outcome = membership.pk, outcome
    _close(row, by=by, at=at)
    record(verb="approve_application", row=row, by=by, at=at)
    words = say("“{union}”已批准您的入会申请。", union=row.union.name)
    tell_applicant(row=row, words=words, by=by, at=at)
    return row


@transaction.atomic
def hand_over_application(
    *, application_id: int, version: int, by: Actor, at: datetime
) -> MembershipApplication:
    """Who counts elsewhere and changed work is transferred instead: both unions have it now (R-MEM-02)."""
    row = _reviewed(application_id, version, "hand_over", by=by, at=at)
    match = queries.match_of(application=row, actor=by, today=day_of(at))
    if not match.is_member:
        raise Refused(say("这个人现在没有会籍，不用转会。请直接批准入会。"))
    row.person_id = row.person_id or match.person_id or 0
    reason = f"入会申请 {row.pk}"
    ask_transfer(person_id=row.person_id, to_union_id=row.union_id, reason=reason, by=by, at=at)
    _close(row, by=by, at=at)
    record(verb="hand_over_application", row=row, by=by, at=at)
    tell_applicant(row=row, words=say("您在别处已有会籍，已替您提出转会，不用重新入会。"), by=by, at=at)
    return row


@transaction.atomic
def return_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The applicant is told what is missing, and has it until he answers."""
    row = stepped(application_id=application_id, step="return", version=version, by=by, word=Word.DECIDE)
    row.answer = reason
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    record(verb="return_application", row=row, by=by, at=at, reason=reason)
    tell_applicant(row=row, words=say("入会申请需要您补充，请打开看一看。"), by=by, at=at)
    return row


@transaction.atomic
def reject_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The union says no, why, and that the union above may be asked to look at it."""
    row = stepped(application_id=application_id, step="reject", version=version, by=by, word=Word.DECIDE)
    row.answer = reason
    _close(row, by=by, at=at)
    record(verb="reject_application", row=row, by=by, at=at, reason=reason)
    tell_applicant(row=row, words=say("入会申请没有通过，理由和复核办法写在申请里。"), by=by, at=at)
    return row


@transaction.atomic
def route_application(
    *, application_id: int, version: int, to_id: int, reason: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The application lies at the union where the worker belongs; which has the full time again."""
    row = stepped(application_id=application_id, step="route", version=version, by=by, word=Word.ROUTE)
    goal = network.public_organisation(unit_id=to_id)
    require_joinable(OrgKind(goal.kind))
    if goal.closed_on is not None and goal.closed_on <= day_of(at):
        raise Refused(say("“{name}”已撤销或并入，请另选承接的工会。", name=goal.name), field="to")
    if goal.pk == row.union_id:
        raise Refused(say("申请现在就在这家工会，不用转送。"), field="to")
    before = row.union.name
    with beyond():  # it goes to a desk that need not lie in the scope of whoever sends it on
        row.union, row.opinion = goal, ""
        row.save()
        row.refresh_from_db()
        tasks.finish(by=by, at=at, about=(KIND, row.pk))
        told = f"{before} → {goal.name}：{reason}"
        record(verb="route_application", row=row, by=by, at=at, reason=told)
        lay_decision(row=row, by=by, at=at)
    tell_applicant(row=row, words=say("您的入会申请已转到“{union}”。", union=goal.name), by=by, at=at)
    return row


def stepped(
    *, application_id: int, step: str, version: int | None, by: Actor, word: Word
) -> MembershipApplication:
    """The application, held and in the state after the step, not saved yet; never one's own (R-G-06)."""
    queries.application_in_scope(application_id=application_id, scope=by.scope_for(word))
    rows = MembershipApplication.objects.select_for_update(of=("self",)).select_related("union")
    row = rows.get(pk=application_id)
    by.require(word, at=row.path)
    rules.require_other(by.person_id, row.person_id)
    state = APPLICATION.advance(row.state, step)
    if version is not None and row.version != version:
        raise StepRefused(say("这份申请刚刚有人办过一步。请打开它看现在的情况，再决定。"), step=step)
    row.state, row.version = state, row.version + 1
    return row


def _reviewed(
    application_id: int, version: int, step: str, *, by: Actor, at: datetime
) -> MembershipApplication:
    """The application after its review and a step that follows; who decides at once reviews in passing."""
    seen = queries.application_in_scope(application_id=application_id, scope=by.scope_for(Word.DECIDE))
    if seen.state in rules.APPLICATION.states and APPLICATION.refusals(seen.state, step):
        row = review_application(application_id=application_id, version=version, by=by, at=at)
        version = row.version
    row = stepped(application_id=application_id, step=step, version=version, by=by, word=Word.DECIDE)
    _require_scan(row, by)
    return row


def _require_scan(row: MembershipApplication, by: Actor) -> None:
    """What was written on paper is decided with the paper at hand."""
    if row.channel == rules.Channel.PAPER and not queries.has_scan(
        application=row, scope=by.scope_for(PapersWord.READ)
    ):
        raise Refused(say("这是纸质申请，请先上传本人签名的扫描件，再办理。"))


def _person_of(row: MembershipApplication, *, by: Actor, at: datetime) -> int:
    """Whoever bears the number already, else a person newly registered at this union (R-G-01)."""
    today = day_of(at)
    value = queries.value_of(application=row, today=today)
    if value is None:
        raise Refused(say("申请里没有可用的证件号码。请退回，请本人补充。"))
    holder = people_queries.holder_of(value=value, scope=by.scope_for("people.find"))
    if holder is not None:
        _require_same_name(row, people.hold_person(person_id=holder.person_id).name)
        return holder.person_id
    person = people.register_person(
        draft=people.PersonDraft(row.name, Sex(row.sex) if row.sex else None, row.born),
        keeper_id=row.union_id,
        paper=queries.paper_of(application=row),
        mobile=queries.opened(application=row, field="mobile_sealed"),
        today=today,
        by=by,
        at=at,
    )
    return person.pk


def _require_same_name(row: MembershipApplication, name: str) -> None:
    """A number under another name is a slip of the pen or worse; a person decides, not the machine."""
    if keys_of(parse_name(row.name)).key != keys_of(parse_name(name)).key:
        raise Refused(
            say("这个证件号码在名册里是另一个姓名。请对照证件：写错的退回补充，改过名的先更正人员资料。")
        )


def membership_of(*, row: MembershipApplication) -> members.MembershipDraft:
    """What the application tells of the membership to come."""
    return members.MembershipDraft(
        employer_id=row.employer_id,
        workplace_id=row.workplace_id,
        form=row.form,
        platform=row.platform,
        basis=f"入会申请 {row.pk}",
    )


def clear(*, row: MembershipApplication, person_id: int) -> None:
    """The numbers stand with the person now and are gone here; his signature is under his key."""
    signature = queries.opened(application=row, field="signature")
    row.person_id = person_id
    row.id_sealed = row.mobile_sealed = row.signature = None
    row.id_blind = b""
    if signature:
        row.signature = seal(signature, table=queries.TABLE, person_id=person_id, field="signature")


def _close(row: MembershipApplication, *, by: Actor, at: datetime) -> None:
    row.closed_at, row.decided_by = at, by.user_id
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk))


def record(*, verb: str, row: MembershipApplication, by: Actor, at: datetime, reason: str = "") -> None:
    """One line of the journal about a step."""
    after = {"state": row.state, "union": row.union_id, "outcome": row.outcome}
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after, reason=reason
    )
