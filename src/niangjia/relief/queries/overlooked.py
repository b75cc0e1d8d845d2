"""Whom aid has passed over: never helped, or nothing changed for a year (R-AID-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.eligibility.rules import CATEGORY_WORDS, Category
from niangjia.hardship import queries as hardship
from niangjia.hardship import rules as files
from niangjia.hardship.permissions import Word
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Row, Tab, Table
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Overlooked:
    """Files in force whose household was never helped, or of which nothing changed for a year."""

    table: Table
    tabs: Sequence[Tab]
    total: int


ONLY = {"never": say("从未帮扶"), "unchanged": say("一年未变动")}


def overlooked(*, actor: Actor, only: str, day: date, address: str) -> Overlooked:
    """Nobody is forgotten: both lists of the national system, from the files the reader may see."""
    rows = hardship.files_for(actor=actor, word=Word.READ)
    rows = hardship.narrowed(rows=rows, filters=hardship.Filters(state="standing"), today=day)
    if only == "unchanged":
        rows = hardship.unchanged(rows=rows, today=day)
    else:
        with beyond():
            never = aid.never_helped(household_ids=list(rows.values_list("household_id", flat=True)))
        rows = rows.filter(household_id__in=never)
    found, total = list(rows.order_by("path", "pk")[:SHOWN]), rows.count()
    tabs = [Tab(words, f"{address}?only={key}", current=key == only) for key, words in ONLY.items()]
    return Overlooked(_table(found, only), tabs, total)


def _table(found: "Sequence[NeedyWorkerFile]", only: str) -> Table:
    with beyond():
        units = tree.names_of(unit_ids={one.keeper_id for one in found})
    lines = [
        Row(
            [
                hardship.name_of(row=one),
                units.get(one.keeper_id, ""),
                CATEGORY_WORDS[Category(one.category)] if one.category else "—",
                one.approved_on or "—",
                one.changed_on or "—",
                Cell(files.LABELS[files.State(one.state)], status="now"),
            ],
            href=reverse("hardship-file", args=[one.pk]),
        )
        for one in found
    ]
    columns = (
        Column(say("户主")), Column(say("工会")), Column(say("类别")), Column(say("建档日")),
        Column(say("最近变动")), Column(say("状态")),
    )  # fmt: skip
    empty = (
        say("没有。每一户在档的都照顾到了。")
        if only == "never"
        else say("没有。在档的每一户一年内都更新过。")
    )
    return Table(ONLY[only], columns, lines, empty=empty)
