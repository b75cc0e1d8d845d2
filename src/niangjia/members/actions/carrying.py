"""Members go with their union when it is dissolved, merged or split; undone, they come back (R-ORG-07)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.members import queries
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.permissions import Word
from niangjia.members.rules import KIND, Begun, Ended, State
from niangjia.people import actions as people
from niangjia.restructuring.rules.parties import Hindrance, Kind, Plan

CARRIED = ("joined_on", "employer_id", "workplace_id", "form", "platform", "migrant", "fee_base")
WAS = ("until", "ended", "version")


class MembersParty:
    """What a restructure asks of the memberships (port `NIANGJIA_RESTRUCTURE_PARTIES`).

    Members of a merged union are members of its heir; those of a dissolved one are kept by the union above,
    without dues, until they join where they work (R-MEM-04). Of a split union they go with their employer.
    """

    label = say("会员")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Members whom nobody takes over."""
        found = []
        left = [row for row in self._touched(plan) if self._heir(plan, row) is None]
        if left:
            words = say("还有 {n} 名会员没有指定承接的工会。", n=len({row.person_id for row in left}))
            found.append(Hindrance(words, left[0].union_id, Word.READ, "members"))
        return found

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The stretches end at the sources and begin at the heirs on the day of the plan."""
        rows = [row for row in self._touched(plan) if self._heir(plan, row) is not None]
        heirs = {row.pk: self._heir(plan, row) or 0 for row in rows}
        beside = self._beside(rows, heirs, plan.effective_on)
        was = [_was(row) for row in (*rows, *beside)]
        _end(rows, plan.effective_on, Ended.CARRIED)
        _end(beside, plan.effective_on, Ended.AFFILIATION)
        new = Membership.objects.bulk_create(
            [
                _again(row, heirs[row.pk], plan)
                for row in rows
                if row.counts or heirs[row.pk] != plan.target_id
            ]
        )
        keepers = self._kept(rows, heirs)
        fold_soon()
        facts = {"was": was, "new": [row.pk for row in new], "keepers": keepers}
        after = {"restructure": plan.restructure_id, "members": len(keepers), "since": str(plan.effective_on)}
        journal.record("carry_members", by=by, at=at, kind=KIND, object_id=None, after=after)
        return facts

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every stretch stands as before. Raises Refused where one has gone on since."""
        new = Membership.objects.filter(pk__in=facts["new"])
        went_on = new.filter(Q(until__isnull=False) | Q(version__gt=1)).exists()
        if went_on or new.count() != len(facts["new"]):
            raise Refused(say("有会员在撤并改之后又办过转会、保留或退会，不能整体撤销。请逐个办理转会。"))
        new.delete()
        for row in facts["was"]:
            until = date.fromisoformat(row["until"]) if row["until"] else None
            Membership.objects.filter(pk=row["id"]).update(
                until=until, ended=row["ended"], version=row["version"]
            )
        for keeper_id, person_ids in facts["keepers"].items():
            people.keep_back(person_ids=person_ids, keeper_id=int(keeper_id))
        fold_soon()
        after = {"restructure": plan.restructure_id}
        journal.record("return_members", by=by, at=at, kind=KIND, object_id=None, after=after)

    def _touched(self, plan: Plan) -> list[Membership]:
        """What a plan moves on its day; held until the transaction ends."""
        if plan.kind is Kind.CONVERT:
            return []
        reaches = Q(until=None) | Q(until__gt=plan.effective_on)
        rows = Membership.objects.filter(queries.leaving_with(plan=plan), reaches)
        return list(rows.select_for_update().order_by("id"))

    def _heir(self, plan: Plan, row: Membership) -> int | None:
        heir = plan.heir_of(employer_id=row.employer_id)
        return None if heir == row.union_id else heir

    def _beside(self, rows: Sequence[Membership], heirs: Mapping[int, int], day: date) -> list[Membership]:
        """Affiliations that members already have where they are taken over: they end with their coming."""
        pairs = {(row.person_id, heirs[row.pk]) for row in rows}
        known = Membership.objects.select_for_update().filter(
            Q(until=None) | Q(until__gt=day),
            person_id__in=[person for person, _ in pairs],
            union_id__in={union for _, union in pairs},
        )
        moved = {row.pk for row in rows}
        return [one for one in known if (one.person_id, one.union_id) in pairs and one.pk not in moved]

    def _kept(self, rows: Sequence[Membership], heirs: Mapping[int, int]) -> dict[str, list[int]]:
        """The persons are kept by the heirs; returns who kept them before."""
        before: dict[str, list[int]] = {}
        going: dict[int, list[int]] = {}
        for row in rows:
            if row.counts:
                before.setdefault(str(row.union_id), []).append(row.person_id)
                going.setdefault(heirs[row.pk], []).append(row.person_id)
        for keeper_id, person_ids in going.items():
            people.keep_all_at(person_ids=person_ids, keeper_id=keeper_id)
        return before


def _was(row: Membership) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in WAS}
    return {"id": row.pk, **told, "until": told["until"].isoformat() if told["until"] else None}


def _end(rows: Iterable[Membership], day: date, ended: Ended) -> None:
    for row in rows:
        if row.since >= day:
            raise Refused(
                say("{name}在 {day} 之后才入会，撤并改的生效日须晚于他入会的日期。", name=row.name, day=day)
            )
    numbers = [row.pk for row in rows]
    Membership.objects.filter(pk__in=numbers).update(until=day, ended=ended, version=F("version") + 1)


def _again(row: Membership, heir: int, plan: Plan) -> Membership:
    """The stretch at the heir: as it was, or kept without dues where the union was dissolved (R-MEM-04)."""
    told = {name: getattr(row, name) for name in CARRIED}
    dissolved = plan.kind is Kind.DISSOLVE and heir == plan.target_id and row.counts
    state = State.RETAINED if dissolved else State(row.state)
    return Membership(
        person_id=row.person_id, union_id=heir, since=plan.effective_on, counts=row.counts, state=state,
        begun=Begun.CARRIED, basis=str(row.basis), **told,
    )  # fmt: skip


MEMBERS = MembersParty()


def members_left(*, unit_ids: Sequence[int], day: date) -> set[int]:
    """Which of these unions still have members on or after a day: nobody may close them (R-ORG-07)."""
    return queries.union_ids_with_members(unit_ids=unit_ids, day=day)
