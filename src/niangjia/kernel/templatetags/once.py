"""`{% csrf_token %}` also carries the form's own key: each form on each page counts once."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from niangjia.kernel.once import FIELD, new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString | str:
    """The token against forged requests and the key against double ones, as hidden fields."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - Django's word for none
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        token,
        FIELD,
        new_key(),
    )
