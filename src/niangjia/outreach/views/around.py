"""What several views of campaigns need."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext

from niangjia.accounts import queries as accounts
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.words import Said
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target


def officers_of(unit_ids: set[int]) -> dict[int, str]:
    """Whoever may be sent to visit: the officers in post at some unions today."""
    here = accounts.holders_at(unit_ids=unit_ids, day=clock.today())
    told = {one.user_id: (one.name, one.post) for one in here if one.carries(Word.SETTLE)}
    return {number: f"{name}（{_rendered(post)}）" for number, (name, post) in told.items()}


def _rendered(words: Said | str) -> str:
    return words.render(gettext) if isinstance(words, Said) else words


def path_under(unit_id: int | None) -> str:
    """The path of a union named in the address; of one that is not there nothing is found."""
    return tree.public_unit(unit_id=unit_id).path if unit_id else ""


def target_row(request: HttpRequest, target_id: int) -> "Target":
    """The target of the road, for whoever answers for it."""
    return campaigns.target_for(target_id=target_id, actor=actor_of(request), word=Word.SETTLE)
