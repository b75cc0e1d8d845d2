"""What a phone and the platform say to each other, as JSON; refusals come as problem documents."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.forms import by_at
from niangjia.kernel.words import say
from niangjia.phones import actions, queries
from niangjia.phones.actions import Taken, Unsent, Upload
from niangjia.visits.permissions import Word

FIRST_KEYS = 64


def _told(request: HttpRequest) -> Mapping[str, Any]:
    try:
        found = json.loads(request.body)
        plain = json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        found, plain = None, b""
    if not isinstance(found, dict) or rb"\u0000" in plain:
        raise BadInput(say("手机送来的内容看不懂，什么都没有丢。请刷新走访页面后再送。"), field="body")
    return found


def _key(told: object, field: str = "key") -> UUID:
    try:
        return UUID(str(told))
    except ValueError:
        raise BadInput(
            say("“{field}”不是有效的编号。请刷新走访页面后再送。", field=field), field=field
        ) from None


def _named(text: str) -> UUID:
    """The key in an address; one that is none is not there."""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None


@requires(Word.MAKE)
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """The phone is the officer's from now on."""
    told = _told(request)
    row = actions.enrol_device(
        key=_key(told.get("device"), "device"),
        name=str(told.get("name") or ""),
        key_id=str(told.get("key_id") or "")[:FIRST_KEYS],
        **by_at(request),
    )
    return JsonResponse({"device": str(row.key), "key": queries.box_key(), "at": clock.now().isoformat()})


@requires(Word.MAKE)
@require_GET
def lend(request: HttpRequest) -> HttpResponse:
    """The kit."""
    key = _key(request.GET.get("device", ""), "device")
    return JsonResponse(dict(actions.lend_kit(key=key, **by_at(request))))


@requires(Word.MAKE)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A visit, finished or not."""
    told = _told(request)
    box = told.get("box")
    if not isinstance(box, dict):
        raise BadInput(say("手机送来的内容看不懂，什么都没有丢。请刷新走访页面后再送。"), field="box")
    sent = Upload(
        key=_key(told.get("key")),
        box=box,
        device_key=_key(told["device"], "device") if told.get("device") else None,
        finished=told.get("finished") is True,
    )
    return JsonResponse(answer_to(actions.receive(upload=sent, **by_at(request))))


def answer_to(taken: Taken) -> dict[str, Any]:
    """The answer: `safe` may stay on the phone, `words` are shown and forgotten."""
    told: dict[str, Any] = {"status": taken.status, "revoked": taken.revoked, "safe": {}, "words": {}}
    told["words"]["reasons"] = [one.render(gettext) for one in taken.reasons]
    receipt = taken.receipt
    if receipt is not None:
        told["safe"] = {
            "visit": receipt.visit_id,
            "number": receipt.number,
            "code": receipt.code,
            "conflicts": len(receipt.conflicts),
            "notes": len(receipt.notes),
        }
        told["words"]["notes"] = [one.render(gettext) for one in receipt.notes]
        told["words"]["conflicts"] = [gettext(one.fact.label) for one in receipt.conflicts]
        told["words"]["asks"] = [
            {"kind": one.label.render(gettext), "standing": one.standing.render(gettext)}
            for one in receipt.asks
        ]
    return told


@requires(Word.MAKE)
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """A finished visit was deleted on the phone before it was sent."""
    told = _told(request)
    seq = told.get("seq")
    if not isinstance(seq, int) or not 0 < seq < 2**31:
        raise BadInput(say("“{field}”不是有效的编号。请刷新走访页面后再送。", field="seq"), field="seq")
    unsent = Unsent(
        _key(told.get("device"), "device"), seq, _key(told.get("key")), str(told.get("sha256"))[:64]
    )
    actions.drop_unsent(unsent=unsent, reason=str(told.get("reason") or "")[:300], **by_at(request))
    return JsonResponse({"status": "dropped"})


@requires(Word.MAKE)
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    """What has arrived from the phone, how far its chain is whole, whether it was revoked."""
    told = actions.sent_from_own(key=_key(request.GET.get("device", ""), "device"), **by_at(request))
    return JsonResponse(dict(told))


@requires(Word.MAKE)
@require_GET
def photo(request: HttpRequest, visit_key: str, sha: str) -> HttpResponse:
    """Which parts of a photograph are there already."""
    parts = actions.parts_of(key=_named(visit_key), sha=sha, by=actor_of(request))
    return JsonResponse({"parts": parts})


@requires(Word.MAKE)
@require_http_methods(["PUT"])
def part(request: HttpRequest, visit_key: str, sha: str, number: int, total: int) -> HttpResponse:
    """A part of a photograph."""
    key, body = _named(visit_key), request.body
    whole = actions.keep_part(key=key, sha=sha[:64], number=number, total=total, body=body, **by_at(request))
    return JsonResponse({"whole": whole})
