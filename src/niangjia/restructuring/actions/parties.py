"""The house's own parties: the register, what hangs on unions, their posts, their desks (SC-8, App. D 10).

Each photographs the rows that it may change (`kernel.images`), so that its undo is exact or refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.bodies import actions as bodies
from niangjia.bodies import queries as bodies_queries
from niangjia.kernel import images
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.network import queries as network_queries
from niangjia.network.rules import OrgKind, Status
from niangjia.restructuring import queries, rules
from niangjia.restructuring.actions import matters
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND, Hindrance, Kind, Plan
from niangjia.tree import actions as tree
from niangjia.tree import queries as tree_queries

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def organisation(*, number: int) -> "Organisation":
    """The organisation of a unit, whoever asks."""
    return network_queries.organisation_in_scope(unit_id=number, scope=EVERYWHERE)


def deepest_first(*, unit_ids: Iterable[int]) -> "list[Organisation]":
    """Whoever stands lower ends before the one above."""
    return sorted((organisation(number=one) for one in unit_ids), key=lambda one: -len(one.path))


class Register:
    """Unions, placements, 1+N+X, coverages, names: the register itself."""

    label = say("组织与单位名册")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Unions and employers that have no place to go, and entries later than the day."""
        return queries.register_hindrances(plan=plan)

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """Everything stands with its heir from the day on; what ends is closed and stays readable."""
        tree.hold_the_tree()
        children = {
            child for source in plan.source_ids for child in _children(source, plan) if child not in plan.ends
        }
        below = tree_queries.ids_within(unit_ids=children)
        rows = self._rows(plan, children, below)
        before = images.photograph(rows=rows)
        for source in deepest_first(unit_ids=plan.source_ids):
            self._carry_one(source, plan, by=by, at=at)
        changes = images.changes_between(before=before, after=images.photograph(rows=rows, like=before))
        return {"changes": changes, "children": sorted(children), "below": sorted(below)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """The rows are as they were, numbers included; refused if the unions below have changed."""
        tree.hold_the_tree()
        if sorted(tree_queries.ids_within(unit_ids=facts["children"])) != facts["below"]:
            raise Refused(say("之后在划转的工会下面又设立了组织，不能再恢复原状。请按现在的情况另行办理。"))
        images.put_back(changes=facts["changes"])

    def _rows(self, plan: Plan, children: set[int], below: set[int]) -> list[Any]:
        day, units = plan.effective_on, {*plan.source_ids, *children}
        covered = network_queries.coverages_by(unions=plan.source_ids, day=day)
        employers = list(covered.values_list("employer_id", flat=True).distinct())
        return [
            *tree_queries.kept_rows(units={*plan.source_ids, *below}),
            *network_queries.kept_rows(units=units, employers=employers),
        ]

    def _carry_one(self, source: "Organisation", plan: Plan, *, by: Actor, at: datetime) -> None:
        if plan.kind is Kind.CONVERT:
            _convert(source, plan, by=by, at=at)
            return
        _hand_over_children(source, plan)
        _hand_over_coverages(source, plan, by=by, at=at)
        if source.pk in plan.ends:
            heir = organisation(number=plan.target_id or 0)
            network.keep_elsewhere(keeper_id=source.pk, parent=heir)
            closed = Status.MERGED if plan.kind is Kind.MERGE else Status.DISSOLVED
            reason = str(say("撤并改第 {n} 号", n=plan.restructure_id))
            network.close_organisation(
                organisation=organisation(number=source.pk),
                until=plan.effective_on,
                closed=closed,
                reason=reason,
                by=by,
                at=at,
            )


def _children(source: int, plan: Plan) -> set[int]:
    """The unions below a source that go to somebody else."""
    if plan.kind is Kind.CONVERT:
        return set()
    found = tree_queries.children_from(unit_id=source, day=plan.effective_on)
    return {child for child in found if plan.heir_of(unit_id=child) != source}


def _hand_over_children(source: "Organisation", plan: Plan) -> None:
    groups: dict[int, set[int]] = defaultdict(set)
    for child in _children(source.pk, plan):
        groups[plan.heir_of(unit_id=child) or 0].add(child)
    for number, unit_ids in sorted(groups.items()):
        heir = organisation(number=number)
        children = [organisation(number=child) for child in sorted(unit_ids)]
        for one in children:
            if not rules.stands_under(OrgKind(one.kind), heir=OrgKind(heir.kind)):
                raise Refused(
                    say("“{child}”不能设在“{heir}”下面。请另定去向。", child=one.name, heir=heir.name)
                )
        tree.reroot(source=source.unit, parent=heir.unit, unit_ids=unit_ids, since=plan.effective_on)
        network.recompose(children=children, parent=heir, since=plan.effective_on)


def _hand_over_coverages(source: "Organisation", plan: Plan, *, by: Actor, at: datetime) -> None:
    """Employers go to the heir that covers them, or stand uncovered in the register of one that does not."""
    day = plan.effective_on
    covers = list(network_queries.coverages_by(unions=[source.pk], day=day).order_by("employer_id", "since"))
    for cover in {row.employer_id: row for row in reversed(covers)}.values():
        heir_id = plan.heir_of(employer_id=cover.employer_id) or 0
        if heir_id == source.pk:
            continue
        heir = organisation(number=heir_id)
        reason = str(say("撤并改第 {n} 号", n=plan.restructure_id))
        network.end_coverage(coverage=cover, until=day, by=by, at=at, reason=reason)
        known = network_queries.coverages_by(unions=[heir_id], day=day).filter(employer=cover.employer_id)
        if rules.covers(OrgKind(heir.kind)) and not known.exists():
            network.cover_employer(union=heir, employer=cover.employer, since=day, by=by, at=at)


def _convert(source: "Organisation", plan: Plan, *, by: Actor, at: datetime) -> None:
    row = Restructure.objects.get(pk=plan.restructure_id)
    day = plan.effective_on
    told = {"kind": row.new_kind or source.kind, "mode": row.new_mode or source.mode}
    if told != {"kind": source.kind, "mode": source.mode}:
        network.edit_organisation(unit_id=source.pk, version=source.version, since=day, by=by, at=at, **told)
    if row.new_name and row.new_name != source.name:
        fresh = organisation(number=source.pk)
        network.rename_organisation(
            organisation=fresh, name=row.new_name, since=day, paper=row.decision_no, by=by, at=at
        )


class Bodies:
    """Committees end; facilities are handed over by deed, zones to the heir."""

    label = say("班子、阵地与商圈")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """A facility is handed over by deed, which is told with the audit (App. D 10)."""
        row = Restructure.objects.get(pk=plan.restructure_id)
        if row.deed_no or not row.audit_no:
            return ()
        held = bodies_queries.kept_rows(units=plan.ends)[2].filter(until=None)
        text = "原组织还有 {n} 处阵地。请登记财产移交文书号。"
        n = held.count()
        words = say(text, n=n)
        return [Hindrance(words, row.desk_id, Word.AUDIT, "restructure", (row.pk,))] if n else ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """Whoever takes over keeps what the ended union kept."""
        rows = bodies_queries.kept_rows(units=plan.ends)
        before = images.photograph(rows=rows)
        deed = Restructure.objects.get(pk=plan.restructure_id).deed_no
        for source in plan.ends:
            heir = organisation(number=plan.target_id or 0)
            bodies.hand_over_bodies(
                source_id=source, heir=heir, since=plan.effective_on, deed=deed, by=by, at=at
            )
        after = images.photograph(rows=rows, like=before)
        return {"changes": images.changes_between(before=before, after=after)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """The rows are as they were."""
        images.put_back(changes=facts["changes"])


class Posts:
    """Nobody acts for a union that is no more (SC-8)."""

    label = say("账号岗位")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Nothing: posts end by themselves."""
        return ()

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The posts at the ended unions carry nothing from the day on."""
        rows = [accounts_queries.kept_posts(units=plan.ends)]
        before = images.photograph(rows=rows)
        reason = str(say("撤并改第 {n} 号", n=plan.restructure_id))
        accounts.end_posts_at(unit_ids=plan.ends, until=plan.effective_on, by=by, at=at, reason=reason)
        after = images.photograph(rows=rows, like=before)
        return {"changes": images.changes_between(before=before, after=after)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """The posts are as they were."""
        images.put_back(changes=facts["changes"])


class Desks:
    """What lies on the desks of the ended unions must be done or handed over before the day."""

    label = say("待办、督办与政策值")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """Open tasks that no party takes along, open supervised tasks, values of their own."""
        along = {kind for _, party in matters.parties() for kind in getattr(party, "takes_along", ())}
        return queries.desk_hindrances(plan=plan, but={KIND, *along})

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """Nothing is left to carry."""
        return {}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Nothing was carried."""


REGISTER, BODIES, POSTS, DESKS = Register(), Bodies(), Posts(), Desks()
