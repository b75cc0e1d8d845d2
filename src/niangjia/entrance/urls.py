"""Roads of the log-in that replace pages of django-allauth by our own; allauth's own roads follow them."""

from django.urls import path

from niangjia.entrance.second_factor import BindSecondFactor, ShowSecondFactor
from niangjia.kernel.doors import open_to_all

_LOGIN = open_to_all("part of logging in; django-allauth guards it")

urlpatterns = [
    path("account/2fa/totp/activate/", _LOGIN(BindSecondFactor.as_view()), name="mfa_activate_totp"),
    path("account/2fa/authenticate/", _LOGIN(ShowSecondFactor.as_view()), name="mfa_authenticate"),
]
