"""Tags for forms: fields with hint and error in one place, the error summary, filters in the address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from niangjia.kernel.templatetags.furniture_tables import is_plain_select, select_html
from niangjia.kernel.templatetags.furniture_words import render
from niangjia.kernel.words import listed

register = template.Library()


def _control(widget: forms.Widget) -> str:
    """The name of the template that sets a widget."""
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return (
        "select"
        if isinstance(widget, forms.Select)
        else "textarea"
        if isinstance(widget, forms.Textarea)
        else "input"
    )


def _input(bound: BoundField, control: str, described: str) -> SafeString:
    """The control itself, tied to its hint and its error."""
    css = {"tick": "checkbox checkbox-primary"}.get(control, control)
    attrs: dict[str, Any] = {"class": f"{css} {css.split()[0]}-error" if bound.errors else css}
    if isinstance(bound.field.widget, forms.FileInput):
        attrs["class"] = attrs["class"].replace("input", "file-input")
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if is_plain_select(bound.field.widget):
        return select_html(bound, attrs)
    return bound.as_widget(attrs=attrs)


def complaints(bound: BoundField) -> list[str]:
    """What is wrong with a field, each sentence naming what to do, also for a bare "required"."""
    bare = str(forms.Field.default_error_messages["required"])
    asks = {
        "choices": gettext("请选择“{label}”。"),
        "select": gettext("请选择“{label}”。"),
        "tick": gettext("请先勾选：{label}"),
    }
    ask = asks.get(_control(bound.field.widget), gettext("请填写“{label}”。"))
    own = ask.format(label=render(bound.label))
    return [own if str(words) == bare else render(words) for words in bound.errors]


def field_context(bound: BoundField) -> dict[str, Any]:
    """What a field is: its control, its words, what it is described by."""
    control = _control(bound.field.widget)
    hint, ident = bound.help_text, bound.auto_id
    parts = [f"{ident}-hint" if hint else "", f"{ident}-error" if bound.errors else ""]
    described = " ".join(part for part in parts if part)
    context = {"bound": bound, "control": control, "hint": hint, "ident": ident, "described": described}
    context |= {"errors": complaints(bound), "optional": not bound.field.required}
    if control == "choices":
        hints: Mapping[str, Any] = getattr(bound.form, "hints", {}).get(bound.name, {})
        context["options"] = [
            (option, hints.get(str(option.data["value"]), "")) for option in bound.subwidgets
        ]
    else:
        context["input"] = _input(bound, control, described)
    return context


@register.inclusion_tag("furniture/field.html")
def field(
    bound: BoundField, *, affix: object = "", short: bool = False, row: bool = False, quiet: bool = False
) -> dict[str, Any]:
    """One field of a Django form; `affix` is its unit, `short` narrows it, `row` sets choices side by side.

    `quiet` leaves out the word 选填, for filters, where nothing is required.
    """
    return {**field_context(bound), "affix": affix, "short": short, "row": row, "quiet": quiet}


@register.inclusion_tag("furniture/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every hidden and every visible field of a form, in its order."""
    return {"form": form}


def _complaints(form: BaseForm | None) -> Iterable[tuple[str, Any]]:
    if not getattr(form, "errors", None):
        return
    assert form is not None  # noqa: S101 - what has errors is a form
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        for words in errors if bound is None else complaints(bound):
            yield _target(bound), words


def _target(bound: BoundField | None) -> str:
    """The id of the field, or of its first choice."""
    if bound is None or bound.is_hidden:
        return ""
    choices = _control(bound.field.widget) == "choices" and bound.subwidgets
    return str(choices[0].id_for_label if choices else bound.id_for_label)


@register.inclusion_tag("furniture/error_summary.html")
def error_summary(form: BaseForm | None = None, reasons: Sequence[Any] = ()) -> dict[str, Any]:
    """What is still missing, at the top of the page, taking focus; each line leads to its field."""
    told = [*_complaints(form), *(("", reason) for reason in reasons)]
    return {"complaints": told, "count": len(told)}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """有误： before the page's title when a form of the page came back with errors."""
    form = context.get("form")
    return gettext("有误：") if getattr(form, "is_bound", False) and getattr(form, "errors", None) else ""


def _chips(context: Context, form: BaseForm) -> list[dict[str, str]]:
    """The filters that are set, each with the address that removes it."""
    chosen = []
    for bound in form.visible_fields():
        value = bound.value()
        if value in (None, "", [], False):
            continue
        labels = {str(code): words for code, words in getattr(bound.field, "choices", None) or []}
        values = value if isinstance(value, list) else [value]
        said = render(listed(render(labels.get(str(item), item)) for item in values))
        rest = _query(context, {bound.html_name: None, "page": None, "after": None, "before": None})
        chosen.append({"label": str(bound.label), "said": said, "href": rest})
    return chosen


def _query(context: Context, changes: Mapping[str, object]) -> str:
    """The address of this page with some parameters changed or, by None, removed; filters stay."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return "?"
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else (request.path if request else "?")


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """This page's address with parameters changed: `{% with_query sort="name" page=None %}`."""
    return _query(context, changes)


@register.inclusion_tag("furniture/filter_bar.html", takes_context=True)
def filter_bar(
    context: Context, form: BaseForm, *, total: int | None = None, unit: str = ""
) -> dict[str, Any]:
    """A GET form over a list, with a chip for every filter that is set; `total` is what it found."""
    form.auto_id = "filter-%s"  # a page may hold the same field in another form
    request = context.get("request")
    path = request.path if request else ""
    kept = [(name, request.GET[name]) for name in ("sort", "view") if request and name in request.GET]
    return {
        "form": form,
        "chips": _chips(context, form),
        "path": path,
        "kept": kept,
        "total": total,
        "unit": unit,
    }
