"""The kinds of attachments, and the kinds of files that may be attached."""

from dataclasses import dataclass
from enum import StrEnum


class AttachmentKind(StrEnum):
    """What an attachment is to the matter."""

    DECISION = "decision"
    APPLICATION = "application"
    EVIDENCE = "evidence"
    PHOTO = "photo"
    SIGNED = "signed"
    OTHER = "other"


ATTACHMENT_LABELS = {
    AttachmentKind.DECISION: "批复、文件",
    AttachmentKind.APPLICATION: "申请材料",
    AttachmentKind.EVIDENCE: "证明材料",
    AttachmentKind.PHOTO: "照片",
    AttachmentKind.SIGNED: "签字盖章的扫描件",
    AttachmentKind.OTHER: "其他",
}


class FileKind(StrEnum):
    """The kinds of files; each is known by its first bytes, its names and the types browsers tell."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def is_picture(self) -> bool:
        """Whether it is decoded and written anew."""
        return self in {FileKind.JPEG, FileKind.PNG, FileKind.WEBP}


@dataclass(frozen=True, slots=True)
class Face:
    """How a kind of file shows itself."""

    media_type: str
    names: frozenset[str]


_OFFICE = "application/vnd.openxmlformats-officedocument."
FACES = {
    FileKind.JPEG: Face("image/jpeg", frozenset({"jpg", "jpeg", "jpe", "jfif"})),
    FileKind.PNG: Face("image/png", frozenset({"png"})),
    FileKind.WEBP: Face("image/webp", frozenset({"webp"})),
    FileKind.PDF: Face("application/pdf", frozenset({"pdf"})),
    FileKind.DOCX: Face(f"{_OFFICE}wordprocessingml.document", frozenset({"docx"})),
    FileKind.XLSX: Face(f"{_OFFICE}spreadsheetml.sheet", frozenset({"xlsx"})),
}
SAY_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Types by which a browser says that it does not know."""


def kind_of_name(extension: str) -> FileKind | None:
    """The kind that a file's last extension stands for."""
    return next((kind for kind, face in FACES.items() if extension in face.names), None)


def kind_of_bytes(body: bytes) -> FileKind | None:
    """The kind that the first bytes show; DOCX and XLSX are told apart inside the archive."""
    if body.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return FileKind.WEBP
    if body.startswith(b"%PDF-"):
        return FileKind.PDF
    if body.startswith(b"PK\x03\x04"):
        return FileKind.XLSX if b"xl/workbook.xml" in body else FileKind.DOCX
    return None
