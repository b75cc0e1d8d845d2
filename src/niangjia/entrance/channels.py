"""Ways by which a log-in code reaches a phone: a port with one method, filled by `NIANGJIA_CODE_CHANNEL`."""

import json
import logging
import os
import secrets
import threading
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from niangjia.kernel import clock

log = logging.getLogger("niangjia.accounts.login")
PATIENCE = 5.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Channel(Protocol):
    """Sends a code to a phone; returns at once and never raises, so no answer tells who has an account."""

    def send(self, *, to: str, code: str) -> None:
        """`to` in international form."""


class OutboxChannel:
    """Writes each message as a file (0600) into `outbox` of the instance directory: for development."""

    def send(self, *, to: str, code: str) -> None:
        """One JSON file a message, named so that the newest sorts last."""
        folder = Path(settings.HOME) / "outbox"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.json"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"to": to, "code": code}, file)


class LogChannel:
    """Notes that a code was made, neither code nor number; the console tells one (`niangjia user code`)."""

    def send(self, *, to: str, code: str) -> None:
        """One line without personal data."""
        log.info("log-in code made", extra={"outcome": "not sent"})


class HttpTemplateChannel:
    """Posts to a gateway that a JSON file beside the keys describes: url, headers, body with {to} and {code}.

    The file is `NIANGJIA_CODE_GATEWAY`, by default `keys/code-gateway.json` of the instance directory.
    """

    def send(self, *, to: str, code: str) -> None:
        """Posts in a thread of its own: the page answers as fast as for a number nobody has."""
        threading.Thread(target=self.deliver, kwargs={"to": to, "code": code}, daemon=True).start()

    def deliver(self, *, to: str, code: str) -> bool:
        """True if the gateway took it; a failure is logged without number and code."""
        gateway = _gateway()
        body = _filled(gateway["body"], {"{to}": to, "{code}": code})
        headers = {"Content-Type": "application/json", **gateway.get("headers", {})}
        request = urllib.request.Request(  # noqa: S310 - https or loopback only, see _gateway
            gateway["url"], data=json.dumps(body).encode(), headers=headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
                return True
        except OSError:
            log.error("log-in code gateway unreachable", extra={"outcome": "failed"})  # noqa: TRY400 - no trace: it names the number
            return False


def _filled(part: object, values: dict[str, str]) -> object:
    """The template with its places filled, whatever its shape."""
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    text = str(part)
    for place, value in values.items():
        text = text.replace(place, value)
    return text if isinstance(part, str) else part


def _gateway() -> dict[str, Any]:
    path = Path(os.environ.get("NIANGJIA_CODE_GATEWAY", Path(settings.HOME) / "keys" / "code-gateway.json"))
    gateway = json.loads(path.read_text(encoding="utf-8"))
    parts = urlsplit(gateway["url"])
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("the code gateway must be reached by https")
    return cast("dict[str, Any]", gateway)


@cache
def _channel(path: str) -> Channel:
    return cast("Channel", import_string(path)())


def channel() -> Channel:
    """The channel of this installation."""
    return _channel(settings.NIANGJIA_CODE_CHANNEL)
