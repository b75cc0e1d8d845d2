"""The second factor of an account, and in the demo world the code that it shows just now."""

from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings

if TYPE_CHECKING:
    from niangjia.accounts.models import User


def has_second_factor(*, user: "User") -> bool:
    """Whether a time-based code is set up for the account."""
    kept = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
    return bool(kept.exists())


def demo_code_for(*, user: "User | None") -> str | None:
    """The code of this moment in the demo world, so that a visitor can log in; None everywhere else."""
    if user is None or not getattr(settings, "DEMO_WORLD", False):
        return None
    kept = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    if kept is None:
        return None
    secret = get_adapter().decrypt(kept.data["secret"])
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))
