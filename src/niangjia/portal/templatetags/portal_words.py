"""Words of the public pages: labels in the reader's language, numbers as the newspaper says them."""

from django import template
from django.utils.translation import get_language, gettext

from niangjia.kernel.counting import in_english, wording

register = template.Library()
WORTH_WORDS = 1000


@register.filter
def in_words(label: str) -> str:
    """A label of the domain in the reader's language."""
    return gettext(label) if label else ""


@register.simple_tag
def about_more(n: int, unit: str = "") -> str:
    """The newspaper's way of saying a number (2500余家); nothing where it would add nothing."""
    if n < WORTH_WORDS:
        return ""
    english = (get_language() or "").startswith("en")
    said, plain = (in_english(n), f"{n:,}") if english else (wording(n, unit), f"{n}{unit}")
    return "" if said == plain else said
