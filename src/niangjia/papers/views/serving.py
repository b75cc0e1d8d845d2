"""How files leave the house: to be saved, never run here; nothing of them is kept on the way."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

LOCKED = "default-src 'none'; sandbox"


def served(body: bytes, *, name: str, media_type: str, inline: bool = False) -> HttpResponse:
    """The file as a download (or a small picture inside a page), in a sandbox that runs nothing."""
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
