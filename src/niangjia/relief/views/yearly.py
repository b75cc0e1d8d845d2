"""The year of relief beside the books, and the reconciliation of the national file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.aid.permissions import Word
from niangjia.casework import queries as casework
from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Row, Table
from niangjia.kernel.words import listed, say
from niangjia.network import queries as network
from niangjia.people.permissions import Word as PeopleWord
from niangjia.relief import queries
from niangjia.relief.forms import YearForm
from niangjia.relief.queries import leaving
from niangjia.relief.rules import register


def _form(request: HttpRequest) -> YearForm:
    actor = actor_of(request)
    units = network.unit_choices(scope=actor.scope_for(Word.READ), also=actor.unit_id)
    return YearForm(request.GET, units=units)


@requires(Word.READ)
def year(request: HttpRequest) -> HttpResponse:
    """笔、户、人、元 by union and kind, equal to the books to the fen."""
    form = _form(request)
    told = form.told
    page = queries.year_page(
        actor=actor_of(request), year=told.get("year") or clock.today().year, unit_id=told.get("unit")
    )
    return render(request, "relief/year.html", {"page": page, "filters": form})


@requires(Word.READ)
def register_page(request: HttpRequest) -> HttpResponse:
    """Grants here = rows that go out + rows that cannot, each with its reason; the equation closes."""
    form, actor, today = _form(request), actor_of(request), clock.today()
    told = form.told
    asked = {name: str(value) for name, value in told.items() if value}
    closed = leaving.closing_of(asked=asked, by=actor, today=today)
    lack = request.GET.get("lack", "")
    rows = None
    if lack in register.REASONS:
        found = leaving.lacking_rows(asked=asked, lack=lack, by=actor, today=today)[:200]
        words = say("不能导出：{why}", why=register.REASONS[lack])
        rows = casework.table_of(rows=list(found), actor=actor, caption=words, empty=say("一件也没有。"))
    context = {
        "form": form, "closed": closed, "table": _closing(closed, asked), "rows": rows,
        "acts": _acts(request), "columns": listed(str(one.label) for one in register.COLUMNS),
        "note": "" if register.VERIFIED else register.NOTE,
        "crumbs": [Crumb(say("帮扶申请"), reverse("aid-applications")), Crumb(say("救助台账"))],
    }  # fmt: skip
    return render(request, "relief/register.html", context)


def _closing(closed: leaving.Closed, asked: dict[str, str]) -> Table:
    """Every grant stands in exactly one line; a line that keeps some back opens them."""
    lines = [Row((say("可以导出"), closed.out))]
    for lack, words in register.REASONS.items():
        href = casework.address(name="aid-register", told={**asked, "lack": lack})
        lines.append(Row((Cell(say("不能导出：{why}", why=words), href=href), closed.kept[lack])))
    columns = (Column(say("去向")), Column(say("笔数"), right=True))
    note = say("合计 {n} 元", n=closed.total)
    return Table(say("逐笔核对"), columns, lines, foot=(say("已发放"), closed.grants), note=note)


def _acts(request: HttpRequest) -> list[Act]:
    actor = actor_of(request)
    if not (actor.may(ExchangeWord.EXPORT) and actor.may(PeopleWord.REVEAL)):
        return []
    here, query = reverse("ask-for-list", args=["aid-register"]), request.GET.urlencode()
    return [Act(say("导出台账"), f"{here}?{query}" if query else here, icon="download", kind="primary")]
