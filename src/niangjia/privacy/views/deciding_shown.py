"""Requests and alarms in the shapes of the page furniture."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.urls import reverse

from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.shapes import Cell, Column, Crumb, Fact, Row, Tab, Table, Text
from niangjia.kernel.words import say
from niangjia.people import queries
from niangjia.people.rules import rights

if TYPE_CHECKING:
    from niangjia.people.models import Person, PersonRequest, RevealAlarm

TITLE, ALARMS = say("更正与删除申请"), say("查看号码的告警")
SHAPES = {"open": "now", "granted": "done", "refused": "stop", "taken_back": "todo"}


def crumbs(row: "Person", here: Text) -> list[Crumb]:
    """The way to a form about a person."""
    return [Crumb(row.name, reverse("person", args=[row.pk])), Crumb(here)]


def _name(person: "Person") -> str:
    return mask_name(person.name) if person.name else str(person)


def requests(rows: Iterable["PersonRequest"]) -> Table:
    """Requests by masked names; the words stand on the request's own page."""
    columns = [
        Column(say("本人")),
        Column(say("事项")),
        Column(say("内容")),
        Column(say("提出时间")),
        Column(say("状态")),
    ]
    told = [
        Row(
            [
                _name(row.person),
                rights.KINDS[row.kind],
                rights.ABOUT.get(row.about, "—"),
                row.made_at,
                Cell(rights.REQUESTS.labels[row.state], status=SHAPES[row.state]),
            ],
            reverse("decide-request", args=[row.pk]) if row.state == "open" else "",
        )
        for row in rows
    ]
    return Table(TITLE, columns, told, empty=say("没有这样的申请。"))


def states(current: str) -> list[Tab]:
    """The list by state."""
    here = reverse("person-requests")
    return [
        Tab(words, f"{here}?state={state}", state == current)
        for state, words in rights.REQUESTS.labels.items()
    ]


def facts(row: "PersonRequest") -> list[Fact]:
    """Who asks for what, in his own words."""
    return [
        Fact(say("本人"), row.person.name, reverse("person", args=[row.person_id])),
        Fact(say("事项"), rights.KINDS[row.kind]),
        Fact(say("内容"), rights.ABOUT.get(row.about, "—")),
        Fact(say("本人说明"), queries.wish_of(row=row)),
        Fact(say("提出时间"), row.made_at),
    ]


def alarms(rows: Iterable["RevealAlarm"]) -> Table:
    """Alarms with the account, how many, and what was found."""
    rows = list(rows)
    names = _accounts(rows)
    columns = [
        Column(say("账号")),
        Column(say("时间")),
        Column(say("一小时内次数"), right=True),
        Column(say("核查")),
    ]
    told = [
        Row(
            [names.get(row.user_id, "—"), row.at, row.count, _state(row)],
            "" if row.seen_at else reverse("review-alarm", args=[row.pk]),
        )
        for row in rows
    ]
    return Table(ALARMS, columns, told, empty=say("没有告警。"))


def alarm_facts(row: "RevealAlarm") -> list[Fact]:
    """What raised the alarm."""
    return [
        Fact(say("账号"), _accounts([row]).get(row.user_id, "—")),
        Fact(say("时间"), row.at),
        Fact(say("一小时内次数"), row.count),
        Fact(say("上限"), row.bound),
    ]


def _state(row: "RevealAlarm") -> Cell:
    return (
        Cell(say("已核查"), status="done", note=row.finding)
        if row.seen_at
        else Cell(say("待核查"), status="warn")
    )


def _accounts(rows: Iterable["RevealAlarm"]) -> dict[int, Text]:
    users = get_user_model()._default_manager.filter(pk__in={row.user_id for row in rows})  # noqa: SLF001
    return {user.pk: str(user) for user in users}
