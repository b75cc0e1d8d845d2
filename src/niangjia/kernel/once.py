"""A form counts once: the same key with the same content gets the same answer (house.md §3.7).

The key is claimed in the transaction of the effect, so a copy that arrives meanwhile waits until the first is
done and then gets its answer; where the first was refused or rolled back, nothing is kept and the copy may
try. Every `{% csrf_token %}` carries a key; an API client sends the header `Idempotency-Key`.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from niangjia.kernel import clock
from niangjia.kernel.errors import Stale
from niangjia.kernel.models import Answer
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FIELD = "once"
HEADER = "Idempotency-Key"
KEPT_DAYS = 7
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_NONCE = 12
_SHORTEST, _LONGEST = 8, 200
_NEVER_TOLD = {FIELD, "csrfmiddlewaretoken"}


class Repeated(Stale):
    """The key of this form was used before, with other content."""

    def __init__(self) -> None:
        super().__init__(
            say("这张表单先前已经提交过，内容与这次不同，所以这次没有保存。要再办一件，请重新打开表单再填。")
        )


def new_key() -> str:
    """A key for one form on one page."""
    return secrets.token_urlsafe(18)


def once(request: HttpRequest, run: Callable[[], Any]) -> Any:
    """What `run` answers; for a copy of a request that was answered before, that answer again.

    Raises Repeated for the same key with other content (409). An answer of 400 and above claims nothing.
    """
    told = None if request.method in SAFE else _content(request)
    key = told and _key(request, told)
    if not key or told is None:
        return run()
    with transaction.atomic():
        if not _claimed(key, told):
            return _again(request, key, told)
        response = run()
        _settle(key, response)
        return response


def forget(*, before_days: int = KEPT_DAYS) -> int:
    """Answers older than this are gone; how many."""
    return Answer.objects.filter(at__lt=clock.now() - timedelta(days=before_days)).delete()[0]


def _key(request: HttpRequest, told: bytes) -> bytes:
    """Names one form of one visitor at one address; a form without a key counts by its token and content."""
    said = request.POST.get(FIELD, "") or request.headers.get(HEADER, "")
    if not _SHORTEST <= len(said) <= _LONGEST:
        token = request.POST.get("csrfmiddlewaretoken", "") or request.headers.get("X-CSRFToken", "")
        if not token:
            return b""
        said = f"{token} {told.hex()}"
    cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    visitor = next((request.COOKIES[name] for name in cookies if request.COOKIES.get(name)), "")
    parts = (visitor, request.method or "", request.path, said)
    return hmac.digest(settings.SECRET_KEY.encode(), "\x00".join(parts).encode(), "sha256")


def _content(request: HttpRequest) -> bytes:
    """A digest of what was sent, keys and tokens apart."""
    digest = hashlib.sha256()
    for part in _parts(request):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    if request.content_type == "application/json":
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        if name not in _NEVER_TOLD:
            yield from (part.encode("utf-8", "surrogatepass") for part in (name, *values))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"{name} {file.name} {file.size} {_digest_of(file)}".encode("utf-8", "surrogatepass")


def _digest_of(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _claimed(key: bytes, told: bytes) -> bool:
    """True for the first; a copy waits here until the first has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_answer (key, content, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [key, told, clock.now()],
        )
        return bool(cursor.rowcount)


def _settle(key: bytes, response: Any) -> None:
    claim = Answer.objects.filter(key=key)
    kept = _kept(response)
    if kept is None:
        claim.delete()
    else:
        claim.update(sealed=_seal(json.dumps(kept, cls=DjangoJSONEncoder).encode(), key))


def _kept(response: Any) -> dict[str, Any] | None:
    """What of an answer is kept: a redirect or a page; not a refusal, and not a stream."""
    if not isinstance(response, HttpResponseBase):
        return {"status": HTTPStatus.OK, "value": response}
    if response.status_code >= HTTPStatus.BAD_REQUEST or not isinstance(response, HttpResponse):
        return None
    return {
        "status": response.status_code,
        "headers": dict(response.items()),
        "cookies": response.cookies.output(header=""),
        "body": response.content.decode("utf-8", "surrogateescape"),
    }


def _again(request: HttpRequest, key: bytes, told: bytes) -> Any:
    answer = Answer.objects.filter(key=key).first()
    if answer is None or not hmac.compare_digest(bytes(answer.content), told):
        raise Repeated
    kept = json.loads(_unseal(bytes(answer.sealed or b""), key))
    if "value" in kept:
        return kept["value"]
    response = HttpResponse(kept["body"].encode("utf-8", "surrogateescape"), status=kept["status"])
    for name, value in kept["headers"].items():
        response[name] = value
    response.cookies = SimpleCookie(kept["cookies"])
    if "Location" in kept["headers"]:
        messages.info(request, gettext("这次提交先前已经收到，没有重复办理。"))
    return response


def _seal(body: bytes, key: bytes) -> bytes:
    """Only who holds the form's key and the installation's key reads an answer: it may show personal data."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, body, key)


def _unseal(sealed: bytes, key: bytes) -> bytes:
    return _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], key)


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(settings.SECRET_KEY.encode(), b"answer" + key, "sha256"))
