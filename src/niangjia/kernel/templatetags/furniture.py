"""The page furniture: `{% load furniture %}` brings every component, the form tags and the filters of words.

docs/furniture.md lists them with their call signatures; kernel/shapes.py holds what they take.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from niangjia.kernel.templatetags import furniture_forms, furniture_tables, furniture_words

register = template.Library()
register.filters.update(furniture_words.register.filters)
register.tags.update(furniture_forms.register.tags)
register.simple_tag(furniture_tables.icon)

_NOTICES = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}
_WIDE_MAP = 7


@register.filter
def shape_icon(state: str) -> str:
    """The icon that stands for a state: done, now, todo, warn, late, stop."""
    return furniture_tables.SHAPES.get(state, "circle")


@register.filter
def notice_kind(level: str) -> str:
    """The frame for a message of Django's levels."""
    return level if level in _NOTICES else "info"


@register.simple_tag(takes_context=True)
def ui_size(context: Context) -> str:
    """`elder` or `std`: what the address asks for (?uiStyle=elder), else what the cookie remembers."""
    request = context.get("request")
    if request is None:
        return "std"
    asked = request.GET.get("uiStyle") or request.GET.get("_uiStyle")
    return "elder" if (asked or request.COOKIES.get("size")) == "elder" else "std"


@register.simple_tag
def path_to(name: str, fallback: str = "") -> str:
    """The address of a named page, or the fallback where that page is not there (yet)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


@register.simple_tag(takes_context=True)
def leads_to(context: Context, url: str) -> bool:
    """Whether the navigation of the acting post leads there: a post without a desk is not sent to one."""
    groups = context.get("navigation") or ()
    return any(item.url == url for group in groups for item in group.items)


@register.inclusion_tag("furniture/size_switch.html", takes_context=True)
def size_switch(context: Context) -> dict[str, Any]:
    """长辈版 or 标准版: a POST to `set-size`, remembered in a cookie."""
    request = context.get("request")
    to = "std" if ui_size(context) == "elder" else "elder"
    return {"to": to, "here": request.get_full_path() if request else ""}


@register.inclusion_tag("furniture/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """EN or 中文: a POST to Django's `set_language`."""
    request = context.get("request")
    return {"here": request.get_full_path() if request else ""}


@register.inclusion_tag("furniture/search_box.html")
def search_box(
    action: str,
    *,
    name: str = "q",
    value: str = "",
    placeholder: str = "",
    label: str = "",
    big: bool = False,
) -> dict[str, Any]:
    """A search over `action` by GET; `big` for the middle of a public page."""
    return {
        "action": action,
        "name": name,
        "value": value,
        "placeholder": placeholder,
        "label": label,
        "big": big,
    }


@register.inclusion_tag("furniture/page_header.html")
def page_header(
    title: object, *, subtitle: object = "", crumbs: Sequence[Any] = (), actions: Sequence[Any] = ()
) -> dict[str, Any]:
    """The head of a page: the way here, the title, one line about it, its buttons."""
    return {"title": title, "subtitle": subtitle, "crumbs": crumbs, "actions": actions}


@register.inclusion_tag("furniture/breadcrumb.html")
def breadcrumb(crumbs: Sequence[Any]) -> dict[str, Any]:
    """The way here."""
    return {"crumbs": crumbs}


@register.inclusion_tag("furniture/act.html")
def act(action: Any) -> dict[str, Any]:
    """A button from a `shapes.Act`: a link, or a form of its own."""
    return {"action": action}


@register.inclusion_tag("furniture/figure.html")
def figure(label: object, value: object, href: str, **more: Any) -> dict[str, Any]:
    """A number that is always a link opening its rows; more: unit, wording, note."""
    return {"figure": {"label": label, "value": value, "href": href, **more}}


@register.inclusion_tag("furniture/figures.html")
def figures(items: Sequence[Any], *, label: object = "") -> dict[str, Any]:
    """A grid of figures."""
    return {"items": items, "label": label}


@register.inclusion_tag("furniture/table.html", takes_context=True)
def data_table(context: Context, table: Any, *, pager: Any = None, compact: bool = False) -> dict[str, Any]:
    """A table from a `shapes.Table`: heads sort through the address; an empty one offers a first step."""
    request = context.get("request")
    sort = request.GET.get("sort", "") if request else ""
    shown = {"table": table, "pager": pager, "compact": compact, "sort": sort, "request": request}
    return {**shown, "foot": [table.foot]}


@register.simple_tag
def table_rows(table: Any, rows: Sequence[Any]) -> SafeString:
    """Rows under the columns of their table; the head cell carries the link of the row."""
    return furniture_tables.rows_html(table.columns, rows)


@register.inclusion_tag("furniture/sort_head.html", takes_context=True)
def sort_head(context: Context, column: Any) -> dict[str, Any]:
    """The head of a sortable column: up, then down; a leading minus in ?sort= is down."""
    key, sort = column.sort, context.get("sort", "")
    down = sort == key
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    href = furniture_forms.with_query(
        context, sort=f"-{key}" if down else key, page=None, after=None, before=None
    )
    return {"column": column, "href": href, "direction": direction}


@register.inclusion_tag("furniture/pager.html", takes_context=True)
def pager(context: Context, pager: Any, *, label: object = "") -> dict[str, Any]:
    """Where a list stands, and its neighbours; filters stay in the address."""
    return {"pager": pager, "label": label, "request": context.get("request"), "around": _around(pager)}


def _around(pager: Any) -> list[int | None]:
    """The page numbers worth a link: first, last and the neighbours; None is a gap."""
    number, pages = pager.number, pager.pages
    if number is None or pages is None:
        return []
    near = sorted({1, pages, *(page for page in range(number - 1, number + 2) if 1 <= page <= pages)})
    line: list[int | None] = []
    for page in near:
        if line and line[-1] is not None and page - line[-1] > 1:
            line.append(None)
        line.append(page)
    return line


@register.inclusion_tag("furniture/status.html")
def status(word: object, state: str = "todo") -> dict[str, Any]:
    """A state by shape and word: done, now, todo, warn, stop."""
    return {"word": word, "state": state}


@register.inclusion_tag("furniture/steps.html")
def steps(stages: Sequence[Any], *, label: object = "") -> dict[str, Any]:
    """The steps of a case, from `shapes.Stage`s."""
    return {"stages": stages, "label": label}


@register.inclusion_tag("furniture/timeline.html")
def timeline(events: Sequence[Any]) -> dict[str, Any]:
    """What happened, newest first, from `shapes.Event`s."""
    return {"events": events}


@register.inclusion_tag("furniture/tabs.html")
def tabs(items: Sequence[Any], *, label: object = "") -> dict[str, Any]:
    """Neighbour pages as links, from `shapes.Tab`s."""
    return {"items": items, "label": label}


@register.inclusion_tag("furniture/facts.html")
def facts(items: Sequence[Any], *, columns: int = 2) -> dict[str, Any]:
    """Terms and what is known of them, from `shapes.Fact`s."""
    return {"items": items, "columns": columns}


@register.inclusion_tag("furniture/empty.html")
def empty(words: object, first: Any = None) -> dict[str, Any]:
    """Nothing here yet, and the first thing to do."""
    return {"words": words, "first": first}


@register.inclusion_tag("furniture/button.html")
def button(
    words: object,
    *,
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    big: bool = False,
) -> dict[str, Any]:
    """A submit button that names its consequence; kind: primary, outline, ghost, stop."""
    return {"words": words, "kind": kind, "icon": icon, "name": name, "value": value, "big": big}


@register.inclusion_tag("furniture/confirm.html")
def confirm(title: object, words: object, button: object, *, kind: str = "primary") -> dict[str, Any]:
    """The submit of a final step, asked once in words; last in a form with `x-data="confirmInWords"`."""
    return {"title": title, "words": words, "button": button, "kind": kind}


@register.inclusion_tag("furniture/tile_map.html")
def tile_map(
    tiles: Sequence[Any],
    *,
    caption: object,
    unit: object = "",
    legend: Sequence[object] = (),
    beside: bool = True,
) -> dict[str, Any]:
    """A map of squares with the same numbers as a table; `legend` says the five steps in words."""
    wide = any(tile.col >= _WIDE_MAP for tile in tiles)
    keys = list(enumerate(legend))
    return {"tiles": tiles, "caption": caption, "unit": unit, "keys": keys, "beside": beside, "wide": wide}


@register.inclusion_tag("furniture/onx.html")
def onx(drawing: Any) -> dict[str, Any]:
    """The drawing of 1+N+X from a `shapes.Drawing`; without styles it reads as a nested list."""
    return {"drawing": drawing}


@register.inclusion_tag("furniture/door.html")
def door(name: object, href: str, *, icon: str, words: object = "") -> dict[str, Any]:
    """A big entry of a home page: icon, name, one line."""
    return {"name": name, "href": href, "icon": icon, "words": words}


@register.simple_block_tag
def card(content: str, title: object = "", note: object = "", body: bool = True) -> str:  # noqa: FBT001, FBT002 - a template's keyword
    """A white card with a head; `body=False` for tables and facts that reach the edges."""
    return render_to_string(
        "furniture/card.html", {"content": content, "title": title, "note": note, "body": body}
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> str:
    """A framed sentence: info, success, warning, error; each with its own shape."""
    return render_to_string(
        "furniture/notice.html", {"content": content, "kind": kind, "icon_name": _NOTICES[kind]}
    )
