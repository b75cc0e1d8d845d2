"""In which campaigns a household is to be reached, and what came of it."""

from django.urls import reverse

from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import OUTCOMES, SHAPES
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import say


def campaigns_table(*, household_id: int, actor: Actor) -> Table | None:
    """The campaigns on whose list the household stands, the newest first."""
    with beyond():
        found = list(campaigns.targets_of_household(household_id=household_id).order_by("-pk"))
    if not found:
        return None
    columns = (Column(say("专项行动")), Column(say("上报")), Column(say("结果")))
    rows = [
        Row(
            [
                one.campaign.name,
                one.reported_at.date(),
                Cell(OUTCOMES[one.outcome], status=SHAPES[one.outcome]),
            ],
            reverse("target", args=[one.pk]) if actor.may(Word.READ, at=one.path) else "",
        )
        for one in found
    ]
    return Table(say("走访行动"), columns, rows)
