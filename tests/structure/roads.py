"""Every road into the house, read from the URLconf: views, and each operation of the API."""

from dataclasses import dataclass
from functools import partial

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

FOREIGN = {
    "allauth.": "django-allauth guards its own pages; they touch no guarded table",
    "django.views.i18n": "changing the language of the page",
    "ninja.": "the OpenAPI document tells of roads, not of rows",
}


@dataclass(frozen=True)
class Road:
    """A route with its view's declaration and the names of its arguments."""

    route: str
    name: str
    arguments: tuple[str, ...]
    word: str
    reason: str
    login: bool
    module: str
    methods: tuple[str, ...] = ("GET", "POST")

    @property
    def declared(self) -> bool:
        return bool(self.word or self.reason or any(self.module.startswith(start) for start in FOREIGN))

    def path(self, values) -> str:
        text = "/" + self.route
        for argument in self.arguments:
            for converter in ("int:", "number:", "str:", "slug:", ""):
                text = text.replace(f"<{converter}{argument}>", str(values[argument]))
        return text


def roads() -> list[Road]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver, prefix):
    for item in resolver.url_patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _walk(item, route)
        elif isinstance(item, URLPattern):
            yield from _roads_of(item, route)


def _roads_of(item, route):
    arguments = tuple(item.pattern.converters)
    path_view = getattr(item.callback, "__self__", None) or _path_view(item.callback)
    if isinstance(path_view, PathView):
        for operation in path_view.operations:
            yield _road(operation.view_func, route, item.name, arguments, tuple(operation.methods))
    elif item.callback.__module__.startswith("ninja."):
        return
    else:
        yield _road(item.callback, route, item.name, arguments, ("GET", "POST"))


def _path_view(callback):
    cells = getattr(callback, "__closure__", None) or ()
    return next((cell.cell_contents for cell in cells if isinstance(cell.cell_contents, PathView)), None)


def _road(view, route, name, arguments, methods):
    return Road(
        route=route,
        name=name or "",
        arguments=arguments,
        word=str(getattr(view, "door_word", "")),
        reason=getattr(view, "door_reason", ""),
        login=getattr(view, "door_login", False),
        module=_module_of(view),
        methods=methods,
    )


def _module_of(view):
    if isinstance(view, partial):
        return _module_of(view.func)
    shown = getattr(view, "view_class", view)
    inner = getattr(shown, "__wrapped__", None)
    return shown.__module__ if inner is None else _module_of(inner)
