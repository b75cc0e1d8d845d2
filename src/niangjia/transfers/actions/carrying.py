"""Open transfers of a union that ends go on with its heir; undone, they stand as before (R-ORG-07)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.members.permissions import Word
from niangjia.members.rules import JOINABLE
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring.rules.parties import Hindrance, Plan
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries
from niangjia.transfers.actions.telling import record, tell
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND, TRANSFER

COLUMNS = ("from_union_id", "to_union_id", "from_name", "to_name", "version")


class TransfersParty:
    """What a restructure asks of transfers (port `NIANGJIA_RESTRUCTURE_PARTIES`); carried before the members.

    The side that ends is its heir from the day on, with the same deadline. What the heir cannot finish, and
    what would go from a union to itself, is finished before the day.
    """

    label = say("转会")
    takes_along = (KIND,)

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """What cannot go along is a task of the side whose turn it is."""
        return [
            Hindrance(
                words,
                row.from_union_id if row.state == "asked" else row.to_union_id,
                Word.TRANSFER,
                "transfer",
                (row.pk,),
            )
            for row in self._touched(plan)
            for words in self._reasons(row, self._sides(plan, row))
        ]

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The sides are the heirs, the tasks lie with them, the members are told."""
        going = {row.pk: (row, self._sides(plan, row)) for row in self._touched(plan)}
        lying = tasks_queries.open_about(units=plan.source_ids, kind=KIND)
        moves = {task: self._desk(plan, union, going.get(about or 0)) for task, about, union in lying}
        was = [self._carried(row, sides, by=by, at=at) for row, sides in going.values()]
        gone = {task: union for task, union in moves.items() if union}
        return {"was": was, "tasks": tasks.follow(moves=gone, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every transfer stands as before. Raises Refused where one has gone on since."""
        for one in facts["was"]:
            rows = Transfer.objects.filter(pk=one["id"], version=one["version"] + 1)
            if not rows.update(**{name: one[name] for name in COLUMNS}):
                raise Refused(say("有转会在撤并改之后又办过一步，不能整体撤销。请按现在的情况办理。"))
            row = Transfer.objects.get(pk=one["id"])
            record(verb="return_transfer", row=row, by=by, at=at)
        tasks.go_home(was=facts["tasks"], by=by, at=at)

    def _touched(self, plan: Plan) -> list[Transfer]:
        """The open transfers that a plan moves; held until the transaction ends."""
        sides = Q(from_union_id__in=plan.source_ids) | Q(to_union_id__in=plan.source_ids)
        rows = Transfer.objects.filter(sides, state__in=sorted(TRANSFER.states - TRANSFER.ends))
        held = rows.select_for_update(of=("self",)).order_by("id")
        return [row for row in held if self._sides(plan, row) != (row.from_union_id, row.to_union_id)]

    def _sides(self, plan: Plan, row: Transfer) -> tuple[int, int]:
        """From where to where it goes after the day: the member goes with his employer, as the members do."""
        standing = members.counting_now(person_id=row.person_id, day=plan.effective_on)
        employer = standing.employer_id if standing else None
        return (
            plan.place_of(row.from_union_id, employer_id=employer),
            plan.place_of(row.to_union_id, employer_id=row.employer_id),
        )

    def _reasons(self, row: Transfer, sides: tuple[int, int]) -> Iterator[Said]:
        before = (row.from_union_id, row.to_union_id)
        if sides[0] == sides[1]:
            yield say("{name}的转会合并后两边是同一家工会，请先办结或撤回。", name=row.name)
        elif any(new != old and not _may_finish(new) for new, old in zip(sides, before, strict=True)):
            yield say("{name}的转会还没有办完。", name=row.name)

    def _desk(self, plan: Plan, union: int, found: tuple[Transfer, tuple[int, int]] | None) -> int | None:
        """Where a task lies after the day; nowhere else where its union goes on."""
        if found is not None:
            row, (source, target) = found
            return {row.from_union_id: source, row.to_union_id: target}.get(union, plan.place_of(union))
        return plan.target_id if union in plan.ends else None

    def _carried(self, row: Transfer, sides: tuple[int, int], *, by: Actor, at: datetime) -> dict[str, Any]:
        was = {"id": row.pk, **{name: getattr(row, name) for name in COLUMNS}}
        source, target = (_organisation(number) for number in sides)
        Transfer.objects.filter(pk=row.pk).update(
            from_union=source, to_union=target, from_name=source.name, to_name=target.name,
            version=F("version") + 1,
        )  # fmt: skip
        row.refresh_from_db()
        told = f"{was['from_name']} → {was['to_name']}：{source.name} → {target.name}"
        record(verb="carry_transfer", row=row, by=by, at=at, reason=told)
        words = say("工会有调整，您的转会改为从“{a}”转到“{b}”。", a=source.name, b=target.name)
        tell(row=row, words=words, by=by, at=at)
        return was


def _organisation(number: int) -> Any:
    return network.organisation_in_scope(unit_id=number, scope=EVERYWHERE)


def _may_finish(number: int) -> bool:
    """Whether an heir has members of its own; one that a split founds on the day always has."""
    return number < 0 or OrgKind(_organisation(number).kind) in JOINABLE


TRANSFERS = TransfersParty()
