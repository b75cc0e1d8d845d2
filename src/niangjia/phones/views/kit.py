"""The installable page of the kit, its worker and its manifest: a shell without a word about anybody."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from niangjia.kernel.doors import open_to_all, requires
from niangjia.phones.rules.wording import WORDS
from niangjia.visits.permissions import Word
from niangjia.visits.rules import HEIGHT, WIDTH

BUILT = settings.PACKAGE / "kernel" / "static" / "built"
WORKER = "visits-worker.js"
FILES = ("app.css", "app.js", "visits.js", "icons.svg", "mark.svg")


@requires(Word.MAKE)
@require_GET
@ensure_csrf_cookie
def kit(request: HttpRequest) -> HttpResponse:
    """The shell: the phone keeps it and opens it without signal; whom to visit it fetches when it may."""
    words = {name: gettext(words) for name, words in WORDS.items()}
    told = {"words": words, "icons": static("built/icons.svg"), "sheet": {"width": WIDTH, "height": HEIGHT}}
    return render(request, "phones/kit.html", {"told": told})


@open_to_all("the script that keeps the shell; it holds nothing about anybody")
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the names of the files of this edition."""
    shell = [reverse("visit-kit"), *(static(f"built/{name}") for name in FILES)]
    code = (BUILT / WORKER).read_text(encoding="utf-8")
    edition = hashlib.sha256("\n".join((code, *shell, *_editions())).encode()).hexdigest()[:16]
    head = f"self.SHELL={json.dumps(shell)};self.EDITION={json.dumps(edition)};\n"
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


def _editions() -> list[str]:
    """The fingerprints of the built files: where names carry none, a new file is a new edition too."""
    return [hashlib.sha256((BUILT / name).read_bytes()).hexdigest() for name in FILES]


@open_to_all("the name and the icon of the page")
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to set the page on its home screen."""
    told = {
        "name": gettext("娘家 入户走访"),
        "short_name": gettext("走访"),
        "lang": get_language(),
        "id": reverse("visit-kit"),
        "start_url": reverse("visit-kit"),
        "scope": reverse("visit-kit"),
        "display": "standalone",
        "background_color": "#faf6f0",
        "theme_color": "#b3261e",
        "icons": [
            {"src": static("built/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
