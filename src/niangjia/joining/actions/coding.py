"""Codes for joining are made and revoked by the union they lead to (R-MEM-07)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.joining import queries, rules
from niangjia.joining.models import JoinQr
from niangjia.joining.permissions import Word
from niangjia.joining.rules import CODE
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import say
from niangjia.members.rules import require_joinable
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """What a code stands for beside its union: where it hangs, how long, how often."""

    label: str
    expires_on: date
    max_uses: int
    zone_id: int | None = None
    drive_id: int | None = None
    stop_id: int | None = None
    employer_id: int | None = None


@transaction.atomic
def make_code(*, unit_id: int, draft: CodeDraft, by: Actor, at: datetime) -> JoinQr:
    """The code leads to the union until its last day or last use; a drive's code counts for the drive too."""
    unit = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(Word.CODE))
    by.require(Word.CODE, at=unit.path)
    require_joinable(OrgKind(unit.kind))
    today = day_of(at)
    if unit.closed_on is not None and unit.closed_on <= today:
        raise Refused(say("这家工会已撤销或并入，不能再做入会码。请为承接的工会制作。"))
    days, uses = (
        value_of(key=f"join.code_{one}", unit_id=unit.pk, day=today).of(int) for one in ("days", "uses")
    )
    rules.require_term(draft.expires_on, today=today, days_at_most=days)
    if not 1 <= draft.max_uses <= uses:
        raise BadInput(say("使用次数应在 1 到 {most} 之间。", most=uses), field="max_uses")
    told = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    code = JoinQr.objects.create(unit=unit, made_by=by.user_id, made_at=at, **told)
    after = {"unit": unit.pk, "expires_on": draft.expires_on.isoformat(), "max_uses": draft.max_uses}
    journal.record("make_join_code", by=by, at=at, kind=CODE, object_id=code.pk, after=after)
    return code


@transaction.atomic
def revoke_code(*, code_id: int, reason: str, by: Actor, at: datetime) -> JoinQr:
    """The code opens nothing any more; what it brought stays."""
    code = queries.code_in_scope(code_id=code_id, scope=by.scope_for(Word.CODE))
    by.require(Word.CODE, at=code.path)
    found = JoinQr.objects.filter(pk=code.pk, revoked_at=None).update(revoked_at=at, reason=reason)
    if not found:
        raise Refused(say("这张入会码已经停用。"))
    journal.record("revoke_join_code", by=by, at=at, kind=CODE, object_id=code.pk, reason=reason)
    code.refresh_from_db()
    return code
