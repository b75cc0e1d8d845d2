"""Rows, cells and long choices set in one go: a template for each of hundreds of cells costs too much."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from niangjia.kernel.shapes import Cell, Column
from niangjia.kernel.templatetags.furniture_words import render, unbroken

SHAPES = {
    "done": "check",
    "now": "circle-dot",
    "todo": "circle",
    "warn": "triangle-alert",
    "late": "triangle-alert",
    "stop": "x",
}
_ICON = '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'


@lru_cache(maxsize=256)
def icon(name: str, css: str = "") -> SafeString:
    """A lucide icon of assets/icons.txt, always beside words, so hidden from readers."""
    return format_html(_ICON, css, static("built/icons.svg"), name)


def _safe(words: object) -> str:
    """Words as they may stand in a page; what is safe already stays."""
    return words if isinstance(words, SafeString) else escape(str(words))


def rows_html(columns: Sequence[Column], rows: Iterable[Any]) -> SafeString:
    """Rows under their columns; the head cell carries the link of the row."""
    opened = [_opened(column) for column in columns]
    return SafeString("\n".join(_row(opened, row) for row in rows))


def _opened(column: Column) -> str:
    right = ' class="right"' if column.right else ""
    return f'<td role="cell" data-label="{_safe(render(column.label))}"{right}>'


def _row(opened: Sequence[str], row: Any) -> str:
    href, values = getattr(row, "href", ""), getattr(row, "cells", row)
    cells = [value if isinstance(value, Cell) else Cell(value) for value in values]
    pairs = list(zip(opened, cells, strict=True))
    head = _cell(cells[0], linked=bool(href))
    head = f'<a class="tap" href="{_safe(href)}">{head}</a>' if href else head
    rest = "".join(f"{start}{_cell(cell)}</td>" for start, cell in pairs[1:])
    return f'<tr role="row"><th role="rowheader" scope="row">{head}</th>{rest}</tr>'


def _cell(cell: Cell, *, linked: bool = False) -> str:
    """What a cell holds: a state by its shape, a link unless the row is one, a second line."""
    words: str = unbroken(SafeString(_safe(render(cell.text))))
    if cell.status:
        shape = icon(SHAPES.get(cell.status, "circle"))
        words = f'<span class="status status-{_safe(cell.status)}">{shape}{words}</span>'
    elif cell.href and not linked:
        words = f'<a class="tap" href="{_safe(cell.href)}">{words}</a>'
    note = f' <span class="quiet small">{_safe(render(cell.note))}</span>' if cell.note else ""
    marked = "cell-empty" if cell.text in (None, "") else "cell-day" if isinstance(cell.text, date) else ""
    css = f' class="{marked}"' if marked else ""
    return f"<span{css}>{words}{note}</span>"


def select_html(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """A select box as Django's own templates set it, without one of them for each option."""
    widget: Any = bound.field.widget
    attrs = bound.build_widget_attrs(attrs, widget)
    if bound.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", bound.auto_id)
    told = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    groups = "".join(_group(name, options) for name, options, _ in told["optgroups"])
    own = _attrs(told["attrs"])
    return SafeString(f'<select name="{_safe(told["name"])}"{own}>\n{groups}</select>')


def _group(name: str | None, options: Iterable[dict[str, Any]]) -> str:
    lines = "".join(_option(option) for option in options)
    return f'<optgroup label="{_safe(name)}">\n{lines}</optgroup>\n' if name else lines


def _option(option: dict[str, Any]) -> str:
    value, label = _safe(option["value"]), _safe(option["label"])
    return f'<option value="{value}"{_attrs(option["attrs"])}>{label}</option>\n'


def _attrs(attrs: dict[str, Any]) -> str:
    return flatatt({name: value for name, value in attrs.items() if value is not False}) if attrs else ""


def is_plain_select(widget: forms.Widget) -> bool:
    """Whether Django's own templates would set it as one select box."""
    return isinstance(widget, forms.Select) and widget.template_name == forms.Select.template_name
