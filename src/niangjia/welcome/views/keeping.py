"""What an applicant has told so far, between screens: a cookie that only this house can read.

It needs no JavaScript and no log-in, survives going back, reloading and a killed browser tab, is readable by
no script, and is gone once the application is handed in or after two hours.
"""

import hmac
import json
from datetime import timedelta
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from niangjia.kernel import clock

COOKIE, PATH, BOUND = "join", "/join/", b"join draft"
KEPT = timedelta(hours=2)
_NONCE = 12

Told = dict[str, Any]


def read(request: HttpRequest) -> Told:
    """What was told; nothing for a cookie that is not ours or too old."""
    try:
        body = urlsafe_base64_decode(request.COOKIES.get(COOKIE, ""))
        told = json.loads(_cipher().decrypt(body[:_NONCE], body[_NONCE:], BOUND))
    except (ValueError, InvalidTag):
        return {}
    return told if told.get("until", 0) > clock.now().timestamp() else {}


def keep(request: HttpRequest, response: HttpResponse, told: Told) -> HttpResponse:
    """The answer with what is told from now on."""
    told = told | {"until": (clock.now() + KEPT).timestamp()}
    nonce = token_bytes(_NONCE)
    body = nonce + _cipher().encrypt(nonce, json.dumps(told, ensure_ascii=False).encode(), BOUND)
    response.set_cookie(
        COOKIE, urlsafe_base64_encode(body), max_age=int(KEPT.total_seconds()), path=PATH,
        secure=request.is_secure(), httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """The answer after which nothing is kept any more."""
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _cipher() -> AESGCM:
    return AESGCM(hmac.digest(settings.JOINING_KEY, BOUND, "sha256"))
