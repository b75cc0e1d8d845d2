"""What is shown: the list, one file, the worker's own view, papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from niangjia.dossiers import queries
from niangjia.dossiers.forms import FilterForm
from niangjia.dossiers.views.around import LIST
from niangjia.hardship import queries as hardship
from niangjia.hardship.permissions import Word
from niangjia.hardship.rules import KIND
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, person_of, requires
from niangjia.kernel.shapes import Crumb
from niangjia.papers import queries as papers


@requires(Word.STATUS)
def files(request: HttpRequest) -> HttpResponse:
    """The files of the reader, narrowed by the address; each count above opens its rows."""
    actor = actor_of(request)
    form = FilterForm(request.GET, towns=queries.towns_of(actor=actor))
    told = dict(form.told)
    path = queries.path_of(unit_id=told.pop("town", ""), actor=actor)
    page = queries.file_list(
        actor=actor,
        filters=hardship.Filters(**told, path=path),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        today=clock.today(),
    )
    return render(request, "dossiers/files.html", {"page": page, "filters": form})


@requires(Word.STATUS)
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file: evidence and explanation, who has it, what may be done, what happened."""
    page = queries.file_page(file_id=file_id, actor=actor_of(request), at=clock.now(), today=clock.today())
    crumbs = [Crumb(LIST, reverse("hardship-files")), Crumb(str(page.row))]
    return render(request, "dossiers/file.html", {"page": page, "crumbs": crumbs, "about": KIND})


@requires(Word.STATUS)
def my_files(request: HttpRequest) -> HttpResponse:
    """The worker's own files, the newest first."""
    actor = actor_of(request)
    page = queries.own_list(person_id=person_of(request), actor=actor)
    return render(request, "dossiers/mine.html", {"page": page})


@requires(Word.STATUS)
def my_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """My file: where it stands, who holds it, since when, days left, what I must do."""
    page = queries.file_page(file_id=file_id, actor=actor_of(request), at=clock.now(), today=clock.today())
    return render(request, "dossiers/my_file.html", {"page": page})


@requires(Word.STATUS)
def paper(request: HttpRequest, file_id: int, paper_id: int) -> HttpResponse:
    """A paper of the file as it was issued, for its worker too."""
    row = queries.file_paper(file_id=file_id, paper_id=paper_id, actor=actor_of(request))
    response = HttpResponse(papers.bytes_of(content=row.pdf), content_type="application/pdf")
    name = f"{row.title} {row.number}.pdf"
    told = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = told or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
