"""Whoever sees to a committee is told 6, 3 and 1 months before its term ends (R-ORG-09)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.bodies import rules
from niangjia.bodies.permissions import Word
from niangjia.kernel import policy
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.periods import add_months
from niangjia.kernel.reaching import beyond
from niangjia.messaging.actions import Note, send
from niangjia.network import queries as network

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

LATE_BY = 14
"""Days for which a reminder is made up for where no worker ran; later the next one comes soon enough."""


@transaction.atomic
def remind_of_terms(*, today: date, at: datetime) -> int:
    """Each reminder reaches the union itself and the one above, once a person; returns how many were new."""
    months = policy.on("term.remind_months", today).of(tuple)
    with beyond():
        before = add_months(today, max(months) + 1)
        rows = network.terms_ending(scope=EVERYWHERE, today=today, before=before).select_related("unit")
        due = [
            (row, mark)
            for row in rows.filter(term_ends_on__gte=today)
            if row.term_ends_on
            for mark in rules.reminders_due(row.term_ends_on, today=today, months=months, late_by=LATE_BY)
        ]
        return sum(_remind(row, mark, today=today, at=at) for row, mark in due)


def _remind(row: "Organisation", mark: int, *, today: date, at: datetime) -> int:
    units = [row.pk, *([row.unit.parent_id] if row.unit.parent_id else [])]
    holders = accounts.holders_at(unit_ids=units, day=today)
    note = Note(
        key=f"term:{row.pk}:{row.term_ends_on}:{mark}",
        kind="bodies.term",
        title=rules.renewal(row.name, row.term_ends_on, today=today),
        road="open-term",
        road_args=(row.pk,),
        unit_id=row.pk,
        about=("network.organisation", row.pk),
    )
    told = [one.user_id for one in holders if one.carries(Word.COMMITTEE)]
    return send(note=note, to=told, by=SYSTEM, at=at)
