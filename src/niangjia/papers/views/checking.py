"""The public page where anybody who holds a paper finds out whether it is true and still valid."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel.doors import open_to_all
from niangjia.kernel.limits import limited
from niangjia.papers import queries
from niangjia.papers.forms import CheckForm
from niangjia.papers.views import shown

MOST = 30
SECONDS = 300


@open_to_all("whoever holds a paper may check it; number and code are asked together")
@limited("check_paper", most=MOST, seconds=SECONDS, reading=True)
def check_paper(request: HttpRequest) -> HttpResponse:
    """What the paper is, who issued it and when, whether it stands; and whether a PDF is the one issued."""
    asked = request.POST or (request.GET if "number" in request.GET else None)
    form = CheckForm(asked, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        found = queries.checked(number=form.cleaned_data["number"], code=form.cleaned_data["code"])
        context |= {"found": found, "asked": True, "facts": shown.found_facts(found) if found else ()}
        file = form.cleaned_data["file"]
        if found and file:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            context["same"] = digest.hexdigest() == found.sha256
    response = render(request, "papers/check.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
