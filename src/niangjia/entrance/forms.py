"""django-allauth's forms in our words: labels, hints, keyboards; what they check stays theirs."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django.forms import Form
from django.utils.translation import gettext_lazy as _

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "data-no-save": ""}


def _say(form: Form, name: str, label: Any, *, hint: Any = "", **attributes: str) -> None:
    """The field's own label and hint; no placeholder stands in for a label."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def _ask_for_code(form: Form) -> None:
    hint = _("验证器里的 6 位数字；手机不在身边，可填一个恢复码。")
    _say(form, "code", _("动态口令"), hint=hint, **DIGITS)


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """Account and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("账号"), autocomplete="username")
        _say(self, "password", _("密码"), hint=_("忘记密码，请找本级工会的系统管理员重置。"))


class RequestCodeForm(account.RequestLoginCodeForm):  # type: ignore[misc]
    """A mobile number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "phone", _("手机号"), hint=_("请填在工会登记的手机号，例如 13800000000。"))


class ConfirmCodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("验证码"), hint=_("短信里的 6 位数字，5 分钟内有效。"), **DIGITS)


class PasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("当前密码"), hint=_("第一次登录请填管理员给您的一次性密码。"))
        _say(self, "password1", _("新密码"), hint=_("至少 10 个字符，不要用常见密码，也不要和账号相近。"))
        _say(self, "password2", _("再输一遍新密码"))


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("密码"))


class FactorForm(factor.AuthenticateForm):  # type: ignore[misc]
    """The code that the app shows, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class FactorAgainForm(factor.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class BindForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a newly bound app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("动态口令"), hint=_("扫码后，验证器里显示的 6 位数字。"), **DIGITS)
