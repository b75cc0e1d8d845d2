"""The application as a paper 入会申请书, filled in from the record: nothing is typed again (R-G-07)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from niangjia.joining import queries
from niangjia.joining.rules import CONSENTS, KIND, OUTCOMES, Outcome
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.papers import actions as papers
from niangjia.papers.permissions import Word as PapersWord
from niangjia.welcome.rules import APPLICATION_PAPER

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


@transaction.atomic
def issue_application(*, application_id: int, by: Actor, at: datetime) -> "Paper":
    """The paper of an approved application, sealed with the member's own key; numbers show their tails."""
    row = queries.application_in_scope(application_id=application_id, scope=by.scope_for(PapersWord.ISSUE))
    if row.person_id is None or row.closed_at is None or not row.outcome:
        raise Refused(say("批准以后才能出具入会申请书。"))
    employer = row.employer.name if row.employer else row.employer_told
    values = {
        "name": row.name,
        "sex": row.get_sex_display() if row.sex else "",
        "born": row.born,
        "id_kind": row.get_id_kind_display(),
        "id_no": f"尾号 {row.id_tail}" if row.id_tail else "",
        "mobile": f"尾号 {row.mobile_tail}" if row.mobile_tail else "",
        "employer": employer,
        "form": row.get_form_display() if row.form else "",
        "union": row.union.name,
        "words": CONSENTS[row.consent - 1].render(gettext),
        "signed": "本人手写签名（电子）" if row.signature else "本人勾选确认",
        "submitted_on": day_of(row.submitted_at),
        "outcome": OUTCOMES[Outcome(row.outcome)].render(gettext),
        "decided_on": day_of(row.closed_at),
    }
    return papers.issue(
        template=APPLICATION_PAPER,
        values=values,
        about_kind=KIND,
        about_id=row.pk,
        unit_id=row.union_id,
        person_id=row.person_id,
        by=by,
        at=at,
    )
