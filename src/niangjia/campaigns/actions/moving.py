"""Whom a union was to visit goes on to its heir (App. D 10); so does a campaign that it ran."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.campaigns.models import Campaign, Target
from niangjia.campaigns.rules import TARGET, State
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries


class CampaignsParty:
    """What a restructure asks of campaigns (port `NIANGJIA_RESTRUCTURE_PARTIES`)."""

    label = say("专项行动和走访对象")
    takes_along = (TARGET,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """A campaign that the union itself runs is closed first."""
        rows = Campaign.objects.filter(
            unit_id__in=plan.ends, state__in=[str(State.DRAFT), str(State.RUNNING)]
        )
        count = rows.count()
        if not count:
            return ()
        words = say("还有 {n} 项专项行动没有结束。请先结束或取消。", n=count)
        return [Hindrance(words, rows[0].unit_id, "campaigns.run", "campaigns")]

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The heirs visit whom the sources were to visit; their boards go on adding up."""
        rows = Target.objects.select_for_update().filter(unit_id__in=plan.source_ids).order_by("pk")
        was = [[row.pk, row.unit_id] for row in rows if plan.place_of(row.unit_id) != row.unit_id]
        for number, unit in was:
            Target.objects.filter(pk=number).update(unit_id=plan.place_of(unit))
        places = {number: plan.place_of(unit) for number, unit in was}
        lying = tasks_queries.open_about(units=plan.source_ids, kind=TARGET)
        moves = {task: places[about] for task, about, _ in lying if about in places}
        return {"was": was, "tasks": tasks.follow(moves=moves, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Everybody is to be visited by whom he was."""
        for number, unit in facts["was"]:
            Target.objects.filter(pk=number).update(unit_id=unit)
        tasks.go_home(was=facts["tasks"], by=by, at=at)


class TargetsParty:
    """Whom campaigns are to reach follows the merge of two records of one person (port of `matching`)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """He is to be reached once; refused where both stand on one campaign's list."""
        rows = Target.objects.select_for_update().filter(person_id=drop_id)
        both = Target.objects.filter(person_id=keep_id, campaign_id__in=rows.values("campaign_id"))
        if both.exists():
            words = "两份资料在同一项专项行动里各上报了一次。请先在走访对象里登记其中一份的结果，再来合并。"
            raise Refused(say(words), field="keep")
        moved = sorted(rows.values_list("pk", flat=True))
        Target.objects.filter(pk__in=moved).update(person_id=keep_id)
        return {"moved": moved}

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home."""
        Target.objects.filter(pk__in=facts["moved"], person_id=keep_id).update(person_id=drop_id)


CAMPAIGNS, MERGE_PARTY = CampaignsParty(), TargetsParty()
