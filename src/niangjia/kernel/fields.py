"""Fields of forms that every app uses: days, lines, numbers, notes, versions, choices, named records."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.money import Yuan
from niangjia.kernel.words import listed

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
MOST = 10_000_000
NAMES_SHOWN = 5


class DayField(forms.DateField):
    """A day between 1900 and 2200, typed or picked."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        more.setdefault(
            "error_messages", {"invalid": _("请填写日期，如 2018-03-06。"), "required": _("请填写日期。")}
        )
        super().__init__(**more)

    def clean(self, value: Any) -> date | None:
        """The day, inside what a register can hold."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST <= day <= LAST:
            raise ValidationError(_("请填写 1900 年至 2200 年之间的日期。"))
        return day


class MoneyField(forms.DecimalField):
    """Yuan with two decimals, told as whole fen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=10, decimal_places=2, min_value=0, **more)

    def clean(self, value: Any) -> int | None:
        """Fen, or nothing."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)


class YuanField(MoneyField):
    """An amount of money; nothing where none is told."""

    def clean(self, value: Any) -> Any:
        """Yuan, or nothing."""
        fen = super().clean(value)
        return None if fen is None else Yuan(fen)


class VersionField(forms.IntegerField):
    """The version that the reader saw; hidden."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


def choices_of(
    labels: Mapping[Any, str], only: Iterable[Any] | None = None, *, empty: str | None = None
) -> list[tuple[str, Any]]:
    """Codes and their words in the reader's language; `empty` is the word of no choice."""
    first = [] if empty is None else [("", _(empty))]
    kept = labels if only is None else list(only)
    return [*first, *((str(code), _(labels[code])) for code in kept)]


def text(label: str, length: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    """One line of text of at most so many characters."""
    return forms.CharField(
        label=_(label),
        max_length=length,
        required=required,
        help_text=hint and _(hint),
        error_messages={"required": missing(label)},
    )


def missing(label: str) -> Any:
    """请填写…: what is missing, said with the field's own name."""
    return format_lazy(_("请填写“{label}”。"), label=_(label))


def number(label: str, *, required: bool = False, most: int = MOST, hint: str = "") -> forms.IntegerField:
    """A whole number from 0 on."""
    return forms.IntegerField(
        label=_(label), min_value=0, max_value=most, required=required, help_text=hint and _(hint)
    )


def notes(label: str = "事由") -> forms.CharField:
    """A few lines of text, required: a reason."""
    area = forms.Textarea(attrs={"rows": 3})
    words = {"required": missing(label)}
    return forms.CharField(label=_(label), max_length=500, widget=area, error_messages=words)


def lines(label: str, length: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    """Several lines of text of at most so many characters."""
    return forms.CharField(
        label=_(label),
        max_length=length,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=hint and _(hint),
        error_messages={"required": missing(label)},
    )


class NamedField(forms.CharField):
    """A record named by its full name, its number or its `code`, among the rows that the view sets."""

    rows: QuerySet[Any]
    code = ""

    def clean(self, value: Any) -> Any:
        """The one record meant; otherwise the names that come nearest."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        exact = (
            Q(pk=int(typed)) if typed.isdecimal() and len(typed) < len("999999999999999") else Q(name=typed)
        )
        if self.code and typed.isascii():
            exact |= Q(**{self.code: typed.upper()})
        found = list(self.rows.filter(exact)[:2])
        if len(found) == 1:
            return found[0]
        near = list(self.rows.filter(name__contains=typed).values_list("name", flat=True)[: NAMES_SHOWN + 1])
        if not near:
            raise ValidationError(_("您的工作范围内没有找到。请填写全称或编号。"))
        said = listed(near[:NAMES_SHOWN]).render(gettext) + ("……" if len(near) > NAMES_SHOWN else "")
        raise ValidationError(gettext("是这几个中的哪一个：{names}？请填写全称。").format(names=said))


def named(label: str, hint: str, *, code: str = "") -> NamedField:
    """A record by name or number, or by a column that holds a code."""
    field = NamedField(label=_(label), max_length=120, help_text=_(hint))
    field.code = code
    return field
