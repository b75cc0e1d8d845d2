"""That nobody is left out: which lists name whom, and how many probably stand on none (feature 30)."""

from dataclasses import dataclass

from django.db.models import Count, Q

from niangjia.campaigns.models import Campaign, Mention
from niangjia.campaigns.queries.rows import targets_for
from niangjia.campaigns.rules import Overlap, Row, added_up
from niangjia.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Roll:
    """A list and what became of those whom it names: the equation of the board holds for it too."""

    code: str
    row: Row


def rolls_of(*, campaign: Campaign, actor: Actor) -> list[Roll]:
    """The lists that name targets of the reader's scope, the longest first."""
    rows = targets_for(actor=actor).filter(campaign=campaign)
    mentions = Mention.objects.filter(target__in=rows)
    told: dict[str, Row] = {}
    counted = mentions.values_list("roll", "target__outcome").annotate(count=Count("pk")).order_by()
    for roll, outcome, count in counted:
        told[roll] = added_up([told.get(roll, Row()), Row(**{str(outcome): count})])
    found = [Roll(roll, row) for roll, row in told.items()]
    return sorted(found, key=lambda one: (-one.row.targets, one.code))


def overlap_of(*, campaign: Campaign, actor: Actor, first: str, second: str) -> Overlap:
    """How many of the reader's scope each of two lists names, and both."""
    rows = targets_for(actor=actor).filter(campaign=campaign)
    on_first, on_second = Q(mentions__roll=first), Q(mentions__roll=second)
    both = rows.filter(on_first).filter(on_second).count()
    return Overlap(rows.filter(on_first).count(), rows.filter(on_second).count(), both)
