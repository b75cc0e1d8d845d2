"""Whom to visit comes in by a list: each row by itself, whoever is named twice stands once (feature 30).

Where another list named somebody already, the row is an update: it is noted that this list names him too.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from niangjia.campaigns.actions.entering import announce, entered
from niangjia.campaigns.actions.judging import Plan, plans_of
from niangjia.campaigns.actions.withdrawing import Listed, withdraw_listed
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules.columns import COLUMNS
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import Entered, FileRow, Judged, Standing, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.identifiers.findings import tidy
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say

NEW, ROLL = "new", "roll"
TAKEN = say("这份名单里已经列过这个人，不用再入册。")


class TargetIntake:
    """How a list of people to be visited comes in (exchange's port)."""

    def key(self, values: Mapping[str, Any]) -> str:
        """The number in one writing, without one name and place; by list and campaign."""
        who = tidy(values["number"]) if values["number"] else f"{values['name']}\n{values['place'] or ''}"
        return "\n".join([who, values["roll"] or "", values["campaign"] or "", values["union"] or ""])

    def judge(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Judged]:
        """What would become of each row, against the lists as they stand now."""
        return [plan.judged for plan in plans_of(rows=rows, unit_id=unit_id, by=by, at=at)]

    def commit(self, rows: Sequence[FileRow], *, unit_id: int, by: Actor, at: datetime) -> list[Entered]:
        """Each row is a target, new or known; the visits of the new ones are laid at the end."""
        plans = plans_of(rows=rows, unit_id=unit_id, by=by, at=at)
        fresh: list[Any] = []
        with beyond():
            told = [_enter(plan, fresh, by=by, at=at) for plan in plans]
            announce(rows=fresh, by=by, at=at)
        return told

    def undo(self, rows: Sequence[Standing], *, by: Actor, at: datetime, reason: str) -> list[Said | None]:
        """What nobody has worked with is taken off the lists; the rest stays, and why."""
        return [withdraw_listed(listed=_listed(row), by=by, at=at, reason=reason) for row in rows]


def _listed(row: Standing) -> Listed:
    before = row.before or {}
    return Listed(row.target, row.version, str(before.get(ROLL, "")), bool(before.get(NEW)))


def _enter(plan: Plan, fresh: list[Any], *, by: Actor, at: datetime) -> Entered:
    if plan.judged.verdict not in {Verdict.NEW, Verdict.UPDATE} or plan.campaign is None or plan.lead is None:
        return Entered(refused=TAKEN)
    try:
        with transaction.atomic():
            row, is_new = entered(
                campaign=plan.campaign, unit_id=plan.unit_id, lead=plan.lead, roll=plan.roll, by=by, at=at
            )
    except NiangjiaError as error:
        return Entered(refused=error.reasons[0])
    if row is None:
        return Entered(refused=TAKEN)
    if is_new:
        fresh.append(row)
    return Entered(row.pk, row.version, {NEW: is_new, ROLL: plan.roll})


TARGETS = ImportKind(
    key="targets",
    title=say("走访对象名单"),
    word=Word.REPORT,
    columns=COLUMNS,
    intake=TargetIntake(),
    back="campaigns",
    note=say(
        "同一个人出现在两份名单里只算一户，并记下两份名单都列了他；填了证件号码认得最准，号码本身不保存。"
    ),
)
