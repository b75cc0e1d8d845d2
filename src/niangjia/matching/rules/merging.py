"""Two records of one person become one, and two again: what every app that keeps rows of persons answers to.

A party is asked after the records were joined (`carry`) and before they are parted (`undo`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a merge sees it: erased, merged into another, others merged into it."""

    person_id: int
    is_erased: bool
    is_merged: bool
    has_others: bool


class MergeParty(Protocol):
    """An app whose rows follow a merge (port `NIANGJIA_MERGE_PARTIES`: name of the party to its object)."""

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """The rows stand as one person's; returns as JSON what `undo` needs. Raises Refused."""

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Every row stands as before `carry`. Raises Refused, with the reason, if something changed since."""


def require_mergeable(*, keep: Record, drop: Record) -> None:
    """Only two living records that were merged nowhere; one that took others in is the one that goes on."""
    if keep.person_id == drop.person_id:
        raise Refused(say("这是同一份资料。请选择两份不同的资料。"))
    if keep.is_erased or drop.is_erased:
        raise Refused(say("其中一份资料已经删除，不能合并。"))
    if keep.is_merged or drop.is_merged:
        raise Refused(say("其中一份资料已并入别的资料。请对照并入后的那份资料办理。"))
    if drop.has_others:
        raise Refused(
            say("这份资料已并入过别的资料。请把它作为保留的一份，或者先拆分之前的合并。"), field="keep"
        )


def require_still_merged(*, keep: Record, drop_into: int | None) -> None:
    """Only a record that still lies in the one that goes on, and neither of them erased nor merged on."""
    if keep.is_erased or drop_into != keep.person_id:
        raise Refused(say("合并之后其中一份资料已删除或另有办理，不能再拆分。请联系上级工会核对。"))
    if keep.is_merged:
        raise Refused(say("保留的那份资料后来又并入了别的资料。请先拆分后一次合并。"))
