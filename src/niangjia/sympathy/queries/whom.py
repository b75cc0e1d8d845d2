"""Whom a report means, and who may go on a visit."""

from datetime import date
from typing import TYPE_CHECKING

from niangjia.accounts import queries as accounts
from niangjia.accounts.queries import Holder
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.paths import chain_of
from niangjia.kernel.words import Said, listed, say
from niangjia.members import queries as members
from niangjia.members.queries import MemberFilters
from niangjia.members.rules import person_of_card
from niangjia.sympathy.permissions import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from niangjia.members.models import Membership

SHOWN = 5


def member_named(*, words: str, actor: Actor, word: Word, today: date, field: str = "who") -> int:
    """The one member of the scope whom a name, a card number, its code or the tail of a mobile means.

    Raises BadInput that names those who come into question, never anybody outside the scope.
    """
    asked = words.strip()
    if asked.startswith("NJ1."):
        asked = members.card_of(text=asked).number
    for state in ("active", "retained"):
        filters = MemberFilters(words=asked, state=state)
        rows = members.members_in_scope(scope=actor.scope_for(word), filters=filters, today=today)
        found = list(rows[: SHOWN + 1])
        exact = [one for one in found if one.name == asked]
        found = exact or found
        if len(found) == 1:
            return found[0].person_id
        if found:
            raise BadInput(_which(found), field=field)
    raise BadInput(say("在您的工作范围内没有找到这位会员。请填写全名、会员卡号或手机尾号。"), field=field)


def _which(found: "Sequence[Membership]") -> Said:
    named = [
        say("{name}（{place}，手机尾号 {tail}）", name=one.name, place=_place(one), tail=one.tail or "—")
        for one in found[:SHOWN]
    ]
    return say("是这几位中的哪一位：{names}？请填写会员卡号或手机尾号。", names=listed(named))


def _place(one: "Membership") -> str:
    return one.employer.name if one.employer else one.union.name


def colleagues_of(*, path: str, actor: Actor, day: date) -> list[Holder]:
    """Officers who may go on a visit of a union: its own, those above, and the actor; each account once."""
    chain = [*chain_of(path), *([actor.unit_id] if actor.unit_id else [])]
    found: dict[int, Holder] = {}
    for one in accounts.holders_at(unit_ids=chain, day=day):
        if one.carries(Word.VISIT) or one.user_id == actor.user_id:
            found.setdefault(one.user_id, one)
    return sorted(found.values(), key=lambda one: (one.user_id != actor.user_id, one.name, one.user_id))


def card_holder(*, text: str, day: date, field: str = "card") -> int:
    """The person of a member's card whose code was scanned; BadInput for a code that no longer holds."""
    card = members.card_of(text=text)
    if card.until < day:
        raise BadInput(say("会员卡的二维码已过期。请本人打开卡片页，换一个新码再扫。"), field=field)
    return person_of_card(card.number)
