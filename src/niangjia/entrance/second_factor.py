"""The second factor as this house keeps it: sealed, bound in the session that proves it, kept by officers."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.accounts import queries
from niangjia.kernel import clock
from niangjia.kernel.sealing import seal, unseal

TABLE = "mfa_authenticator"
NOBODY = 0


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie sealed in the database; officers cannot take their second factor off by themselves."""

    error_messages = {  # noqa: RUF012 - allauth's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态口令不对。请等验证器显示下一个口令后再输入。"),
        "cannot_delete_authenticator": _("工会岗位必须使用动态口令。更换手机请找安全管理员解除绑定。"),
    }

    def encrypt(self, text: str) -> str:
        """The secret, sealed."""
        return b64encode(seal(text, table=TABLE, person_id=NOBODY)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return unseal(b64decode(encrypted_text), table=TABLE, person_id=NOBODY)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only where no officer's post asks for it."""
        posts = queries.standings_of(user_id=authenticator.user_id, day=clock.today())
        return not any(post.is_officer for post in posts)


class BindSecondFactor(ActivateTOTPView):  # type: ignore[misc]
    """Binding proves possession: the session counts as verified and gets a new key."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Bind, note the proof in the session, rotate its key."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", reauthenticated=True)
        self.request.session.cycle_key()
        return response


class ShowSecondFactor(AuthenticateView):  # type: ignore[misc]
    """The page that asks for the code; in the demo world it also tells the code of this moment."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With `demo_code`, which is None everywhere but in the demo world."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_code": queries.demo_code_for(user=self.stage.login.user)}
