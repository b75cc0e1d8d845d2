"""What stands in an address, as a form: every wrong value is told gently and exactly."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say

HIGHEST_ID = 2**63 - 1


class Asked(forms.Form):
    """What stands in an address; `answers()` gives the values or refuses with what is wrong."""

    def answers(self) -> dict[str, Any]:
        """The cleaned values; a wrong one is refused, so that no page shows something that was not asked."""
        if not self.is_valid():
            raise BadInput(
                fields={name: tuple(_said(error) for error in errors) for name, errors in self.errors.items()}
            )
        return self.cleaned_data


def _render(said: Said) -> str:
    return said.render(gettext)


in_words = lazy(_render, str)
"""What was said, put into the reader's language when the page is rendered."""


def _said(error: object) -> Said:
    return say("{error}", error=str(error))
