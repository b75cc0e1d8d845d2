"""Size and language of the pages, and the pages that explain them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from niangjia.kernel import styleguide as sample
from niangjia.kernel.doors import open_to_all
from niangjia.kernel.errors import NotVisible

YEAR = 365 * 24 * 3600


@open_to_all("a reader's own choice, kept in a cookie of this device")
@require_POST
def set_size(request: HttpRequest) -> HttpResponse:
    """长辈版 or 标准版 is remembered, and the reader goes back to the page."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(asked if is_ours else "home")
    size = "elder" if request.POST.get("size") == "elder" else "std"
    response.set_cookie("size", size, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@open_to_all("a reader's own choice, kept in a cookie of this device")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """中文 or English is remembered, and the reader goes back to the page."""
    return remember_language(request)


@open_to_all("how to use the pages")
def help_page(request: HttpRequest) -> HttpResponse:
    """Help."""
    return render(request, "portal/help.html")


@open_to_all("the law asks for it")
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html")


@open_to_all("the law asks for it")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a reader, and what is not."""
    return render(request, "portal/privacy.html")


@open_to_all("sample content only; not served in production")
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the furniture; there in development and tests only."""
    if not getattr(settings, "STYLEGUIDE", settings.DEBUG):
        raise NotVisible
    return render(request, "furniture/styleguide.html", sample.sample(sent=request.method == "POST"))
