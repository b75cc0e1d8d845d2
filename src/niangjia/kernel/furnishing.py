"""What every page is furnished with: the acting person and the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC


def page(request: HttpRequest) -> dict[str, Any]:
    """`actor` and `navigation` for the layouts; pages that loaded no actor are furnished for the public."""
    actor = getattr(request, "_nj_actor", PUBLIC)
    return {
        "actor": actor,
        "navigation": import_string(settings.NIANGJIA_NAVIGATION)(actor=actor, path=request.path),
        "header": SimpleLazyObject(
            lambda: import_string(settings.NIANGJIA_HEADER)(user_id=actor.user_id, now=clock.now())
        ),
        "elder": request.COOKIES.get("size") == "elder",
        "demo_world": settings.DEMO_WORLD,
    }
