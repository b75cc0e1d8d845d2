"""The same paper as a Word file, for offices that go on editing; made from what the paper was made from."""

import io
import json

from django.conf import settings
from docxtpl import DocxTemplate

from niangjia.kernel.errors import NotVisible
from niangjia.papers import queries
from niangjia.papers.models import Paper


def as_word(*, paper: Paper) -> bytes:
    """The DOCX of a paper. Raises NotVisible where its template has none."""
    template = queries.template_of(key=paper.template)
    if template is None or not template.docx:
        raise NotVisible
    told = json.loads(queries.bytes_of(content=paper.told))
    document = DocxTemplate(settings.PACKAGE / template.docx)
    document.render(told, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
