"""A merger that is before the members in the demo world: two federations of one town (S-NB-09)."""

from datetime import timedelta

from niangjia.demo.actions.laying import Ground
from niangjia.demo.actions.tasking import actor_of
from niangjia.demo.rules.membership import neighbours
from niangjia.demo.rules.sketch import Sketch
from niangjia.restructuring import actions
from niangjia.restructuring.rules import Kind

PROPOSED, AHEAD = timedelta(days=4), timedelta(days=45)


def propose_merger(*, sketch: Sketch, on: Ground) -> None:
    """The city has proposed it; the members of the smaller federation discuss it now."""
    source, heir = neighbours(sketch)
    draft = actions.RestructureDraft(
        kind=Kind.MERGE,
        source_ids=(on.units[source],),
        heir_id=on.units[heir],
        effective_on=on.today + AHEAD,
        reason="两家联合会相邻，单位少的一家力量单薄，并为一家后统一配备组织员",
        member_plan="会员随各自的基层工会转入",
        asset_plan="服务活动站由承接的联合会继续使用",
        debt_plan="没有债权债务",
        dossier_plan="档案移交承接的联合会",
    )
    actions.propose(draft=draft, by=actor_of(login="mun", on=on), at=on.at - PROPOSED)
