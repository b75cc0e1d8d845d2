"""The pages before the desk: logging in, and what is in force."""

import pytest
from django.urls import reverse

from tests.browser.test_portal import DEVICES


@pytest.mark.parametrize("device", DEVICES)
def test_the_log_in_pages_are_accessible_and_fit(look, site, device):
    eye = look(**DEVICES[device])
    for name in ("account_login", "account_request_login_code", "policies"):
        shown = eye.at(reverse(name))
        assert (name, shown.axe(), shown.overflow()) == (name, [], 0)
