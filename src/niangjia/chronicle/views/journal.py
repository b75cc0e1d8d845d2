"""The journal for people: a record's whole life, the auditor's search, the signed heads for everybody."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.chronicle.forms import HeadForm, LinesForm
from niangjia.chronicle.permissions import Word
from niangjia.chronicle.queries import auditing
from niangjia.chronicle.queries import lines as chronicle
from niangjia.chronicle.rules import kind_of
from niangjia.kernel.doors import actor_of, open_to_all, requires
from niangjia.kernel.journal import proofs
from niangjia.kernel.shapes import Cell, Column, Crumb, Row, Table
from niangjia.kernel.templatetags.furniture_words import han_moment
from niangjia.kernel.words import say
from niangjia.network.permissions import Word as NetworkWord

OPEN = "heads of the journal are published so that nobody can rewrite it; they hold hashes only"
COLUMNS = tuple(
    Column(word)
    for word in (say("时间"), say("谁"), say("以何岗位"), say("动作"), say("对象"), say("日志头"))
)


@requires(NetworkWord.READ)
def history(request: HttpRequest, page: str, **place: int) -> HttpResponse:
    """Everything that ever happened to a record that the reader may see."""
    (object_id,) = place.values()
    keys = {name: request.GET.get(name, "") for name in ("before", "after")}
    scope = actor_of(request).scope_for(NetworkWord.READ)
    found = chronicle.chronicle(page=page, object_id=object_id, scope=scope, **keys)
    back = reverse(page, args=[object_id])
    context = {
        "found": found,
        "here": f"{back}history/",
        "crumbs": [Crumb(found.name, back), Crumb(say("经过"))],
    }
    return render(request, "chronicle/history.html", context)


@requires(NetworkWord.READ)
def history_proof(request: HttpRequest, page: str, line_id: int, **place: int) -> HttpResponse:
    """The proof of one line of a record's life, as a file."""
    (object_id,) = place.values()
    scope = actor_of(request).scope_for(NetworkWord.READ)
    proof = chronicle.proof_of_record(page=page, object_id=object_id, line_id=line_id, scope=scope)
    return _file(proof, f"line-{line_id}")


@requires(Word.JOURNAL)
def lines(request: HttpRequest) -> HttpResponse:
    """The auditor's search: who did what, when, in which post; filters in the address."""
    form = LinesForm(request.GET)
    keys = {name: request.GET.get(name, "") for name in ("before", "after")}
    actor = actor_of(request)
    asked = auditing.Asked(**form.told)
    chapters, pager = auditing.lines_found(scope=actor.scope_for(Word.JOURNAL), asked=asked, **keys)
    rows = [_line(chapter, linked=actor.may(NetworkWord.READ)) for chapter in chapters]
    table = Table(say("操作日志"), COLUMNS, rows, empty=say("没有符合条件的日志。可以放宽筛选条件再看。"))
    return render(request, "chronicle/journal.html", {"form": form, "table": table, "pager": pager})


@requires(Word.JOURNAL)
def line_proof(request: HttpRequest, line_id: int) -> HttpResponse:
    """The proof of a line, without its values, as a file."""
    return _file(auditing.proof_for_auditors(line_id=line_id), f"line-{line_id}")


@open_to_all(OPEN)
def heads(request: HttpRequest) -> HttpResponse:
    """The signed heads; a printed one is compared with this history."""
    form = HeadForm(request.GET)
    told = form.answers()
    page = auditing.heads_page(**told)
    return render(request, "chronicle/heads.html", {"page": page, "form": form})


@open_to_all(OPEN)
def head(request: HttpRequest, number: int) -> HttpResponse:
    """One head as it is printed in a notice."""
    found = proofs.head_numbered(number)
    asked = f"{reverse('journal-heads')}?number={number}&fingerprint={found.fingerprint()}"
    code = segno.make(settings.SITE_ADDRESS + asked, error="m", micro=False)
    picture = code.svg_data_uri(scale=4, border=2)
    return render(request, "chronicle/head.html", {"head": found, "picture": picture, "asked": asked})


@open_to_all(OPEN)
def head_proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof that the journal under this head is the beginning of today's, as a file."""
    return _file(proofs.proof_between(old=number), f"head-{number}")


def _line(chapter: chronicle.Chapter, *, linked: bool) -> Row:
    line = chapter.line
    page = chronicle.PAGES.get(line.kind) if linked and line.object_id else None
    thing = say("{kind} {number}", kind=kind_of(line.kind), number=line.object_id or "")
    href = f"{reverse(page, args=[line.object_id])}history/" if page else ""
    return Row(
        (
            han_moment(line.at),
            chapter.who,
            chapter.acting or "—",
            chapter.what,
            Cell(thing, href=href),
            _sealed(chapter),
        )
    )


def _sealed(chapter: chronicle.Chapter) -> Cell:
    if chapter.head is None:
        return Cell(say("待封存"), status="todo")
    words = say("第 {number} 号", number=chapter.head)
    return Cell(words, href=reverse("journal-line-proof", args=[chapter.line.pk]))


def _file(proof: dict[str, Any], name: str) -> HttpResponse:
    answer = HttpResponse(chronicle.as_file(proof=proof), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="niangjia-{name}.json"'
    return answer
