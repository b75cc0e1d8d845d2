"""What membership tells on an organisation's page (port `NIANGJIA_ORGANISATION_PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.shapes import Act, Panel
from niangjia.kernel.words import say
from niangjia.members.permissions import Word
from niangjia.members.queries import member_counts
from niangjia.members.rules import JOINABLE
from niangjia.network.rules import LIVING, OrgKind, Status
from niangjia.roll.views import shown

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def organisation_panel(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """The members at or under the organisation on the day, and the way to enter one."""
    if not actor.may(Word.READ, at=organisation.path):
        return Panel()
    try:
        counts = member_counts(unit_id=organisation.pk, day=day)
    except NotVisible:
        return Panel()
    figures = shown.figures(counts, under=organisation.pk, day=None)[:2]
    acts = []
    joinable = OrgKind(organisation.kind) in JOINABLE and Status(organisation.status) in LIVING
    if joinable and actor.may(Word.ENROL, at=organisation.path):
        acts = [Act(say("登记会员"), reverse("enrol-member", args=[organisation.pk]), icon="plus")]
    return Panel(figures=figures, acts=acts)
