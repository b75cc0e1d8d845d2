"""Somebody is reported, in person or by a list: whoever is named twice stands once (S-LA-06, S-LA-11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from niangjia.campaigns import queries, rules
from niangjia.campaigns.models import Campaign, Mention, Target
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import REGISTER, REPORTED, State
from niangjia.households import queries as households
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.identifiers import parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.people import queries as people
from niangjia.tasks import actions as tasks
from niangjia.tree import queries as tree

BULK = "campaigns.bulk"


@dataclass(frozen=True, slots=True)
class Lead:
    """Who is reported: a worker by name and where he is found; his person and household where known."""

    name: str
    place: str = ""
    words: str = ""
    person_id: int | None = None
    household_id: int | None = None
    blind: bytes | None = None


@transaction.atomic
def report_target(*, campaign_id: int, unit_id: int, lead: Lead, by: Actor, at: datetime) -> Target:
    """Somebody in need is reported: his union is to visit him (S-LA-06). Twice the same is refused gently."""
    campaign = queries.campaign_for(campaign_id=campaign_id, actor=by, word=Word.REPORT)
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.REPORT))
    by.require(Word.REPORT, at=unit.path)
    return _reported(campaign, unit.pk, lead, by=by, at=at)


@transaction.atomic
def raise_lead(
    *, lead: Lead, for_oneself: bool, by: Actor, at: datetime, campaign_id: int | None = None
) -> Target:
    """A worker tells of his own need or of a colleague's: the union that keeps his record is to visit.

    It goes to the running campaign chosen, otherwise to the one of every day. Raises Refused where there is
    none, saying whom to ask.
    """
    by.require(Word.RAISE)
    person = people.own_person(person_id=by.person_id)
    campaigns = queries.campaigns_of_worker(path=person.path, today=day_of(at))
    chosen = next((one for one in campaigns if one.pk == campaign_id), None)
    if chosen is None and campaign_id is None:
        chosen = next(iter(campaigns), None)
    if chosen is None:
        keeper = people.keeper_name(person=person)
        raise Refused(say("现在没有正在进行的帮扶行动。请直接联系“{keeper}”，说明困难。", keeper=keeper))
    if for_oneself:
        lead = replace(lead, name=person.name, person_id=person.pk)
    return _reported(chosen, person.keeper_id, lead, by=by, at=at)


def _reported(campaign: Campaign, unit_id: int, lead: Lead, *, by: Actor, at: datetime) -> Target:
    if campaign.state != State.RUNNING:
        raise StepRefused(say("这项行动现在不在进行中，不能再上报。请联系开展行动的工会。"), step="report")
    with beyond():
        row, is_new = entered(
            campaign=campaign, unit_id=unit_id, lead=known(lead=lead), roll=REPORTED, by=by, at=at
        )
        if row is None:
            raise Refused(say("{name}在这项行动里已经上报过，不用重复上报。", name=lead.name), field="name")
        enter_line(verb="report_target", row=row, by=by, at=at, unit=unit_id, new=is_new)
        if is_new:
            lay(row=row, by=by, at=at)
    return row


def known(*, lead: Lead) -> Lead:
    """The lead with what the register knows: the household in which the person lives."""
    name = parse_name(lead.name).printed
    home = lead.household_id
    if home is None and lead.person_id is not None:
        found = households.household_of(person_id=lead.person_id)
        home = found.pk if found else None
    return replace(lead, name=name, place=lead.place.strip(), words=lead.words.strip(), household_id=home)


def entered(
    *, campaign: Campaign, unit_id: int, lead: Lead, roll: str, by: Actor, at: datetime
) -> tuple[Target | None, bool]:
    """The target that a list names, and whether it is new; nothing where the same list named it before.

    To be called inside `beyond`, with a lead that is `known`.
    """
    twin = twin_of(campaign=campaign, unit_id=unit_id, lead=lead)
    if twin is not None:
        _, is_new = Mention.objects.get_or_create(target=twin, roll=roll, defaults={"mentioned_at": at})
        return (_joined(twin, lead), False) if is_new else (None, False)
    try:
        with transaction.atomic():
            row = Target.objects.create(
                campaign=campaign,
                unit_id=unit_id,
                name=lead.name,
                place=lead.place,
                words=lead.words,
                person_id=lead.person_id,
                household_id=lead.household_id,
                blind=lead.blind,
                reported_by=by.user_id,
                reported_at=at,
            )
    except IntegrityError as error:
        if "target_person_once" not in str(error) and "target_household_once" not in str(error):
            raise
        raise Refused(say("这一户在这项行动里已经上报过，不用重复上报。"), field="name") from error
    Mention.objects.create(target=row, roll=roll, mentioned_at=at)
    row.refresh_from_db()
    return row, True


def twin_of(*, campaign: Campaign, unit_id: int, lead: Lead) -> Target | None:
    """Whoever stands on the list already: by person, household or number, else by name and place."""
    rows = Target.objects.filter(campaign=campaign)
    same = Q(pk__in=())
    same |= Q(person_id=lead.person_id) if lead.person_id is not None else same
    same |= Q(household_id=lead.household_id) if lead.household_id is not None else same
    same |= Q(blind=lead.blind) if lead.blind is not None else same
    found = rows.filter(same).order_by("pk").first()
    if found is not None:
        return found
    named = rows.filter(unit_id=unit_id, name=lead.name, place=lead.place)
    if lead.person_id or lead.household_id or lead.blind:
        named = named.filter(household=None, person=None, blind=None)
    return named.order_by("pk").first()


def _joined(row: Target, lead: Lead) -> Target:
    """What the new mention knows better: who it is, where he lives."""
    told = {
        "person_id": row.person_id or lead.person_id,
        "household_id": row.household_id or lead.household_id,
        "blind": row.blind or lead.blind,
    }
    Target.objects.filter(pk=row.pk).update(**told)
    row.refresh_from_db()
    return row


def enter_line(*, verb: str, row: Target, by: Actor, at: datetime, reason: str = "", **after: object) -> None:
    """The line of the journal about a target."""
    journal.record(
        verb,
        by=by,
        at=at,
        kind=rules.TARGET,
        object_id=row.pk,
        person_id=row.person_id,
        after={"outcome": str(row.outcome), **after},
        reason=reason,
    )


def lay(*, row: Target, by: Actor, at: datetime) -> None:
    """The visit lies on the desk of the target's union."""
    tasks.lay(draft=visit_task(row=row), by=by, at=at)


def visit_task(*, row: Target) -> tasks.TaskDraft:
    """The visit as a task: never with somebody who lives with the worker (R-G-06)."""
    recused = sorted(households.relatives_of(person_id=row.person_id)) if row.person_id else ()
    return tasks.TaskDraft(
        key=f"campaigns.visit:{row.pk}:{row.version}",
        kind="campaigns.visit",
        title=say("入户走访：{name}", name=row.name),
        unit_id=row.unit_id,
        word=Word.SETTLE,
        about=(rules.TARGET, row.pk),
        road="target",
        road_args=(row.pk,),
        holder_id=row.holder_id,
        recused=recused,
        due_on=row.planned_on or row.campaign.closes_on,
        step="visit",
    )


def draw_targets(
    *, campaign_id: int, households_by_unit: Mapping[int, list[tuple[int, int, str]]], by: Actor, at: datetime
) -> int:
    """The households of the register are put on a campaign's list: (household, head, name) by union.

    Of those that stand there already it is noted that the register names them too; returns how many came on.
    """
    campaign = queries.campaign_for(campaign_id=campaign_id, actor=by, word=Word.RUN)
    by.require(Word.RUN, at=campaign.path)
    if campaign.state != State.RUNNING:
        raise StepRefused(say("这项行动现在不在进行中，不能再列入对象。"), step="draw")
    rows = []
    with transaction.atomic(), beyond():
        for unit_id, homes in households_by_unit.items():
            for number, head, name in homes:
                lead = Lead(name, person_id=head, household_id=number)
                row, is_new = entered(
                    campaign=campaign, unit_id=unit_id, lead=lead, roll=REGISTER, by=by, at=at
                )
                rows += [row] if row is not None and is_new else []
        announce(rows=rows, by=by, at=at)
    return len(rows)


def announce(*, rows: list[Target], by: Actor, at: datetime) -> None:
    """Many that came on at once: one line of the journal, a task for each; inside `beyond`."""
    if not rows:
        return
    told = [{"target": row.pk, "unit": row.unit_id, "campaign": row.campaign_id} for row in rows]
    journal.record_rows("list_targets", told, by=by, at=at, kind=BULK)
    tasks.lay_all(drafts=[visit_task(row=row) for row in rows], by=by, at=at)
