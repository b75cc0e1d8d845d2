"""The filter of the sheets: where, and which year."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

YEARS = 10


class SheetForm(forms.Form):
    """Under which organisation, and for the yearly sheet which year."""

    under = forms.TypedChoiceField(label=_("在哪个组织之下"), coerce=int, empty_value=None, required=False)
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, empty_value=None, required=False)

    def __init__(
        self, *args: Any, units: Collection[tuple[int, str]], with_year: bool, this_year: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["under"].choices = [("", _("我的全部范围")), *units]  # type: ignore[attr-defined]
        years = [(str(n), str(n)) for n in range(this_year, this_year - YEARS, -1)]
        self.fields["year"].choices = [("", _("今年")), *years]  # type: ignore[attr-defined]
        if not with_year:
            del self.fields["year"]

    @property
    def told(self) -> dict[str, Any]:
        """What was understood."""
        self.is_valid()
        return self.cleaned_data
