"""Open applications of a union that ends go on with its heir; undone, they lie as before (R-ORG-07)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from niangjia.joining.actions.deciding import record
from niangjia.joining.actions.desks import tell_applicant
from niangjia.joining.models import MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.rules import APPLICATION, KIND, is_open
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.members.rules import JOINABLE
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries

OPEN = sorted(state for state in APPLICATION.states if is_open(state))


class ApplicationsParty:
    """What a restructure asks of applications (port `NIANGJIA_RESTRUCTURE_PARTIES`).

    An application goes where the applicant's employer goes, with the deadline that it had; so does one that
    is returned to its applicant or lies before the union above. What was decided stays where it was.
    """

    label = say("入会申请")
    takes_along = (KIND,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Applications that nobody could decide after the day: their union does, or sends them on."""
        left = [row for row in self._touched(plan) if not _may_decide(self._place(plan, row))]
        words = say("还有 {n} 份入会申请没有办完，接收的组织不能直接吸收会员。请先办结或转送。", n=len(left))
        return [Hindrance(words, left[0].union_id, Word.DECIDE, "applications")] if left else ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The applications and the tasks about them lie with the heirs; the applicants are told."""
        places = {row.pk: self._place(plan, row) for row in self._touched(plan)}
        lying = tasks_queries.open_about(units=plan.source_ids, kind=KIND)
        above = dict.fromkeys(plan.ends, plan.target_id)
        moves = {task: places.get(about or 0) or above.get(unit) for task, about, unit in lying}
        was = [self._carried(row, places[row.pk], by=by, at=at) for row in self._touched(plan)]
        gone = {task: unit for task, unit in moves.items() if unit}
        return {"was": was, "tasks": tasks.follow(moves=gone, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every application lies as before. Raises Refused where one has gone on since."""
        for one in facts["was"]:
            rows = MembershipApplication.objects.filter(pk=one["id"], version=one["version"] + 1)
            if not rows.update(union=one["union"], version=one["version"]):
                raise Refused(say("有入会申请在撤并改之后又办过一步，不能整体撤销。请按现在的情况办理。"))
            row = MembershipApplication.objects.select_related("union").get(pk=one["id"])
            record(verb="bring_back_application", row=row, by=by, at=at)
            words = say("工会调整已撤销，您的入会申请回到“{union}”办理。", union=row.union.name)
            tell_applicant(row=row, words=words, by=by, at=at)
        tasks.go_home(was=facts["tasks"], by=by, at=at)

    def _touched(self, plan: Plan) -> list[MembershipApplication]:
        """The open applications that a plan moves; held until the transaction ends."""
        rows = MembershipApplication.objects.filter(union_id__in=plan.source_ids, state__in=OPEN)
        held = rows.select_for_update(of=("self",)).select_related("union").order_by("pk")
        return [row for row in held if self._place(plan, row) != row.union_id]

    def _place(self, plan: Plan, row: MembershipApplication) -> int:
        return plan.place_of(row.union_id, employer_id=row.employer_id)

    def _carried(self, row: MembershipApplication, place: int, *, by: Actor, at: datetime) -> dict[str, Any]:
        was = {"id": row.pk, "union": row.union_id, "version": row.version}
        before = row.union.name
        MembershipApplication.objects.filter(pk=row.pk).update(union=place, version=F("version") + 1)
        row = MembershipApplication.objects.select_related("union").get(pk=row.pk)
        record(verb="carry_application", row=row, by=by, at=at, reason=f"{before} → {row.union.name}")
        words = say("工会有调整，您的入会申请转到“{union}”继续办理。", union=row.union.name)
        tell_applicant(row=row, words=words, by=by, at=at)
        return was


def _may_decide(number: int) -> bool:
    """Whether an heir may take members in; one that a split founds on the day always may."""
    if number < 0:
        return True
    return OrgKind(network.organisation_in_scope(unit_id=number, scope=EVERYWHERE).kind) in JOINABLE


APPLICATIONS = ApplicationsParty()
