"""A person's account follows the merge of his records: one person logs in with one account (C5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from niangjia.accounts.models import User
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say


class AccountsParty:
    """The account of the record that goes along becomes that of the record that goes on."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """Refused where both records log in: one account has to be locked first."""
        rows = User.objects.select_for_update().filter(person_id__in=(keep_id, drop_id))
        users = {user.person_id: user for user in rows.order_by("pk")}
        dropped, kept = users.get(drop_id), users.get(keep_id)
        if dropped is None or (kept is not None and not dropped.is_active):
            return {}
        if kept is not None:
            raise Refused(say("两份资料各有一个在用的账号。请先停用并入一方的账号，再来合并。"), field="keep")
        User.objects.filter(pk=dropped.pk).update(person=keep_id)
        return {"user": dropped.pk}

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """The account is again that of the record from which it came."""
        if "user" not in facts:
            return
        rows = User.objects.filter(pk=facts["user"], person_id=keep_id)
        if not rows.update(person=drop_id):
            raise Refused(say("合并之后账号另有变动，不能再拆分。请先核对这个人的账号。"))


MERGE_PARTY = AccountsParty()
