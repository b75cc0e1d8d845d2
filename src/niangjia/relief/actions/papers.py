"""The papers of aid, filled in from the record: nothing is typed again (R-G-07)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.aid import queries as aid
from niangjia.aid.rules import KIND, ROUND
from niangjia.eligibility import actions as eligibility
from niangjia.hardship import queries as hardship
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.papers import actions as papers
from niangjia.papers.permissions import Word as PapersWord
from niangjia.relief import queries
from niangjia.relief.rules import APPROVAL_FORM, ROSTER, STUDY_FORM

if TYPE_CHECKING:
    from niangjia.papers.models import Paper
    from niangjia.papers.rules import Template


@transaction.atomic
def issue_approval_form(*, application_id: int, by: Actor, at: datetime) -> "Paper":
    """The form 救助审批表 of an application as it stands, sealed with the payee's own key."""
    return _issued(APPROVAL_FORM, application_id, by=by, at=at)


@transaction.atomic
def issue_study_form(*, application_id: int, by: Actor, at: datetime) -> "Paper":
    """The form 助学申请表 of an application for study aid."""
    return _issued(STUDY_FORM, application_id, by=by, at=at)


def _issued(template: "Template", application_id: int, *, by: Actor, at: datetime) -> "Paper":
    row = aid.application_for(application_id=application_id, actor=by)
    by.require(PapersWord.ISSUE, at=row.path)
    row = aid.whole(row=row)
    if template is STUDY_FORM and row.student is None:
        raise Refused(say("还没有选定学生，不能打印助学申请表。请先修改申请内容。"))
    told = queries.sheet_of(row=row, day=clock.day_of(at))
    names = {one.name for one in template.fields}
    values: dict[str, Any] = {name: value for name, value in told.items() if name in names}
    return papers.issue(
        template=template,
        values=values,
        about_kind=KIND,
        about_id=row.pk,
        unit_id=row.unit_id,
        person_id=row.payee_id,
        by=by,
        at=at,
    )


@transaction.atomic
def issue_roster(*, round_id: int, by: Actor, at: datetime) -> "Paper":
    """The roster 发放花名册 of a round, to be signed: everybody to whom something was granted, once."""
    row = aid.round_for(round_id=round_id, actor=by)
    by.require(PapersWord.ISSUE, at=row.path)
    values = queries.roster_of(row=row)
    if not values["rows"]:
        raise Refused(say("这一批还没有审批同意的申请，没有可以打印的名单。"))
    return papers.issue(
        template=ROSTER, values=values, about_kind=ROUND, about_id=row.pk, unit_id=row.unit_id, by=by, at=at
    )


@transaction.atomic
def issue_leaflet_for(*, application_id: int, by: Actor, at: datetime) -> "Paper":
    """The leaflet 政策告知单 of the household that asks, to be left at the door (S-LA-01)."""
    row = aid.application_for(application_id=application_id, actor=by)
    filed = hardship.is_filed(household_id=row.household_id, day=clock.day_of(at))
    return eligibility.issue_leaflet(household_id=row.household_id, filed=filed, by=by, at=at)
