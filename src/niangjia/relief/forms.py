"""What the pages of relief are narrowed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

YEARS = (2000, 2199)


class NoFieldsForm(forms.Form):
    """A step that asks nothing."""


class YearForm(forms.Form):
    """Which year, of which union."""

    year = forms.IntegerField(label=_("年度"), min_value=YEARS[0], max_value=YEARS[1], required=False)
    unit = forms.TypedChoiceField(label=_("工会"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].choices = [("", gettext("全部")), *units]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What was understood of the address."""
        self.is_valid()
        return dict(self.cleaned_data)
