"""What may be attached, how a paper is filled in and numbered: pure, no table, no clock."""

from niangjia.papers.rules.codes import code_from, number_of, same_code, told_code
from niangjia.papers.rules.files import MEGABYTE, Limits, Seen, clean_name, looked_at
from niangjia.papers.rules.kinds import ATTACHMENT_LABELS, AttachmentKind, FileKind
from niangjia.papers.rules.subjects import Subject
from niangjia.papers.rules.templates import Field, FieldKind, Template, han_day

__all__ = [
    "ATTACHMENT_LABELS",
    "MEGABYTE",
    "AttachmentKind",
    "Field",
    "FieldKind",
    "FileKind",
    "Limits",
    "Seen",
    "Subject",
    "Template",
    "clean_name",
    "code_from",
    "han_day",
    "looked_at",
    "number_of",
    "same_code",
    "told_code",
]
