"""Files are attached; papers are issued, voided, replaced."""

from niangjia.papers.actions.attaching import attach, limits_at, open_personal, void_attachment
from niangjia.papers.actions.issuing import issue, reissue, void_paper
from niangjia.papers.actions.wording import as_word

__all__ = [
    "as_word",
    "attach",
    "issue",
    "limits_at",
    "open_personal",
    "reissue",
    "void_attachment",
    "void_paper",
]
