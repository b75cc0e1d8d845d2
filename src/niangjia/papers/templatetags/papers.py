"""`{% load papers %}`: the panel of files and papers that stands on a record's page."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel.doors import actor_of
from niangjia.papers import queries
from niangjia.papers.permissions import Word
from niangjia.papers.rules import ATTACHMENT_LABELS, AttachmentKind

register = template.Library()


@register.inclusion_tag("papers/parts/_panel.html", takes_context=True)
def papers_panel(context: Context, about_kind: str, about_id: int, path: str) -> dict[str, Any]:
    """The attachments and papers of a record that the acting post may see; nothing for other posts.

    `path` is the place of the record's unit: it decides whether the post may attach here.
    """
    actor = actor_of(context["request"])
    if not actor.may(Word.READ, at=path):
        return {"hidden": True}
    scope = actor.scope_for(Word.READ)
    attachments = queries.attachments_of(about_kind=about_kind, about_id=about_id, scope=scope)
    about = urlencode({"about": f"{about_kind}:{about_id}"})
    return {
        "attachments": [(row, gettext(ATTACHMENT_LABELS[AttachmentKind(row.kind)])) for row in attachments],
        "papers": queries.papers_about(about_kind=about_kind, about_id=about_id, scope=scope)[:10],
        "may_attach": actor.may(Word.ATTACH, at=path),
        "attach_url": f"{reverse('attach')}?{about}",
    }
