"""Reads of attachments and papers: what a scope holds, what a record carries, what anybody may check."""

from niangjia.papers.queries.attachments import (
    attachment_in_scope,
    attachment_of,
    attachments_of,
    subject_of,
)
from niangjia.papers.queries.contents import bytes_of
from niangjia.papers.queries.issued import (
    Filters,
    has_opened,
    paper_in_scope,
    papers_about,
    papers_in_scope,
    template_of,
    templates,
)
from niangjia.papers.queries.verifying import Checked, check_address, checked

__all__ = [
    "Checked",
    "Filters",
    "attachment_in_scope",
    "attachment_of",
    "attachments_of",
    "bytes_of",
    "check_address",
    "checked",
    "has_opened",
    "paper_in_scope",
    "papers_about",
    "papers_in_scope",
    "subject_of",
    "template_of",
    "templates",
]
