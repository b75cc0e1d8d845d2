"""Phones and held uploads in the shapes of the page furniture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext

from niangjia.accounts import queries as accounts
from niangjia.households.rules import BY_KEY, MEMBER_BY_KEY, RELATIONS
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.phones import rules
from niangjia.phones.permissions import Word
from niangjia.phones.queries.devices import (
    devices_for,
    held_for,
    held_uploads_for,
    reasons_of,
    told_in,
)
from niangjia.visits.rules import RESULTS

if TYPE_CHECKING:
    from niangjia.phones.models import HeldUpload

SHOWN = 200
HAND_IN = (Act(say("上传待传文件"), "/visits/held/file/", icon="upload"),)
SHAPES: Mapping[str, str] = {"": "warn", "recorded": "done", "declined": "stop"}


def phone_table(*, actor: Actor) -> Table:
    """Phones in use first, those heard of last first."""
    rows = list(devices_for(actor=actor).order_by("revoked_at", "-last_seen_at")[:SHOWN])
    names = accounts.account_names(user_ids=[one.user_id for one in rows])
    columns = (
        Column(say("设备名称")),
        Column(say("使用人")),
        Column(say("最近联系")),
        Column(say("最近取走资料")),
        Column(say("状态")),
        Column(say("办理")),
    )
    lines = []
    for one in rows:
        used = one.revoked_at is None
        state = Cell(say("使用中"), status="done") if used else Cell(say("已停用"), status="stop")
        act = Cell(say("停用“{name}”", name=one.name), href=reverse("revoke-visit-phone", args=[one.pk]))
        cells = [one.name, names.get(one.user_id, "—"), one.last_seen_at, one.kit_at or "—", state]
        lines.append(Row([*cells, act if used else one.revoke_why]))
    first = Act(say("打开走访手机页"), reverse("visit-kit"), icon="house", kind="primary")
    return Table(say("走访手机"), columns, lines, empty=say("还没有启用走访手机。"), first=first)


def held_table(*, actor: Actor) -> Table:
    """What waits first, the oldest on top."""
    rows = list(held_uploads_for(actor=actor).order_by("settled", "received_at")[:SHOWN])
    names = accounts.account_names(user_ids=[one.user_id for one in rows])
    columns = (
        Column(say("收到时间")),
        Column(say("上传人")),
        Column(say("原因")),
        Column(say("状态")),
    )
    lines = [
        Row(
            [one.received_at, names.get(one.user_id, "—"), listed(reasons_of(held=one)), _state(one)],
            href=reverse("held-visit", args=[one.pk]),
        )
        for one in rows
    ]
    return Table(say("待核的走访"), columns, lines, empty=say("没有待核的走访。"))


def _state(row: "HeldUpload") -> Cell:
    return Cell(rules.SETTLED[row.settled], status=SHAPES[row.settled])


@dataclass(frozen=True, slots=True)
class HeldPage:
    """One held upload as the office sees it."""

    row: "HeldUpload"
    title: Said
    href: str
    state: Cell
    reasons: Sequence[Said]
    facts: Sequence[Fact]
    told: Sequence[tuple[Said | str, Sequence[Fact]]]
    acts: Sequence[Act]


def held_page(*, held_id: int, actor: Actor) -> HeldPage:
    """What was written down, as far as it can be read; what may be done."""
    row = held_for(held_id=held_id, actor=actor)
    told = told_in(held=row) if row.box else {}
    with beyond():
        device = row.device.name if row.device else "—"
    names = accounts.account_names(user_ids=[row.user_id])
    facts = [
        Fact(say("收到时间"), row.received_at),
        Fact(say("上传人"), names.get(row.user_id, "—")),
        Fact(say("手机"), device),
    ]
    if row.settled_why:
        facts.append(Fact(say("不登记的理由"), row.settled_why))
    return HeldPage(
        row=row,
        title=say("待核的走访 {n}", n=row.pk),
        href=reverse("held-visit", args=[row.pk]),
        state=_state(row),
        reasons=reasons_of(held=row),
        facts=facts,
        told=_told(told),
        acts=_acts(row, actor),
    )


def _acts(row: "HeldUpload", actor: Actor) -> list[Act]:
    if row.settled or not actor.may(Word.KEEP, at=row.path):
        return []
    found = [Act(say("不登记"), reverse("decline-held-visit", args=[row.pk]), kind="stop")]
    if row.finished:
        found.insert(0, Act(say("登记"), reverse("enter-held-visit", args=[row.pk]), kind="primary"))
    else:
        found.insert(0, Act(say("在线补登记"), reverse("new-visit"), kind="primary"))
    return found


def _told(told: Mapping[str, Any]) -> list[tuple[Said | str, list[Fact]]]:
    """What the phone wrote, in its own words: nothing of it is checked yet."""
    if not told:
        return []
    result = str(told.get("result") or "")
    first = [
        Fact(say("走访结果"), RESULTS.get(result, "—")),
        Fact(say("走访情况"), str(told.get("statement") or "—")[:2000]),
        Fact(say("走访干部"), listed([_word(one, "name") for one in _list(told, "visitors")])),
        Fact(say("家人"), _word(told.get("family"), "name") or "—"),
        *_facts(told, BY_KEY),
    ]
    people = [one for one in (told.get("head"), *_list(told, "members")) if isinstance(one, dict)]
    return [(say("走访内容"), first), *((_name(one), _facts(one, MEMBER_BY_KEY)) for one in people)]


def _name(one: Mapping[str, Any]) -> Said | str:
    relation = RELATIONS.get(str(one.get("relation")), "")
    name = str(one.get("name") or one.get("ref") or "—")[:50]
    return say("{name}（{relation}）", name=name, relation=say(relation)) if relation else name


def _facts(told: Mapping[str, Any], catalogue: Mapping[str, Any]) -> list[Fact]:
    facts = told.get("facts")
    found = facts.items() if isinstance(facts, dict) else ()
    return [
        Fact(gettext(catalogue[key].label) if key in catalogue else str(key)[:50], _value(one))
        for key, one in found
    ]


def _value(one: object) -> str:
    return str(one.get("value"))[:500] if isinstance(one, dict) else "—"


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found[:20] if isinstance(found, list) else []


def _word(one: object, name: str) -> str:
    return str(one.get(name) or "")[:50] if isinstance(one, dict) else ""
