"""The headline board and the rows behind each of its numbers; open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.portal import queries
from niangjia.portal.forms import BoardForm, RowsForm
from niangjia.portal.rules import Rows, measure_named
from niangjia.portal.rules.measures import EMPLOYERS, FEDERATIONS

REASON = "counts of the network and the rows behind them, public columns only"


@open_to_all(REASON)
def board(request: HttpRequest, unit_id: int | None = None) -> HttpResponse:
    """The drill-down: figures, tile map, table; every number opens its rows."""
    answers = BoardForm(request.GET, today=clock.today()).answers()
    measure = measure_named(answers["colour"] or FEDERATIONS.key)
    page = queries.board(unit_id=unit_id, day=answers["day"], measure=measure, today=clock.today())
    shown = BoardForm({"day": page.standing.day.isoformat(), "colour": measure.key}, today=clock.today())
    members = queries.members_number(standing=page.standing)
    return render(request, "portal/board.html", {"page": page, "form": shown, "members": members})


@open_to_all(REASON)
def board_organisations(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The organisations behind a number."""
    return _rows(request, unit_id, Rows.ORGANISATIONS, FEDERATIONS.key)


@open_to_all(REASON)
def board_employers(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The employers behind a number, merchants masked."""
    return _rows(request, unit_id, Rows.EMPLOYERS, EMPLOYERS.key)


@open_to_all("how many members each union has: numbers, never a name")
def board_members(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unions of which a figure of members is the sum."""
    today = clock.today()
    answers = RowsForm(request.GET, today=today).answers()
    answers.pop("of")
    page = queries.members_behind(unit_id=unit_id, today=today, **answers)
    return render(request, "portal/members.html", {"page": page})


def _rows(request: HttpRequest, unit_id: int, rows: Rows, usual: str) -> HttpResponse:
    today = clock.today()
    answers = RowsForm(request.GET, today=today).answers()
    measure = measure_named(answers.pop("of") or usual, rows=rows)
    page = queries.rows_behind(unit_id=unit_id, measure=measure, today=today, **answers)
    return render(request, "portal/rows.html", {"page": page})
