"""SMS, DingTalk, WeChat: any gateway that takes an HTTP request, described by a file beside the keys.

`keys/channels.json` of the instance directory (or the file that `NIANGJIA_CHANNELS_FILE` names) holds by
channel: `url`, `method` (POST), `headers`, `body` with the places {mobile} {text} {subject} {number}, and
{secret:NAME} for the text of the file `keys/NAME`; optional `accepted` and `delivered`: fields of the JSON
answer and their values.
"""

import json
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from niangjia.messaging.channels.port import Outcome, Outgoing

log = logging.getLogger("niangjia.messaging.channels")
PATIENCE = httpx.Timeout(8.0, connect=4.0)
LONGEST_ANSWER = 65_536
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FINAL = {400, 404, 405, 410, 413, 422}
_SECRET = re.compile(r"\{secret:([a-z0-9-]+)\}")


class HttpTemplate:
    """Fills the template of its channel and posts it; the number goes along as `Idempotency-Key`."""

    def __init__(self, *, name: str) -> None:
        self.name = name

    def send(self, *, outgoing: Outgoing) -> Outcome:
        """Hand it to the gateway. A wrong file is told, not hidden: it is the installation's own mistake."""
        if not outgoing.to.mobile:
            return Outcome(accepted=False, again=False, why="no mobile number")
        gateway = _gateway(self.name)
        values = {
            "{mobile}": outgoing.to.mobile,
            "{text}": outgoing.text,
            "{subject}": outgoing.subject,
            "{number}": outgoing.number,
        }
        headers = {"Idempotency-Key": outgoing.number, **_filled(gateway.get("headers", {}), values)}
        try:
            with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
                answer = client.request(
                    gateway.get("method", "POST"),
                    gateway["url"],
                    json=_filled(gateway["body"], values),
                    headers=headers,
                )
        except httpx.HTTPError as error:
            return Outcome(accepted=False, why=type(error).__name__)
        return _judged(answer, gateway)


def _judged(answer: httpx.Response, gateway: Mapping[str, Any]) -> Outcome:
    """What the gateway's answer says; its words are not kept, they may hold the number."""
    if not answer.is_success:
        return Outcome(
            accepted=False, again=answer.status_code not in FINAL, why=f"HTTP {answer.status_code}"
        )
    told = _json(answer)
    if "accepted" in gateway and not _says(told, gateway["accepted"]):
        return Outcome(accepted=False, why="the gateway did not accept it")
    return Outcome(accepted=True, delivered="delivered" in gateway and _says(told, gateway["delivered"]))


def _json(answer: httpx.Response) -> object:
    try:
        return answer.json() if len(answer.content) <= LONGEST_ANSWER else None
    except ValueError:
        return None


def _says(told: object, wanted: Mapping[str, object]) -> bool:
    return isinstance(told, Mapping) and all(told.get(name) == value for name, value in wanted.items())


def _filled(part: Any, values: Mapping[str, str]) -> Any:
    """The template with its places filled, whatever its shape; what is filled in is not filled again."""
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if not isinstance(part, str):
        return part
    pieces = re.split(r"(\{[a-z0-9:-]+\})", part)
    return "".join(values.get(piece) or _SECRET.sub(_secret, piece) for piece in pieces)


def _secret(found: re.Match[str]) -> str:
    return (_keys() / found[1]).read_text(encoding="utf-8").strip()


def _keys() -> Path:
    return Path(settings.HOME) / "keys"


def _gateway(name: str) -> dict[str, Any]:
    path = Path(os.environ.get("NIANGJIA_CHANNELS_FILE", _keys() / "channels.json"))
    gateway = json.loads(path.read_text(encoding="utf-8"))[name]
    parts = urlsplit(gateway["url"])
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        message = f"the channel {name} must be reached by https"
        raise ImproperlyConfigured(message)
    return cast("dict[str, Any]", gateway)
