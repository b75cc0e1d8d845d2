"""Codes for joining: what a scanned token leads to, and the codes of a scope."""

import hmac
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from niangjia.joining import rules
from niangjia.joining.models import JoinQr
from niangjia.joining.rules import CodeState
from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code of ours as somebody scanned it, and whether it still opens the door."""

    code: JoinQr
    state: CodeState


def token_of(*, code: JoinQr) -> str:
    """The signed token of a code."""
    return rules.token_of(_content(code), key=settings.JOINING_KEY)


def address_of(*, code: JoinQr) -> str:
    """The whole address that the square holds and that is printed beneath it."""
    return settings.SITE_ADDRESS + reverse("join-code", args=[token_of(code=code)])


def scanned(*, token: str, day: date) -> Scanned:
    """The code that a token was signed for, whoever scans it. Raises NotVisible for one that is not ours."""
    number = rules.content_of(token)
    with beyond():  # the signature is the permission: nobody guesses one
        code = _rows().filter(pk=number).first() if number is not None else None
    if code is None or not hmac.compare_digest(token_of(code=code), token.upper()):
        raise NotVisible
    return Scanned(code, state_of(code=code, day=day))


def state_of(*, code: JoinQr, day: date) -> CodeState:
    """Whether a code is good on a day; one whose union is gone is not."""
    gone = code.unit.closed_on is not None and code.unit.closed_on <= day
    return rules.state_of(
        day=day,
        expires_on=code.expires_on,
        uses=code.uses,
        max_uses=code.max_uses,
        is_revoked=gone or code.revoked_at is not None,
    )


def codes_in_scope(*, scope: Scope) -> QuerySet[JoinQr]:
    """The codes of the unions of a scope."""
    return within(_rows(), scope=scope)


def code_in_scope(*, code_id: int, scope: Scope) -> JoinQr:
    """One of them, or 404."""
    return the_one(codes_in_scope(scope=scope).filter(pk=code_id))


def _rows() -> QuerySet[JoinQr]:
    return JoinQr.objects.select_related("unit", "zone", "employer")


def _content(code: JoinQr) -> rules.Content:
    return rules.Content(
        number=code.pk,
        unit_id=code.unit_id,
        zone_id=code.zone_id,
        employer_id=code.employer_id,
        expires_on=code.expires_on,
        max_uses=code.max_uses,
    )
