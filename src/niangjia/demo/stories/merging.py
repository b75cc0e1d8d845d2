"""B2's last step: two federations of one town become one; employers and members are as many as before."""

from collections.abc import Sequence
from typing import Any

from niangjia.demo.actions.laying import Ground
from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.counting import Style, wording
from niangjia.kernel.scoping import enter_scope
from niangjia.network import queries as register
from niangjia.network.rules import EmployerKind, OrgKind
from niangjia.restructuring import actions
from niangjia.restructuring.rules import Kind

BODIES = (EmployerKind.ENTERPRISE, EmployerKind.INSTITUTION)


def merged(*, city: int, federations: Sequence[Any], on: Ground) -> dict[str, Figure]:
    """What the register says after the merger went through all its steps; nothing where no town has two."""
    pair = _neighbours(federations)
    if pair is None:
        return {}
    enter_scope(EVERYWHERE)
    source, heir = pair
    draft = actions.RestructureDraft(
        kind=Kind.MERGE,
        source_ids=(source.pk,),
        heir_id=heir.pk,
        effective_on=on.today,
        reason="两家联合会小而散，并为一家",
        member_plan="会员随各自的基层工会转入",
        asset_plan="活动站由承接的联合会继续使用",
        debt_plan="没有债权债务",
        dossier_plan="档案移交承接的联合会",
    )
    _through(draft, on)
    counts = register.counts(unit_id=city, day=on.today)
    federated, bodies = counts.federations(), counts.enterprises_and_institutions
    again = recount.organisations(top=city, day=on.today, kind=OrgKind.FEDERATION)
    covered = recount.employers(top=city, day=on.today, kinds=BODIES)
    return {
        "B2.merge": Figure(federated, wording(federated, "家", Style.EXACT), (again,)),
        "B2.after_merge": Figure(bodies, wording(bodies, "家", Style.EXACT), (covered,)),
    }


def _neighbours(federations: Sequence[Any]) -> tuple[Any, Any] | None:
    """Two federations of one mode under one parent."""
    seen: dict[tuple[int, str], Any] = {}
    for row in federations:
        place = (row.unit.parent_id, row.mode)
        if place in seen:
            return row, seen[place]
        seen[place] = row
    return None


def _through(draft: actions.RestructureDraft, on: Ground) -> None:
    """Proposed, members heard, approved, audited, carried out on the day."""
    told: dict[str, Any] = {"by": on.by, "at": on.at}
    row = actions.propose(draft=draft, **told)
    number = row.pk
    held = actions.Consultation(
        held_on=on.today, present=40, votes_for=38, votes_against=2, minutes="会员代表会议同意合并。"
    )
    row = actions.consult(restructure_id=number, version=row.version, held=held, **told)
    row = actions.approve(
        restructure_id=number, version=row.version, decision_no="总工撤并〔2018〕1号", **told
    )
    found = actions.Audit(audit_no="经审〔2018〕1号", balance_fen=0, deed_no="移交清单1号")
    row = actions.audit(restructure_id=number, version=row.version, found=found, **told)
    actions.execute(restructure_id=number, **told)
