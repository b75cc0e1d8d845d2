"""What stands against a plan, in the register and on the desks."""

from collections import Counter
from collections.abc import Iterable, Iterator

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.policies import queries as policies
from niangjia.restructuring import rules
from niangjia.restructuring.models import HeirShare, Side
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Hindrance, Kind, Plan
from niangjia.supervision import queries as supervision
from niangjia.supervision.rules import Supervised
from niangjia.tasks import queries as tasks
from niangjia.tree import queries as tree


def register_hindrances(*, plan: Plan) -> list[Hindrance]:
    """Unions that no longer stand or have moved, what has no place to go, entries after the day."""
    found = list(_standing(plan))
    if not found and plan.kind is not Kind.CONVERT:
        for source in plan.source_ids:
            found += _children(plan, source)
            found += _employers(plan, source)
    return found


def _here(plan: Plan, unit_id: int, words: Said, word: str = Word.PROPOSE) -> Hindrance:
    return Hindrance(words, unit_id, word, "restructure", (plan.restructure_id,))


def _standing(plan: Plan) -> Iterator[Hindrance]:
    """Every side stands on the day and after it, and each source where it stood when the plan was made."""
    for side in Side.objects.filter(restructure=plan.restructure_id).order_by("pk"):
        row = network.organisation_in_scope(unit_id=side.unit_id, scope=EVERYWHERE)
        if row.closed_on is not None:
            words = say("“{name}”已经撤销或者定于 {day} 撤销，方案要重做。", name=row.name, day=row.closed_on)
            yield _here(plan, row.unit.parent_id or row.pk, words)
            continue
        place = tree.placement_on(unit_id=row.pk, day=plan.effective_on)
        if place is None:
            words = say("“{name}”在生效日还没有成立。请改生效日。", name=row.name)
            yield _here(plan, row.pk, words)
        elif side.part == Side.Part.SOURCE and place.parent_id != side.parent_id:
            names = tree.names_of(unit_ids=[place.parent_id or 0])
            text = "“{name}”的上级已经变为“{parent}”，和提出方案时不同。请退回核对后重新提出。"
            yield _here(plan, row.pk, say(text, name=row.name, parent=names.get(place.parent_id or 0, "—")))


def _heir_kind(heir_id: int | None) -> OrgKind | None:
    """The kind of an heir, of one still to be founded too."""
    if heir_id is None:
        return None
    if heir_id < 0:
        return OrgKind(HeirShare.objects.get(pk=-heir_id).new_kind)
    return OrgKind(network.organisation_in_scope(unit_id=heir_id, scope=EVERYWHERE).kind)


def _children(plan: Plan, source: int) -> Iterator[Hindrance]:
    """The unions below that the heir cannot have below it."""
    children = tree.children_from(unit_id=source, day=plan.effective_on) - set(plan.ends)
    kinds = {number: _heir_kind(number) for number in {plan.heir_of(unit_id=child) for child in children}}
    names = []
    for child in sorted(children):
        row = network.organisation_in_scope(unit_id=child, scope=EVERYWHERE)
        heir = plan.heir_of(unit_id=child)
        if heir != source and not rules.stands_under(OrgKind(row.kind), heir=kinds[heir]):
            names.append(row.name)
    if names:
        text = "{n} 个下属组织没有定去向，例如“{name}”。请在方案里指定。"
        yield _here(plan, source, say(text, n=len(names), name=names[0]))


def _employers(plan: Plan, source: int) -> Iterator[Hindrance]:
    """Employers in no share, entered after the day, or too many for a single union."""
    named = {number for share in plan.shares for number in share.employer_ids}
    rows = network.coverages_by(unions=[source], day=plan.effective_on).order_by("employer_id")
    going = [(one, plan.heir_of(employer_id=one.employer_id)) for one in rows]
    going = [(one, heir) for one, heir in going if heir != source]
    kinds = {heir: _heir_kind(heir) for _, heir in going}
    lost = [one for one, heir in going if not rules.covers(kinds[heir]) and one.employer_id not in named]
    late = [one for one, _ in going if one.since >= plan.effective_on]
    if lost:
        text = "{n} 家单位没有定去向，例如“{name}”。请在方案里指定由哪家工会接收，或者退回上级名册。"
        yield _here(plan, source, say(text, n=len(lost), name=lost[0].employer.name))
    if late:
        text = "{n} 家单位的覆盖登记不早于生效日，例如“{name}”。请改生效日或者核对登记。"
        yield _here(plan, source, say(text, n=len(late), name=late[0].employer.name))
    rooms = Counter(heir for one, heir in going if one.counts and kinds[heir] is OrgKind.SINGLE)
    yield from _rooms(plan, source, rooms)


def _rooms(plan: Plan, source: int, rooms: Counter[int | None]) -> Iterator[Hindrance]:
    for heir, n in rooms.items():
        held = 0 if heir is None or heir < 0 else _counted(heir, plan)
        if n + held > 1:
            text = "单建会只覆盖一家单位，方案里有 {n} 家归它。请改用联合基层工会。"
            yield _here(plan, source, say(text, n=n + held))


def _counted(union: int, plan: Plan) -> int:
    rows = network.coverages_by(unions=[union], day=plan.effective_on).filter(counts=True)
    return rows.values("employer").distinct().count()


def desk_hindrances(*, plan: Plan, but: Iterable[str]) -> list[Hindrance]:
    """What lies open at the unions that end: tasks but those that go along, supervised tasks, own values."""
    found = []
    for unit_id, n in sorted(tasks.open_at(units=plan.ends, about_not=but).items()):
        words = say("工作台上还有 {n} 件待办。请先办结或者转办。", n=n)
        found.append(Hindrance(words, unit_id, "tasks.read", "desk"))
    open_ones = (Supervised.GIVEN, Supervised.REPLIED)
    given = supervision.supervised_rows(scope=EVERYWHERE).filter(state__in=open_ones)
    asked = Counter(given.filter(to_unit__in=plan.ends).values_list("to_unit", flat=True))
    for unit_id, n in sorted(asked.items()):
        words = say("还有 {n} 件督办没有办结。请先回复，或者请上级撤回。", n=n)
        found.append(Hindrance(words, unit_id, "supervision.reply", "supervised-list"))
    asking = Counter(given.filter(from_unit__in=plan.ends).values_list("from_unit", flat=True))
    for unit_id, n in sorted(asking.items()):
        words = say("它交办的 {n} 件督办还没有办结。请先办结或者撤回。", n=n)
        found.append(Hindrance(words, unit_id, "supervision.give", "supervised-list"))
    for unit_id in plan.ends:
        n = len(policies.values_for(chain=[unit_id], day=plan.effective_on))
        if n:
            words = say("它自己定的 {n} 项政策值还有效。请先终止。", n=n)
            found.append(Hindrance(words, unit_id, "policies.set", "policies"))
    return found
