"""What a page offers to do: only steps the acting post may take here."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from niangjia.bodies.permissions import Word as BodiesWord
from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Text
from niangjia.kernel.words import say
from niangjia.network.permissions import Word
from niangjia.network.rules import LIVING, PARENTS, OrgKind, Status
from niangjia.papers.permissions import Word as PapersWord

if TYPE_CHECKING:
    from niangjia.bodies.models import Facility, Zone
    from niangjia.network.models import Employer, Organisation

Offer = tuple[StrEnum, Text, str, str]


def _acts(offers: Iterable[Offer], *, pk: int, path: str, actor: Actor) -> list[Act]:
    return [
        Act(words, reverse(name, args=[pk]), icon=icon)
        for word, words, name, icon in offers
        if actor.may(word, at=path)
    ]


def of_organisation(row: "Organisation", *, actor: Actor) -> list[Act]:
    """Edit, rename, place, compose, term, facility, close; and what may be registered under it."""
    if Status(row.status) not in (*LIVING, Status.PREPARING):
        return []
    kind = OrgKind(row.kind)
    offers: list[Offer] = [
        (Word.EDIT, say("修改资料"), "edit-organisation", "pencil"),
        (Word.EDIT, say("更名"), "rename-organisation", "file-text"),
    ]
    if any(kind in parents for parents in PARENTS.values()):
        offers.append((Word.FOUND, say("在它下面登记组织"), "found-organisation", "plus"))
    if kind is OrgKind.FEDERATION:
        offers.append((Word.FOUND, say("编入一家工会"), "compose", "network"))
    offers += [
        (Word.COVER, say("登记一家单位"), "register-employer", "building-2"),
        (Word.COVER, say("登记一个商圈或园区"), "open-zone", "map"),
        (BodiesWord.COMMITTEE, say("登记新一届委员会"), "open-term", "users"),
        (BodiesWord.FACILITY, say("登记一个阵地"), "open-facility", "house"),
        (PapersWord.ISSUE, say("出具工会组织登记表"), "organisation-sheet", "printer"),
        (PapersWord.ISSUE, say("出具单位覆盖名册"), "covering-list", "printer"),
        (Word.MOVE, say("调整隶属"), "move-organisation", "arrow-right"),
        (Word.MOVE, say("登记指导关系"), "relate-organisation", "handshake"),
        (Word.FOUND, say("撤销这个组织"), "close-organisation", "x"),
    ]
    return _acts(offers, pk=row.pk, path=row.path, actor=actor)


def of_employer(row: "Employer", *, actor: Actor) -> list[Act]:
    """Cover it, correct its facts, let it leave; of one that has left nothing more is done."""
    if row.until is not None:
        return []
    offers: list[Offer] = [
        (Word.COVER, say("由一家工会覆盖它"), "cover-employer", "handshake"),
        (Word.COVER, say("修改资料"), "edit-employer", "pencil"),
        (Word.COVER, say("办理出册"), "leave-register", "x"),
    ]
    return _acts(offers, pk=row.pk, path=row.path, actor=actor)


def of_zone(row: "Zone", *, actor: Actor) -> list[Act]:
    """Enter an employer, correct the zone."""
    offers: list[Offer] = [
        (Word.COVER, say("登记一家单位在这里"), "enter-zone", "plus"),
        (Word.COVER, say("修改资料"), "edit-zone", "pencil"),
    ]
    return _acts(offers, pk=row.pk, path=row.path, actor=actor)


def of_facility(row: "Facility", *, actor: Actor) -> list[Act]:
    """Correct the facility, or end it."""
    offers: list[Offer] = [(BodiesWord.FACILITY, say("修改资料"), "edit-facility", "pencil")]
    return _acts(offers, pk=row.pk, path=row.path, actor=actor)


def of_list(name: str, *, asked: QueryDict, actor: Actor) -> list[Act]:
    """A list by file: what is seen goes out, with its filters; employers also come in."""
    acts = []
    if name == "employers" and actor.may(Word.COVER) and actor.may(ExchangeWord.IMPORT):
        acts.append(Act(say("导入"), reverse("send-file", args=[name]), icon="upload"))
    if name in {"employers", "organisations"} and actor.may(ExchangeWord.EXPORT):
        query = asked.urlencode()
        here = reverse("ask-for-list", args=[name])
        acts.append(Act(say("导出"), f"{here}?{query}" if query else here, icon="download"))
    return acts
