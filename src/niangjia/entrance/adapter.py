"""What django-allauth asks of us: nobody signs up, how a phone is found, a code sent, where to go next."""

import secrets
import time
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms import CharField, TextInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.accounts import actions, queries
from niangjia.accounts.actions.console import waiting_code_key
from niangjia.entrance import devices
from niangjia.entrance.channels import channel
from niangjia.entrance.onward import next_url
from niangjia.kernel import clock
from niangjia.kernel.errors import BadInput, NotAllowed
from niangjia.kernel.identifiers import Mobile, parse_mobile
from niangjia.people import actions as people

if TYPE_CHECKING:
    from niangjia.accounts.models import User

WRONG = _("账号或密码不对。请核对后再试；忘记密码请找本级工会的系统管理员重置。")

FRESH = 15 * 60


class PhoneField(CharField):
    """A mobile number in any writing, kept in its international form."""

    def to_python(self, value: Any) -> str:
        """The international form; what cannot be read stays as typed and finds nobody."""
        text = super().to_python(value) or ""
        mobile = _read(text)
        return mobile.e164 if mobile else text

    def validate(self, value: Any) -> None:
        """Refuse what is no mobile number, in words that say how to write one."""
        super().validate(value)
        if value and _read(value) is None:
            raise self.error()

    def error(self) -> ValidationError:
        """The form's error."""
        return ValidationError(AccountAdapter.error_messages["no_mobile"], code="no_mobile")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by officers; log-in never tells whether an account exists."""

    error_messages = {  # noqa: RUF012 - allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "no_mobile": _("手机号码应为 1 开头的 11 位数字；港澳台号码请带上 +852、+853 或 +886。"),
        "username_password_mismatch": _(
            "账号或密码不对。请核对后再试；忘记密码请联系本级工会的系统管理员重置。"
        ),
        "phone_password_mismatch": _(
            "账号或密码不对。请核对后再试；忘记密码请联系本级工会的系统管理员重置。"
        ),
        "too_many_login_attempts": _("试的次数太多了。请过几分钟再试。"),
        "incorrect_code": _("验证码不对。请核对后再输入。"),
        "incorrect_password": _("密码不对。请核对后再输入。"),
        "rate_limited": _("操作太频繁了。请过几分钟再试。"),
        "enter_current_password": _("当前密码不对。请核对后再输入。"),
        "password_mismatch": _("两次输入的新密码不一样。请重新输入。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an officer, or by joining a union."""
        return False

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """The field of a mobile number."""
        attributes = {"autocomplete": "tel", "inputmode": "tel", "data-no-save": ""}
        kwargs.setdefault("label", _("手机号"))
        return PhoneField(max_length=30, widget=TextInput(attrs=attributes), **kwargs)

    def get_user_by_phone(self, phone: str) -> "User | None":
        """The one active account whose person uses the number today."""
        mobile = _read(phone)
        return queries.user_by_mobile(mobile=mobile, day=clock.today()) if mobile else None

    def get_phone(self, user: "User") -> tuple[str, bool] | None:
        """Phones are facts of persons, sealed; nothing here needs to read one."""
        return None

    def set_phone(self, user: "User", phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's signature
        """Numbers are registered by the union that keeps the person (people.add_contact), never at log-in."""
        raise NotAllowed

    def set_phone_verified(self, user: "User", phone: str) -> None:
        """The bearer has answered a code."""
        mobile = _read(phone)
        if mobile and user.person_id:
            people.confirm_mobile(person_id=user.person_id, mobile=mobile, at=clock.now())

    def generate_phone_verification_code(self, *, user: "User", phone: str) -> str:
        """Six digits; the one that the console gave out, if it did."""
        waiting = cache.get(waiting_code_key(user_id=user.pk))
        cache.delete(waiting_code_key(user_id=user.pk))
        return waiting or f"{secrets.randbelow(10**6):06d}"

    def send_verification_code_sms(self, user: "User", phone: str, code: str, **kwargs: Any) -> None:
        """By the channel of the installation."""
        channel().send(to=phone, code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Silence: a message would cost money and tell a stranger's number that it was tried."""

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Nobody signs up."""

    def set_password(self, user: "User", password: str) -> None:
        """The person's own choice, which ends the duty to change it."""
        actions.change_password(user=user, password=password, at=clock.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The next hurdle, else the desk for officers and the home page for everybody else."""
        return next_url(request)

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Asked before the second factor is touched, but not for binding the first one right after log-in."""
        user = self.request.user
        if queries.has_second_factor(user=user) or not user.has_usable_password():
            return True
        records = get_authentication_records(self.request, user)
        return not any(time.time() - record["at"] < FRESH for record in records)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Bounded per account and address; from unknown devices also per account over all addresses."""
        super().pre_authenticate(request, **credentials)
        name = str(credentials.get("username") or credentials.get("phone") or "")
        if name and devices.too_many_strangers(request, username=name):
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: "User", **kwargs: Any) -> HttpResponse:
        """The device is known to this account from now on."""
        response = super().post_login(request, user, **kwargs)
        return devices.remember(request, response, username=user.username)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per account and address: a stranger cannot shut the owner out from elsewhere."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"


def _read(text: str) -> Mobile | None:
    try:
        return parse_mobile(text)
    except BadInput:
        return None
