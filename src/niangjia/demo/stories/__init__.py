"""The newspaper page as acceptance stories, played on an empty database, every figure read back."""

from pathlib import Path
from types import ModuleType

from django.db import transaction

from niangjia.demo.actions.laying import take_statistics
from niangjia.demo.stories import b1, b2, b3, b5, b6, wz
from niangjia.demo.stories.reading import Reading, StoryResult, Verdict, judged
from niangjia.demo.stories.starts import Start, claims, start_of
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

__all__ = ["StoryResult", "Verdict", "play"]

PLAYED: dict[str, ModuleType] = {"B1": b1, "B2": b2, "B3": b3, "B5": b5, "B6": b6, "WZ": wz}


def play(*, ids: tuple[str, ...] = (), inputs: Path | None = None) -> list[StoryResult]:
    """One line for each claim of the stories asked for (of all where none is named).

    Needs an empty database and leaves it empty: each story is taken back when its figures are read.
    Raises Refused for an unknown story, unreadable start data, or a database in which something stands.
    """
    known = list(dict.fromkeys(claim.story for claim in claims()))
    wanted = [name.upper() for name in ids] or known
    strangers = [name for name in wanted if name not in known]
    if strangers:
        raise Refused(say("没有故事{ids}。现有：{known}。", ids="、".join(strangers), known="、".join(known)))
    return [line for story in known if story in wanted for line in _lines(story, inputs)]


def _lines(story: str, inputs: Path | None) -> list[StoryResult]:
    rows = [claim for claim in claims() if claim.story == story]
    if story not in PLAYED:
        return [judged(claim, None, is_the_pages_start=True) for claim in rows]
    start = start_of(story, inputs=inputs)
    found = _played(start)
    return [judged(claim, found.get(claim.id), is_the_pages_start=start.is_the_pages) for claim in rows]


def _played(start: Start) -> Reading:
    try:
        with clock.fixed(start.facts["day"]), transaction.atomic():
            enter_scope(EVERYWHERE)
            _require_empty()
            take_statistics()
            found: Reading = PLAYED[start.story].play(start.facts)
            transaction.set_rollback(True)
    except (KeyError, TypeError, ValueError) as error:
        if start.is_the_pages:
            raise
        raise Refused(
            say("{story} 的起始数据缺少或写错了一项：{what}。", story=start.story, what=str(error))
        ) from error
    return found


def _require_empty() -> None:
    if tree.units_in_scope(scope=EVERYWHERE).exists():
        raise Refused(say("演练要在单独的空数据库上进行；这个数据库里已有组织，未作任何改动。"))
