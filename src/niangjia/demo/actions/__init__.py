"""The newspaper page becomes a living world: built once, in an empty database, through the public actions."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from niangjia.demo import queries
from niangjia.demo.actions.aiding import help_families
from niangjia.demo.actions.caring import care
from niangjia.demo.actions.enrolling import enrol_members
from niangjia.demo.actions.founding import found_federations
from niangjia.demo.actions.joining import drive_and_apply
from niangjia.demo.actions.laying import Ground, lay, lay_in_bulk
from niangjia.demo.actions.posting import post_notices, print_papers
from niangjia.demo.actions.reshaping import propose_merger
from niangjia.demo.actions.staffing import furnish, open_log_ins, set_values, staff
from niangjia.demo.actions.tasking import fill_desks
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.ningbo import Size
from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.rules.world import SEED, World, world
from niangjia.kernel import clock, journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.tree import queries as tree

By = Callable[[int, int], None]


def build_demo(*, size: str = "small", by_progress: By | None = None) -> dict[str, int]:
    """The demo world stands, dated relative to today; returns how much of each there is.

    All or nothing. Raises Refused where a demo world stands already, or where anything else does: invented
    people with printed log-ins never stand beside real ones.
    """
    tell = by_progress or (lambda _done, _of: None)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        _require_empty()
        today, at = clock.today(), clock.now()
        made = world(size=Size(size), dazhou_facts=shipped_facts("B1"), today=today)
        ground = Ground(today=today, at=at, by=SYSTEM)
        _lay(made, ground, tell)
        network.recount_tallies(today=today, at=at)
        facts = _facts(ground)
        after: dict[str, Any] = {"size": size, **facts}
        journal.record(queries.BUILT, by=SYSTEM, at=at, kind=queries.KIND, object_id=None, after=after)
    return facts


def _lay(made: World, ground: Ground, tell: By) -> None:
    dice = Dice(SEED)
    steps: tuple[Callable[[], None], ...] = (
        lambda: lay_in_bulk(sketch=made.general, on=ground),
        lambda: lay(sketch=made.dazhou, on=ground),
        lambda: lay_in_bulk(sketch=made.many, on=ground),
        lambda: staff(sketch=made.officers, on=ground),
        lambda: furnish(sketch=made.dazhou, on=ground),
        lambda: furnish(sketch=made.many, on=ground),
        lambda: open_log_ins(on=ground),
        lambda: set_values(on=ground),
        lambda: enrol_members(sketch=made.membership, dice=dice, on=ground),
        lambda: drive_and_apply(sketch=made.membership, on=ground),
        lambda: found_federations(dice=dice, on=ground),
        lambda: propose_merger(sketch=made.many, on=ground),
        lambda: help_families(on=ground),
        lambda: care(on=ground),
        lambda: fill_desks(on=ground),
        lambda: post_notices(on=ground),
        lambda: print_papers(on=ground),
    )
    for done, step in enumerate(steps, start=1):
        step()
        tell(done, len(steps))


def _require_empty() -> None:
    if queries.is_built():
        raise Refused(say("演示数据已经建立。要重新建立，请另开一个实例（NIANGJIA_HOME）。"))
    if tree.units_in_scope(scope=EVERYWHERE).exists():
        raise Refused(
            say(
                "这个数据库里已有组织，不能再放演示数据。请用一个空的实例（NIANGJIA_HOME），原有数据没有变动。"
            )
        )


def _facts(ground: Ground) -> dict[str, int]:
    return {
        "organisations": len(ground.units),
        "employers": len(ground.employers),
        "people": len(ground.people),
    }
