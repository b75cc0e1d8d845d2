"""What the page of a household shows of its needy-worker file (port `NIANGJIA_HOUSEHOLD_PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.dossiers.queries.listing import standing_of
from niangjia.hardship import queries
from niangjia.hardship.permissions import Word
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Column, Panel, Row, Table
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.households.models import Household


def household_panel(*, household: "Household", actor: Actor, day: date) -> Panel:
    """The files of the household that the reader may see; the way to one while there is none."""
    found = list(queries.files_for(actor=actor).filter(household_id=household.pk).order_by("-pk"))
    if not found:
        may = actor.may(Word.APPLY, at=household.path) and actor.post_id is not None
        href = f"{reverse('new-hardship-file')}?household={household.pk}"
        return Panel(acts=[Act(say("申请建档"), href, "file-text")] if may else [])
    columns = (Column(say("档案编号")), Column(say("困难类别")), Column(say("申请日期")), Column(say("状态")))
    rows = [
        Row([str(one), *standing_of(row=one)], href=reverse("hardship-file", args=[one.pk])) for one in found
    ]
    return Panel(tables=[Table(say("困难职工档案"), columns, rows)])
